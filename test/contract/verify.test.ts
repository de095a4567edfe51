import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { exitCode } from '../../src/contract/conclusion.ts';
import { verify } from '../../src/contract/verify.ts';
import { loadDescription } from '../../src/description/load.ts';
import { KitError } from '../../src/errors.ts';
import {
  conformingAnswer,
  errorAnswer,
  jobs,
  serveJobs,
  VENDOR,
  withJobs,
  word,
} from '../servers/jobs-api.ts';
import { closedPort, serve, serveRaw } from '../servers/listen.ts';
import { checksOf, description, verifyJobs, verifyUrl } from './described.ts';

const documentedJobs = new Map([['demo', jobs(4, ['a', 'b'])]]);

test('a finding tells what, where, by which line, how often, and how to see it again', async () => {
  const { url } = await serveJobs(
    (answer) => withJobs(answer, (all) => all.map((each) => ({ ...each, status: 'cancelled' }))),
    documentedJobs,
  );
  const { findings, target } = await verifyUrl(url, { names: ['demo'] });
  expect(findings).toEqual([
    {
      severity: 'error',
      check: 'schema',
      message:
        'listJobs: /jobs/0/status is "cancelled" instead of one of "queued", "started", "failed", "succeeded", "cancelling", "canceled"',
      expected: 'one of "queued", "started", "failed", "succeeded", "cancelling", "canceled"',
      actual: '"cancelled"',
      pointer: '/jobs/0/status',
      source: {
        file: expect.stringMatching(/openapi\.yaml$/),
        line: expect.any(Number),
      },
      curl: `curl -i -H 'Accept: ${VENDOR}' -A '' ${target}/metalakes/demo/jobs/runs`,
      count: 9,
      operation: { id: 'listJobs', where: description.operations[0]?.where },
      values: ['"cancelled"'],
      evidence: {
        request: expect.stringMatching(/^GET \S*\/metalakes\/demo\/jobs\/runs HTTP\/1\.1\n/),
        response: expect.stringMatching(/^HTTP\/1\.1 200 OK\n(.+\n)+\n\{"code":0,"jobs":\[/),
        marked: { start: expect.any(Number), end: expect.any(Number) },
      },
    },
  ]);
});

test('no header that a user gives is ever shown', async () => {
  const { url } = await serveJobs((answer) => ({ ...answer, status: 201 }));
  const report = await verifyUrl(url.replace('//', '//me:hush@'), {
    headers: [
      ['X-Key', 'mellon-1'],
      ['X-Other', 'mellon-2'],
    ],
  });
  const text = JSON.stringify(report);
  expect(text).not.toMatch(/mellon|hush|bWU6aHVzaA/);
  expect(report.findings[0]?.curl).toMatch(
    /^curl -i -H 'X-Key: '"\$HEADER_1" -H 'X-Other: '"\$HEADER_2" .*-H 'Authorization: '"\$AUTHORIZATION"|^curl -i -H 'Authorization: '"\$AUTHORIZATION" -H 'X-Key: '"\$HEADER_1" -H 'X-Other: '"\$HEADER_2"/,
  );
});

test('the userinfo of the URL is sent as credentials', async () => {
  const seen = new Set<string | undefined>();
  const url = await serve((request, response) => {
    seen.add(request.headers.authorization);
    response.writeHead(401).end();
  });
  const report = await verifyUrl(url.replace('//', '//me:p%40ss@'));
  expect([...seen]).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
  expect(report.target).not.toContain('me');
});

test.each([
  [401, 'Every request was answered 401.'],
  [403, 'Every request was answered 403.'],
])('%d everywhere is no verdict', async (status, reason) => {
  const url = await serve((_, response) => response.writeHead(status).end());
  const report = await verifyUrl(url, { names: ['demo'] });
  expect(report.reason).toContain(reason);
  expect(report.reason).toContain('--header');
  expect(exitCode(report)).toBe(3);
});

test('a default name that is absent is no verdict, with the option that names another', async () => {
  const { url } = await serveJobs(undefined, new Map([['sales', jobs(3, ['a'])]]));
  const report = await verifyUrl(url);
  expect(report.reason).toBe(
    '"demo", the example of the description, does not exist there. Name something that does with --metalake.',
  );
  expect(report.findings).toEqual([]);
  expect(exitCode(report)).toBe(3);
});

test('a given name that is absent is an error', async () => {
  const { url } = await serveJobs(undefined, documentedJobs);
  const report = await verifyUrl(url, { names: ['demo', 'sales'] });
  expect(checksOf(report)).toEqual(['existing-name']);
  expect(exitCode(report)).toBe(1);
});

test('nothing that listens is no verdict', async () => {
  const url = await closedPort();
  const report = await verifyUrl(url);
  expect(report.reason).toBe(
    `No connection to ${url}: nothing listens there. Start the server, or let the run wait for it with --wait SECONDS.`,
  );
  expect(report.target).toBe(url);
  expect(report.requests).toBe(1);
  expect(exitCode(report)).toBe(3);
});

test('a run waits for a server that answers 503 while it starts', async () => {
  let ready = false;
  setTimeout(() => {
    ready = true;
  }, 400);
  const world = documentedJobs;
  const { url } = await serveJobs((answer) => (ready ? answer : errorAnswer(503, 'Starting', 'x')), world);
  expect((await verifyUrl(url, { waitSeconds: 5 })).verdict).toBe('conforms');
});

test('a 503 after the wait is an error', async () => {
  const { url } = await serveJobs(() => errorAnswer(503, 'Starting', 'x'));
  expect(checksOf(await verifyUrl(url, { waitSeconds: 0.1 }))).toEqual(['server-error']);
});

test.each([
  ['hangs', () => serve(() => undefined), 'timeout'],
  ['resets each connection', () => serveRaw((socket) => socket.resetAndDestroy()), 'reset'],
  ['closes each connection', () => serveRaw((socket) => socket.end()), 'closed'],
  ['never speaks HTTP', () => serveRaw((socket) => socket.end('SSH-2.0-OpenSSH\r\n')), 'SSH-2.0-OpenSSH'],
])('a server that %s violates', async (_, start, words) => {
  const report = await verifyUrl(await start(), { timeoutSeconds: 0.2 });
  expect(checksOf(report)).toEqual([words.startsWith('SSH') ? 'message-syntax' : 'answer']);
  expect(JSON.stringify(report.findings)).toContain(
    words === 'timeout' ? 'no complete answer within 0.2 s' : words,
  );
  expect(exitCode(report)).toBe(1);
});

test('a server that hangs is not asked for ever', async () => {
  let count = 0;
  const url = await serve(() => {
    count += 1;
  });
  const report = await verifyUrl(url, { timeoutSeconds: 0.1 });
  expect(count).toBe(3);
  expect(report.untested).toContainEqual({
    check: 'answer',
    reason: 'not all requests were sent: the server stopped answering',
  });
});

test('a body without end ends, and violates', async () => {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const url = await serve((_, response) => {
    response.writeHead(200, { 'Content-Type': VENDOR });
    const more = () => {
      while (!response.destroyed && response.write(chunk)) {}
      response.once('drain', more);
    };
    more();
  });
  const report = await verifyUrl(url, { timeoutSeconds: 0.3 });
  expect(checksOf(report)).toEqual(['answer']);
});

test('a server that stops listening during the run violates', async () => {
  const server = createServer((_, response) => {
    const { body } = conformingAnswer({
      metalake: 'demo',
      template: undefined,
      accept: '',
      count: 1,
      world: documentedJobs,
    });
    response.writeHead(200, { 'Content-Type': VENDOR }).end(JSON.stringify(body));
    server.close();
    setTimeout(() => server.closeAllConnections(), 5);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const report = await verifyUrl(`http://127.0.0.1:${port}`, { base: '', names: ['demo'] });
  expect(report.findings).toMatchObject([{ check: 'answer', actual: 'nothing listens there', count: 2 }]);
  expect(exitCode(report)).toBe(1);
});

test('a run that is interrupted judges what it knows', async () => {
  const controller = new AbortController();
  let count = 0;
  const { url } = await serveJobs((answer) => {
    count += 1;
    if (count === 4) {
      controller.abort();
    }
    return answer;
  }, documentedJobs);
  const report = await verifyUrl(url, { signal: controller.signal });
  expect(report.findings).toEqual([]);
  expect(report.notes).toContain('The run ended early: it was interrupted.');
  expect(count).toBeLessThan(6);
});

test('a run ends with its budget', async () => {
  const { url } = await serveJobs(async (answer) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return answer;
  }, documentedJobs);
  const report = await verifyUrl(url, { budgetSeconds: 0.25 });
  expect(report.requests).toBeLessThan(6);
  expect(report.findings).toEqual([]);
  expect(report.notes).toContain('The run ended early: its 0.25 s were over.');
});

test('what the end of the budget cut is no finding', async () => {
  const { url } = await serveJobs(async (answer, { count }) => {
    await new Promise((resolve) => setTimeout(resolve, count < 4 ? 0 : 5000));
    return answer;
  }, documentedJobs);
  const report = await verifyUrl(url, { budgetSeconds: 0.5, timeoutSeconds: 10 });
  expect(report.findings).toEqual([]);
  expect(report.untested).toContainEqual({
    check: 'answer',
    reason: 'not all requests were sent: its 0.5 s were over',
  });
  expect(report.durationMs).toBeLessThan(2000);
});

test('a server that answers nothing within the budget violates', async () => {
  const url = await serve(() => undefined);
  const report = await verifyUrl(`${url}/api`, { budgetSeconds: 0.5, timeoutSeconds: 10 });
  expect(report.findings).toMatchObject([
    { check: 'answer', actual: 'no complete answer within 0.5 s; nothing came' },
  ]);
  expect(report.durationMs).toBeLessThan(2000);
});

test.each([
  ['asks to wait', 429, {}],
  ['is not ready', 503, { waitSeconds: 30 }],
])('waiting for a server that %s ends with the budget', async (_, status, options) => {
  const url = await serve((_request, response) => {
    response.writeHead(status, { 'Retry-After': '9' }).end();
  });
  const report = await verifyUrl(`${url}/api`, { budgetSeconds: 0.5, ...options });
  expect(report.verdict).toBe('violates');
  expect(report.durationMs).toBeLessThan(2000);
});

test('what could not be confirmed in time is untested', async () => {
  let reads = 0;
  const { url } = await serveJobs(async (answer) => {
    reads += 1;
    await new Promise((resolve) => setTimeout(resolve, reads < 9 ? 0 : 5000));
    return withJobs(answer, (all) => all.slice((reads + 1) % 2));
  }, documentedJobs);
  const report = await verifyUrl(url, { budgetSeconds: 1, timeoutSeconds: 10 });
  expect(checksOf(report)).not.toContain('repeat');
  expect(report.untested).toContainEqual({
    check: 'repeat',
    reason: 'it seems broken, but could not be seen a second time; give a longer budget, or less data',
  });
});

test('requests that hang for one reason are not all waited for', async () => {
  const hung = new Set<string>();
  const url = await serve((request, response) => {
    if (request.headers.connection === 'close') {
      hung.add(request.url ?? '');
    } else {
      response.writeHead(200, { 'Content-Type': VENDOR }).end('{"code":0,"jobs":[]}');
    }
  });
  const report = await verifyUrl(`${url}/api`, { smoke: false, timeoutSeconds: 0.2 });
  expect(checksOf(report)).toContain('answer');
  expect(hung.size).toBeLessThan(6);
  expect(report.untested.map(({ reason }) => reason).join()).toMatch(
    /\d+ more GET requests of an unusual form were not sent, since the first ones hung/,
  );
});

test('an open world is a warning, and what it hides is untested', async () => {
  const { url } = await serveJobs((answer, ask) =>
    ask.metalake === 'test' || answer.status === 200
      ? answer
      : conformingAnswer({ ...ask, metalake: [...ask.world.keys()][0] ?? '' }),
  );
  const report = await verifyUrl(url, { smoke: false });
  expect(checksOf(report)).toEqual(['open-world']);
  expect(report.verdict).toBe('conforms');
  expect(exitCode(report)).toBe(0);
  expect(exitCode(report, { strict: true })).toBe(1);
  expect(report.untested.map(({ check }) => check)).toEqual(['absent-name', 'other-name', 'schema']);
});

test('where even the documented absent name exists, it is an error', async () => {
  const { url } = await serveJobs((answer, ask) =>
    answer.status === 200 ? answer : conformingAnswer({ ...ask, metalake: [...ask.world.keys()][0] ?? '' }),
  );
  expect(checksOf(await verifyUrl(url))).toEqual(['absent-name']);
});

test('a world without any job leaves the claims about lists untested', async () => {
  const report = await verifyJobs(undefined, new Map([[word(), []]]), { smoke: false });
  expect(report.verdict).toBe('conforms');
  expect(report.untested.map(({ check }) => check)).toEqual([
    'other-name',
    'schema',
    'filter',
    'unique-key',
    'repeat',
    'immutable-value',
    'empty-filter',
    'time-order',
  ]);
  expect(report.kept).not.toContain('filter');
});

test('a URL with a path is taken as it is', async () => {
  const paths = new Set<string>();
  const url = await serve((request, response) => {
    paths.add((request.url ?? '').split('/metalakes')[0] ?? '');
    response.writeHead(401).end();
  });
  await verifyUrl(`${url}/some/place/`);
  expect([...paths]).toEqual(['/some/place']);
});

const page = (status: number) => ({ status, type: 'text/html', body: '<h1>An application</h1>' });
const elsewhere = [
  ['a 404 of the framework', page(404)],
  ['a 404 in JSON', { status: 404, type: 'application/json', body: '{"error":"Not Found"}' }],
  ['a page for every path', page(200)],
  ['a redirection', page(302)],
] as const;

test.each(elsewhere)(
  'with %s elsewhere, the base path below which the API answers is used',
  async (_, other) => {
    for (const base of ['/api', '']) {
      const url = await serve((request, response) => {
        const isApi = request.url?.startsWith(`${base}/metalakes/demo/`);
        const type = isApi ? VENDOR : other.type;
        response.writeHead(isApi ? 200 : other.status, { 'Content-Type': type });
        response.end(isApi ? '{"code":0,"jobs":[]}' : other.body);
      });
      const report = await verifyUrl(url);
      expect(report.target).toBe(`${url}${base}`);
      expect(report.notes).toEqual([`The base path ${base || '/'} was used, of /api, /.`]);
    }
  },
);

test('where the API answers below several base paths, the first one is used', async () => {
  const url = await serve((_, response) =>
    response.writeHead(200, { 'Content-Type': VENDOR }).end('{"jobs":[]}'),
  );
  expect((await verifyUrl(url)).target).toBe(`${url}/api`);
});

test('a server that is broken below the right base path is judged there', async () => {
  for (const broken of ['', 'no JSON', '{"jobs":']) {
    for (const status of [404, 200]) {
      const url = await serve((request, response) => {
        const isApi = request.url?.startsWith('/metalakes/');
        response.writeHead(isApi ? 200 : status, { 'Content-Type': isApi ? VENDOR : 'text/html' });
        response.end(isApi ? broken : '<h1>An application</h1>');
      });
      expect(checksOf(await verifyUrl(url))).toContain('json-syntax');
    }
  }
});

test('a given base path is used alone', async () => {
  const paths = new Set<string>();
  const url = await serve((request, response) => {
    paths.add((request.url ?? '').split('/metalakes')[0] ?? '');
    response.writeHead(401).end();
  });
  await verifyUrl(url, { base: 'v9/' });
  expect([...paths]).toEqual(['/v9']);
});

test.each(['ftp://localhost', 'localhost:8090', ''])('%j is a mistake of usage', async (url) => {
  await expect(verifyUrl(url)).rejects.toThrow(KitError);
});

test('a header that cannot be sent is a mistake of usage, and its value is not told', async () => {
  const attempt = verifyUrl('http://localhost', { headers: [['X-Key', 'hush\n']] });
  await expect(attempt).rejects.toThrow(/^the header "X-Key" cannot be sent\. /);
});

test('an empty name is a mistake of usage', async () => {
  await expect(verifyUrl('http://localhost', { names: [''] })).rejects.toThrow('a name is empty');
});

const headers = {
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        responses: {
          200: {
            description: 'all',
            headers: { 'X-Total': { required: true, schema: { type: 'integer' } } },
            content: { 'application/json': { schema: { type: 'array', items: { type: 'integer' } } } },
          },
        },
      },
      post: { responses: { 201: { description: 'made' } } },
    },
  },
};

test('another description is judged by what it says, and what it does not say is untested', async () => {
  const url = await serve((_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('[1, 2, 3]'),
  );
  const report = await verify({ description: await loadDescription(headers), url, smoke: true });
  expect(report.findings).toMatchObject([
    { check: 'required-header', message: 'GET /things answers without the header X-Total' },
  ]);
  expect(report.untested.map(({ check }) => check)).toEqual([
    'existing-name',
    'absent-name',
    'other-name',
    'filter',
    'unique-key',
    'repeat',
    'immutable-value',
    'open-world',
    'refused-name',
    'accept-json',
    'empty-filter',
    'trimmed-filter',
    'plus-sign',
    'same-data',
    'order',
    'always-present',
    'time-order',
    'future-time',
    'malformed-name',
    'resembling-name',
    'answer',
    'answer',
  ]);
  expect(report.untested).toContainEqual({
    check: 'answer',
    reason: 'POST /things was not asked: only reads are sent, and it is a POST',
  });
});

test('the description that judges is named in the report', async () => {
  const report = await verifyJobs();
  expect(report.description).toBe(description.source);
});
