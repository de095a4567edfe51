import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { companionsOf, ENDPOINT } from '../../../src/description/companions.ts';
import { dialectOverlays } from '../../../src/description/dialects.ts';
import { loadDescription } from '../../../src/description/load.ts';
import { startMock } from '../running.ts';

const VENDOR = 'Accept: application/vnd.gravitino.v1+json\r\n';
const RUNS = '/api/metalakes/demo/jobs/runs';

async function load(dialect: string) {
  return await loadDescription(ENDPOINT, {
    overlays: [...companionsOf(ENDPOINT), ...dialectOverlays(dialect)],
  });
}

const newest = await load('gravitino-1.3');
const oldest = await load('gravitino-1.0.0');
const coming = await load('gravitino-next');

/** Sends bytes, and gives the head of what comes back, and its body; the date is left out. */
async function ask(
  description: typeof newest,
  bytes: string | Buffer,
  scenario = 'server',
  ending?: 'half-close',
) {
  const { mock } = await startMock({ description, scenario, clock: 'manual' });
  const answer = await new Promise<string>((resolve) => {
    let received = '';
    const socket = connect({ port: mock.port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.write(bytes);
      if (ending) {
        socket.end();
      }
    });
    socket.setTimeout(300, () => socket.destroy());
    socket.on('data', (chunk) => {
      received += chunk;
      // More than a whole answer comes at once, or not at all.
      socket.setTimeout(isWhole(received) ? 40 : 300);
    });
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(received));
  });
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const names = fields.map((field) => field.replace(/^(Date|Content-Length|Server): .*/, '$1'));
  return { line, fields: names, body };
}

function isWhole(received: string): boolean {
  const [head = '', ...rest] = received.split('\r\n\r\n');
  const [, length] = /^content-length: (\d+)/im.exec(head) ?? [];
  return length === undefined ? /\r\n0\r\n\r\n$/.test(received) : rest.join('').length >= Number(length);
}

function get(path: string, fields = VENDOR): string {
  return `GET ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
}

test('a list has four headers, and none of the mock', async () => {
  const { line, fields, body } = await ask(newest, get(RUNS));
  expect([line, ...fields]).toEqual([
    'HTTP/1.1 200 OK',
    'Date',
    'Content-Type: application/json',
    'Content-Length',
    'Server',
  ]);
  expect(body).toMatch(/^\{"code":0,"jobs":\[\{"jobId":"job-5811734206918347562",/);
});

const UNCACHED = 'Cache-Control: must-revalidate,no-cache,no-store';
const HTML = 'Content-Type: text/html;charset=iso-8859-1';
const BAD = [HTML, 'Content-Length', 'Connection: close', 'Server'];

test.each([
  [
    'another version',
    get(RUNS, 'Accept: application/vnd.gravitino.v2+json\r\n'),
    '406 Not Acceptable',
    [UNCACHED, 'Content-Length', 'Server'],
  ],
  [
    'html',
    get(RUNS, 'Accept: text/html\r\n'),
    '406 Not Acceptable',
    [UNCACHED, HTML, 'Content-Length', 'Server'],
  ],
  ['an empty Accept', get(RUNS, 'Accept:\r\n'), '400 Bad Request', [UNCACHED, 'Content-Length', 'Server']],
  [
    'a token',
    get(RUNS, `${VENDOR}Authorization: Bearer x\r\n`),
    '401 Unauthorized',
    ['Date', 'Content-Type: application/json;charset=utf-8', 'Content-Length', 'Server'],
  ],
  [
    'an unknown method',
    `FOO ${RUNS} HTTP/1.1\r\nHost: a\r\n\r\n`,
    '405 Method Not Allowed',
    ['Allow: POST,GET,OPTIONS', 'Content-Length', 'Server'],
  ],
  [
    'CONNECT',
    `CONNECT ${RUNS} HTTP/1.1\r\nHost: a\r\n\r\n`,
    '501 Not Implemented',
    ['Content-Length', 'Server'],
  ],
  [
    'OPTIONS',
    `OPTIONS ${RUNS} HTTP/1.1\r\nHost: a\r\n\r\n`,
    '200 OK',
    ['Date', 'Content-Type: text/plain', 'Allow: HEAD,POST,GET,OPTIONS', 'Content-Length', 'Server'],
  ],
  [
    'OPTIONS *',
    'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
    '200 OK',
    ['Date', 'Allow: GET,HEAD,POST,OPTIONS', 'Content-Length', 'Server'],
  ],
  ['no Host', `GET ${RUNS} HTTP/1.1\r\n\r\n`, '400 No Host', BAD],
  ['HTTP/0.9', `GET ${RUNS}\r\n\r\n`, '505 HTTP/0.9 not supported', BAD],
  ['no request', 'garbage\r\n\r\n', '400 No URI', BAD],
  ['another version', `GET ${RUNS} HTTP/1.2\r\nHost: a\r\n\r\n`, '505 Unknown Version', BAD],
  ['a query alone', 'GET ?x HTTP/1.1\r\nHost: a\r\n\r\n', '400 Bad URI', BAD],
  ['a way out of the root', get('/../foo'), '400 Bad Request', BAD],
  ['an upgrade that the connection does not name', get(RUNS, 'Upgrade: h2c\r\n'), '400 Bad Request', BAD],
  ['another expectation', get(RUNS, 'Expect: x\r\n'), '417 Expectation Failed', BAD],
  [
    'two lengths',
    get(RUNS, 'Content-Length: 0\r\nContent-Length: 0\r\n'),
    '400 Multiple Content-Lengths',
    BAD,
  ],
  [
    'two media types',
    get(RUNS, `${VENDOR}Content-Type: a/b\r\nContent-Type: a/b\r\n`),
    '400 Bad Request',
    [UNCACHED, 'Content-Length', 'Server'],
  ],
  [
    'a malformed media type, before anything is asked about the path',
    get('/api/nope', `${VENDOR}Content-Type: json\r\n`),
    '400 Bad Request',
    [UNCACHED, 'Content-Length', 'Server'],
  ],
  [
    'parameters of the base',
    get(RUNS.replace('/api', '/api;x=1')),
    '404 Not Found',
    [UNCACHED, 'Content-Length', 'Server'],
  ],
  [
    'dots that lead to another servlet',
    get('/api/../configs'),
    '200 OK',
    ['Date', 'Content-Type: application/json;charset=iso-8859-1', 'Content-Length', 'Server'],
  ],
  [
    'credentials at an open path',
    get('/api/health', `${VENDOR}Authorization: Bearer x\r\n`),
    '200 OK',
    ['Date', 'Content-Type: application/json', 'Content-Length', 'Server'],
  ],
  [
    'an empty answer at the end of the connection',
    `PUT ${RUNS} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    '405 Method Not Allowed',
    ['Connection: close', 'Allow: POST,GET,OPTIONS', 'Server'],
  ],
  [
    'what a servlet can do',
    'OPTIONS /configs HTTP/1.1\r\nHost: a\r\n\r\n',
    '200 OK',
    ['Date', 'Allow: GET, HEAD, TRACE, OPTIONS', 'Content-Length', 'Server'],
  ],
  ['a folded field', get(RUNS, 'Accept: application/json,\r\n */*\r\n'), '400 Header Folding', BAD],
  ['a broken escape', get('/api/metalakes/%zz/jobs/runs'), '400 Bad Request', BAD],
  ['a long target', get(`/${'a'.repeat(140_000)}`), '414 URI Too Long', BAD],
  ['a long field', get(RUNS, `X: ${'a'.repeat(140_000)}\r\n`), '431 Request Header Fields Too Large', BAD],
  [
    'a path without the base',
    get('/metalakes/demo/jobs/runs', ''),
    '404 Not Found',
    [UNCACHED, HTML, 'Content-Length', 'Server'],
  ],
  [
    'lines without carriage returns',
    `GET ${RUNS} HTTP/1.1\nHost: a\n\n`,
    '200 OK',
    ['Date', 'Content-Type: application/json', 'Content-Length', 'Server'],
  ],
  [
    'the end of the connection',
    get(RUNS, `${VENDOR}Connection: close\r\n`),
    '200 OK',
    ['Connection: close', 'Date', 'Content-Type: application/json', 'Content-Length', 'Server'],
  ],
])('%s is answered as the server does', async (_, bytes, line, fields) => {
  const answer = await ask(newest, bytes);
  expect([answer.line, ...answer.fields]).toEqual([`HTTP/1.1 ${line}`, ...fields]);
});

test('a refusal is told in the words of the server, with a long stack', async () => {
  const { line, body } = await ask(newest, get('/api/metalakes/nope/jobs/runs/job-1'));
  const { stack, ...error } = JSON.parse(body);
  expect(line).toBe('HTTP/1.1 404 Not Found');
  expect(error).toEqual({
    code: 1003,
    type: 'NoSuchMetalakeException',
    message:
      'Failed to operate job(s) [job-1] operation [GET] under object [nope], reason [Metalake nope does not exist]',
  });
  expect(stack[0]).toBe(
    'org.apache.gravitino.exceptions.NoSuchMetalakeException: Metalake nope does not exist',
  );
  expect(stack.length).toBeGreaterThan(50);
});

function post(body: string): string {
  return `POST ${RUNS} HTTP/1.1\r\nHost: a\r\n${VENDOR}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

test('a body that is refused takes more than fits into the buffer, and is chunked', async () => {
  const { line, fields, body } = await ask(newest, post('{"x":1}'));
  expect([line, ...fields]).toEqual([
    'HTTP/1.1 400 Bad Request',
    'Date',
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
    'Server',
  ]);
  expect(body).toContain('UnrecognizedPropertyException: Unrecognized field \\"x\\"');
});

test('no body is an exception that nobody catches: a page in old releases, nothing in new ones', async () => {
  const before = await ask(oldest, `POST ${RUNS} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`);
  const now = await ask(newest, `POST ${RUNS} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`);
  expect([before.line, ...before.fields]).toEqual([
    'HTTP/1.1 500 Server Error',
    UNCACHED,
    HTML,
    'Content-Length',
    'Server',
  ]);
  expect(before.body).toContain('because &quot;request&quot; is null');
  expect([now.line, ...now.fields, now.body]).toEqual([
    'HTTP/1.1 500 Server Error',
    'Date',
    'Content-Length',
    'Server',
    '',
  ]);
});

test('what the body lacks is told before the metalake is looked for, and so is a reserved name', async () => {
  const blank = await ask(newest, post('{"jobTemplateName":" "}').replace('/demo/', '/nope/'));
  expect(blank.body).toContain('reason [\\"jobTemplateName\\" is required and cannot be empty]');
  const remove = `DELETE /api/metalakes/nope/jobs/templates/builtin-x HTTP/1.1\r\nHost: a\r\n${VENDOR}\r\n`;
  expect((await ask(newest, remove)).body).toContain("Cannot delete built-in job template 'builtin-x'");
});

test('the oldest release cuts ids without a look, and cannot alter templates', async () => {
  const known = await ask(oldest, get('/api/metalakes/demo/jobs/runs/XXXX5811734206918347562'));
  expect(known.body).toContain('"jobId":"job-5811734206918347562"');
  const short = await ask(oldest, get('/api/metalakes/demo/jobs/runs/ab'));
  expect(short.body).toContain('reason [begin 4, end 2, length 2]');
  const alter = await ask(oldest, `PUT /api/metalakes/demo/jobs/templates/sleep HTTP/1.1\r\nHost: a\r\n\r\n`);
  expect(alter.line).toBe('HTTP/1.1 405 Method Not Allowed');
});

test('the coming release takes any Accept, counts statuses and sorts by time', async () => {
  const { body } = await ask(
    coming,
    get(`${RUNS}?sortBy=queuedAt&sortOrder=asc&queuedBefore=2025-10-10T05:30:00Z`, 'Accept: text/html\r\n'),
  );
  expect(JSON.parse(body)).toMatchObject({
    jobs: [{ jobId: 'job-2093650472817735940', queuedAt: '2025-10-10T05:00:17.240618573Z' }],
    statusCounts: { queued: 0, started: 0, failed: 1, succeeded: 0, cancelling: 0, cancelled: 0 },
  });
  const wrong = await ask(coming, get('/api/metalakes/nope/jobs/runs?sortOrder=up'));
  expect(wrong.body).toContain('Invalid sortOrder value: up, must be one of asc, desc');
});

test('bodies are waited for where a client waits to be told, and only there', async () => {
  const hesitant = post('{}').replace('\r\n\r\n{}', '\r\nExpect: 100-continue\r\n\r\n');
  expect((await ask(newest, hesitant)).line).toBe('HTTP/1.1 100 Continue');
  expect((await ask(newest, `${hesitant}{}`)).line).toBe('HTTP/1.1 400 Bad Request');
});

test('requests to the mock itself are answered by the mock', async () => {
  const { line, body } = await ask(newest, 'POST /__jobs-kit/reset HTTP/1.1\r\nHost: a\r\n\r\n');
  expect([line, body]).toEqual(['HTTP/1.1 200 OK', expect.stringContaining('"scenario":"server"')]);
});

test('nothing is answered after the last answer', async () => {
  const bytes = get(RUNS, `${VENDOR}Connection: close\r\n`) + get(RUNS);
  expect((await ask(newest, bytes)).body.match(/HTTP\/1\.1/g)).toBeNull();
});

test('null in a list or a map is no argument: the server fails before it looks for the metalake', async () => {
  const template = (more: string) =>
    post(`{"jobTemplate":{"jobType":"shell","name":"a","executable":"b",${more}}}`)
      .replace('/demo/', '/nope/')
      .replace('/runs ', '/templates ');
  expect((await ask(newest, template('"arguments":["x",null]'))).body).toContain('reason [at index 1]');
  expect((await ask(newest, template('"environments":{"c":null}'))).body).toContain(
    'reason [null value in entry: c=null]',
  );
  expect((await ask(newest, template('"comment":null'))).body).toContain('Metalake nope does not exist');
});

test('an answer in chunks is in chunks, too, where the HTTP library could not read the request', async () => {
  const { fields, body } = await ask(newest, post('{"x":1}').replace(RUNS, `${RUNS}?é`));
  expect(fields).toContain('Transfer-Encoding: chunked');
  expect(body).toMatch(/^[0-9a-f]+$/m);
});

test('HEAD has no body, also where the HTTP library could not read the request', async () => {
  for (const target of ['/nowhere', '/nowhere?é']) {
    const { line, body } = await ask(newest, get(target).replace('GET', 'HEAD'));
    expect([line, body]).toEqual(['HTTP/1.1 404 Not Found', '']);
  }
});

test.each([
  ['within a head', 'GET /api', 'HTTP/1.1 400 Bad Request', BAD],
  ['within a header', `GET ${RUNS} HTTP/1.1\r\nHost: a\r\nX`, 'HTTP/1.1 400 Bad Request', BAD],
  [
    'within a body',
    post('{"a":').replace(/Content-Length: \d+/, 'Content-Length: 20'),
    'HTTP/1.1 500 Server Error',
    ['Date', 'Connection: close', 'Server'],
  ],
])('a client that ends %s is told so', async (_, bytes, line, fields) => {
  const answer = await ask(newest, bytes, 'server', 'half-close');
  expect([answer.line, answer.fields]).toEqual([line, fields]);
});
