import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { type Change, job, serveJobs, someWorld, VENDOR, withJobs } from '../servers/jobs-api.ts';
import { serveRaw } from '../servers/listen.ts';
import { verifyJobs, verifyUrl } from './described.ts';

const withType =
  (type: string): Change =>
  (answer) => ({ ...answer, headers: { ...answer.headers, 'Content-Type': type } });

const withText =
  (text: (json: string) => string): Change =>
  (answer) => ({ ...answer, bytes: text(JSON.stringify(answer.body)) });

const withHeaders =
  (headers: Record<string, string | string[]>): Change =>
  (answer) => ({ ...answer, headers: { ...answer.headers, ...headers } });

const withTime =
  (time: string): Change =>
  (answer) =>
    withJobs(answer, (jobs) => jobs.map((each) => ({ ...each, audit: { createTime: time } })));

const extra = {
  __proto__: null,
  constructor: 1,
  toString: null,
  hasOwnProperty: [],
  nested: { deep: [[{}]] },
};

const conforming: readonly [sentence: string, change: Change][] = [
  ['as documented', (answer) => answer],
  ['a charset', withType(`${VENDOR}; charset=utf-8`)],
  ['a quoted charset without a blank', withType(`${VENDOR};charset="UTF-8"`)],
  ['the media type in other letters', withType('Application/VND.Gravitino.V1+JSON')],
  ['a parameter of the media type', withType(`${VENDOR} ; profile="x"`)],
  ['blanks around the JSON', withText((json) => `\n\t${json}\r\n`)],
  ['0.0 for 0', withText((json) => json.replace('"code":0', '"code":0.0'))],
  ['-0 for 0', withText((json) => json.replace('"code":0', '"code":-0'))],
  ['1.003e3 for 1003', withText((json) => json.replace('"code":1003', '"code":1.003E+3'))],
  ['escapes', withText((json) => json.replaceAll('a', '\\u0061').replaceAll('/', '\\/'))],
  ['deep nesting', withText((json) => json.replace('{', `{"x":${'['.repeat(900)}${']'.repeat(900)},`))],
  ['extra properties', (answer) => ({ ...answer, body: { ...(answer.body as object), ...extra } })],
  [
    'extra properties of a job',
    (answer) => withJobs(answer, (jobs) => jobs.map((each) => ({ ...each, ...extra }))),
  ],
  ['no audit values', (answer) => withJobs(answer, (jobs) => jobs.map((each) => ({ ...each, audit: {} })))],
  ['a numeric offset', withTime('2025-08-12T04:14:28+02:00')],
  ['an unknown local offset', withTime('2025-08-12T04:14:28-00:00')],
  ['nine digits of a second', withTime('2025-08-12T04:14:28.123456789Z')],
  ['lower-case t and z', withTime('2025-08-12t04:14:28z')],
  ['a leap second', withTime('2016-12-31T23:59:60Z')],
  ['the year 1', withTime('0001-01-01T00:00:00Z')],
  [
    'statuses that progress',
    (answer, { count }) =>
      withJobs(answer, (jobs) =>
        jobs.map((each) => ({ ...each, status: count % 2 ? 'started' : 'succeeded' })),
      ),
  ],
  [
    'the same time written otherwise',
    (answer, { count }) =>
      withTime(count % 2 ? '2025-08-12T04:14:28.50+02:00' : '2025-08-12T02:14:28.5Z')(
        answer,
        undefined as never,
      ),
  ],
  [
    'errors without a stack',
    (answer) =>
      answer.status === 404 ? { ...answer, body: { code: 1000, type: 't', message: 'm' } } : answer,
  ],
  [
    'many headers',
    withHeaders({ ETag: 'W/"1"', 'Set-Cookie': ['a=1', 'b=2'], Vary: ['Accept', 'Origin'], Server: 'x' }),
  ],
  ['connections that close', withHeaders({ Connection: 'close' })],
  ['404 for a template that nothing has', (answer, { template }) => unknownTemplate(answer, template, 404)],
  [
    'plain JSON for who accepts nothing else',
    (answer, { accept }) =>
      accept === 'application/json'
        ? { ...answer, headers: { 'Content-Type': accept, Vary: 'Accept' } }
        : answer,
  ],
];

function unknownTemplate(answer: Parameters<Change>[0], template: string | undefined, status: number) {
  const isEmpty = (answer.body as { jobs?: unknown[] }).jobs?.length === 0;
  const body = { code: 1003, type: 'NoSuchJobTemplateException', message: `no template ${template}` };
  return template && isEmpty ? { ...answer, status, body } : answer;
}

test.each(conforming)('a server with %s conforms without a finding', async (_, change) => {
  const report = await verifyJobs(change, someWorld(), { smoke: false });
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe('conforms');
});

test('every claim that reads can test is tested on a closed world', async () => {
  const report = await verifyJobs(undefined, someWorld(), { smoke: false });
  expect(report.untested).toEqual([
    {
      check: 'schema',
      reason:
        'listJobs never answered 400, 5XX in a documented media type; reads hardly provoke them, but recorded traffic that holds them can be judged',
    },
  ]);
  expect(report.notes).toEqual([expect.stringMatching(/^The base path \/(api)? was used, of \/api, \/\.$/)]);
});

test('a server that always compresses conforms', async () => {
  const report = await verifyJobs((answer) => ({
    ...answer,
    headers: { ...answer.headers, 'Content-Encoding': 'gzip' },
    bytes: gzipSync(JSON.stringify(answer.body)),
  }));
  expect(report.findings).toEqual([]);
});

test('a list that grows at each read conforms', async () => {
  const world = someWorld();
  const report = await verifyJobs(
    (answer) => {
      for (const [, jobs] of [...world].slice(0, 2)) {
        jobs.push(job(jobs[0]?.jobTemplateName ?? ''));
      }
      return answer;
    },
    world,
    { smoke: false },
  );
  expect(report.findings).toEqual([]);
});

test('a server that asks to wait now and then conforms', async () => {
  const world = someWorld();
  const report = await verifyJobs(
    (answer, { count }) =>
      count % 5 === 0 ? { status: 429, headers: { 'Retry-After': '0' }, body: {} } : answer,
    world,
  );
  expect(report.findings).toEqual([]);
});

test('a server that closes idle connections at once conforms', async () => {
  const { url, names } = await serveJobs();
  const pass = async (head: string): Promise<Buffer> => {
    const [, target = ''] = head.split(' ');
    const accept = /^accept: (.*)$/im.exec(head)?.[1];
    const answer = await fetch(`${url}${target}`, { headers: accept ? { accept } : {} });
    const body = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type');
    const lines = [
      `HTTP/1.1 ${answer.status} `,
      `content-type: ${type}`,
      `content-length: ${body.length}`,
      '',
      '',
    ];
    return Buffer.concat([Buffer.from(lines.join('\r\n')), body]);
  };
  const proxy = await serveRaw((socket, head) => {
    void pass(head).then((bytes) => {
      socket.write(bytes);
      setTimeout(() => socket.resetAndDestroy(), 1);
    });
  });
  const report = await verifyUrl(proxy, { names });
  expect(report.findings).toEqual([]);
});
