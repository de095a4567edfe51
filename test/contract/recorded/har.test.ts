import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Exchange } from '../../../src/contract/exchange.ts';
import { readHar } from '../../../src/contract/recorded/har.ts';
import { KitError } from '../../../src/errors.ts';
import { temporaryFile } from '../../world/temporary.ts';

const NO_ANSWER = 'no answer was recorded';
const NOT_HTTP = 'it is no HTTP request';
const NOT_SENT = 'it was answered by the browser or the recording test, not by a server';
const NO_HEADERS = 'the headers of its answer were not recorded';

test('an exchange that Chromium saved is read as it was', async () => {
  expect(await exchange('chromium.har', 'entry 1')).toEqual({
    id: 'entry 1',
    request: {
      method: 'GET',
      target: '/api/metalakes/demo/jobs/runs?jobTemplateName=a%26b',
      origin: 'https://jobs.example',
      headers: [['accept', 'application/vnd.gravitino.v1+json']],
      body: undefined,
    },
    response: {
      httpVersion: '2',
      status: 200,
      reason: '',
      headers: [
        ['content-type', 'application/vnd.gravitino.v1+json'],
        ['set-cookie', 'a=1; Path=/'],
        ['set-cookie', 'b=2; Path=/'],
      ],
      body: Buffer.from('{"code":0,"jobs":[]}'),
      raw: undefined,
    },
    failure: undefined,
    durationMs: 21.5,
  });
});

test('entries are ordered by the time at which they began', async () => {
  const { exchanges } = await readHar(traffic('chromium.har'));
  expect(exchanges.map(({ id }) => id)).toEqual(['entry 2', 'entry 1', 'entry 7', 'entry 8']);
});

test('entries of which one has no readable time keep their order', async () => {
  const { exchanges } = await readHar(traffic('charles.har'));
  expect(exchanges.map(({ id }) => id)).toEqual(['entry 1', 'entry 2']);
});

test('times with an offset are compared as times', async () => {
  const { exchanges } = await readHar(traffic('firefox.har'));
  expect(exchanges.map(({ id }) => id)).toEqual(['entry 2', 'entry 1', 'entry 3']);
});

test('a request without an answer is counted and keeps its place, without its userinfo', async () => {
  const { exchanges, passedOver } = await readHar(traffic('mitmproxy.har'));
  expect(passedOver).toEqual([{ reason: NO_ANSWER, count: 1 }]);
  expect(exchanges[1]).toEqual({
    id: 'entry 2',
    request: {
      method: 'DELETE',
      target: '/api/metalakes/demo',
      origin: 'http://gravitino.example:8090',
      headers: [['Host', 'gravitino.example:8090']],
      body: undefined,
    },
    response: undefined,
    failure: { kind: 'closed', detail: NO_ANSWER },
    durationMs: undefined,
  });
  expect((await exchange('chromium.har', 'entry 2')).request).toEqual({
    method: 'POST',
    target: '/api/metalakes/demo/jobs/runs',
    origin: 'https://jobs.example',
    headers: [['content-type', 'application/json']],
    body: '{"jobTemplateName":"ok"}',
  });
});

test('what no server answered is counted by its reason: caches, service workers, HSTS, data URLs', async () => {
  expect((await readHar(traffic('chromium.har'))).passedOver).toEqual([
    { reason: NO_ANSWER, count: 1 },
    { reason: NOT_SENT, count: 3 },
    { reason: NOT_HTTP, count: 1 },
  ]);
});

test('what a cache or a Playwright test answered, lost or could not keep is counted by its reason', async () => {
  expect((await readHar(traffic('playwright.har'))).passedOver).toEqual([
    { reason: NO_ANSWER, count: 1 },
    { reason: NOT_SENT, count: 2 },
    { reason: NO_HEADERS, count: 1 },
  ]);
});

test('a body in a file beside the HAR file is read; a missing one, and one elsewhere, are unknown', async () => {
  expect(await body('playwright.har', 'entry 1')).toEqual(Buffer.from('{"code":0,"jobs":[]}'));
  expect(await body('playwright.har', 'entry 2')).toBeUndefined();
  expect(await body('playwright.har', 'entry 3')).toBeUndefined();
});

test('a base64 body is bytes', async () => {
  expect(await body('playwright.har', 'entry 4')).toEqual(Buffer.from([0x22, 0x71, 0xff, 0x22]));
  expect(await body('charles.har', 'entry 1')).toEqual(Buffer.from('Not here, dö'));
});

test('a body that was not kept is unknown, not empty', async () => {
  expect(await body('playwright.har', 'entry 5')).toBeUndefined();
  expect(await body('mitmproxy.har', 'entry 3')).toBeUndefined();
});

test('a body that a tool cut is unknown; one whose size is merely wrong is not', async () => {
  expect(await body('firefox.har', 'entry 1')).toBeUndefined();
  expect(await body('firefox.har', 'entry 3')).toEqual(Buffer.from('{"code": 1}'));
  expect(await body('mitmproxy.har', 'entry 1')).toEqual(Buffer.from('{"code":0,"jobs":[]}'));
});

test('the body beside a 304, and that of a transfer that broke off, are unknown', async () => {
  expect(await body('chromium.har', 'entry 7')).toBeUndefined();
  expect(await body('chromium.har', 'entry 8')).toBeUndefined();
});

test('the type of the content stands in for headers that were not kept', async () => {
  expect((await exchange('charles.har', 'entry 1')).response).toMatchObject({
    httpVersion: '',
    status: 404,
    reason: 'Not Found',
    headers: [['Content-Type', 'text/plain; charset=utf-8']],
  });
  expect((await exchange('charles.har', 'entry 2')).response?.headers).toEqual([]);
});

test('versions are numbers however a tool writes them', async () => {
  const { exchanges } = await readHar(traffic('chromium.har'));
  expect(exchanges.map(({ response }) => response?.httpVersion)).toEqual([undefined, '2', '3', '1.1']);
  expect((await exchange('mitmproxy.har', 'entry 1')).response?.httpVersion).toBe('2');
});

test('a path that is left out is a slash', async () => {
  const file = await temporaryFile(
    'traffic.har',
    '{"log": {"entries": [{"request": {"method": "GET", "url": "http://A.example?x=%zz#f"}}]}}',
  );
  const { exchanges } = await readHar(file);
  expect(exchanges[0]?.request).toMatchObject({ target: '/?x=%zz', origin: 'http://a.example' });
});

test('the duration counts neither what the browser waited nor what is not known', async () => {
  expect((await exchange('mitmproxy.har', 'entry 1')).durationMs).toBe(7);
  expect((await exchange('playwright.har', 'entry 1')).durationMs).toBeUndefined();
});

test('a HAR file without entries is a recording with nothing', async () => {
  const file = await temporaryFile('traffic.har', '{"log": {"version": "1.2", "entries": []}}');
  expect(await readHar(file)).toEqual({ source: file, exchanges: [], passedOver: [] });
});

test('entries of any other shape are counted, not trusted', async () => {
  const file = await temporaryFile(
    'traffic.har',
    '{"log": {"entries": [null, 1, "x", [], {}, {"request": {"url": 1, "method": {}, "headers": 5}}]}}',
  );
  expect(await readHar(file)).toEqual({
    source: file,
    exchanges: [],
    passedOver: [{ reason: NOT_HTTP, count: 6 }],
  });
});

test.each([
  ['{"log": {\n  "entries": [\n    {"request": 1},\n  ]\n}}', 4],
  ['{"log": {\n  "entries": [\n    {"url": "http://secret@h/"', 3],
  ['{"log":\n  {"comment": "secret\n"}}', 2],
  ['{\n// secret\n"log": {"entries": []}}', 2],
  ['<html>\n<body>secret</body>', 1],
  ['', 1],
  [`${'['.repeat(100_000)}secret`, 1],
])(
  'a file that is not JSON is refused with the line of the mistake, without its text',
  async (text, line) => {
    const message = await refusal(text);
    expect(message).toMatch(new RegExp(`:${line}: the file is not JSON\\. Save the traffic as HAR 1\\.2`));
    expect(message).not.toContain('secret');
  },
);

test.each(['[]', '{"log": {}}', '{"log": {"entries": {}}}', 'null', '"secret"'])(
  'JSON that is no HAR is refused: %s',
  async (text) => {
    expect(await refusal(text)).toMatch(
      /:1: the file is JSON but no HAR: it has no list log\.entries\. Save/,
    );
  },
);

test('a file that cannot be read is refused', async () => {
  await expect(readHar('nowhere.har')).rejects.toThrow(
    'cannot read nowhere.har: no such file or directory. Check the path or URL.',
  );
  await expect(readHar('test')).rejects.toThrow('cannot read test: illegal operation on a directory.');
});

function traffic(name: string): string {
  return fileURLToPath(new URL(`./traffic/${name}`, import.meta.url));
}

async function exchange(name: string, id: string): Promise<Exchange> {
  const found = (await readHar(traffic(name))).exchanges.find((each) => each.id === id);
  if (!found) {
    throw new Error(`${name} has no ${id}`);
  }
  return found;
}

async function body(name: string, id: string): Promise<Buffer | undefined> {
  return (await exchange(name, id)).response?.body;
}

async function refusal(text: string): Promise<string> {
  const error = await readHar(await temporaryFile('traffic.har', text)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KitError);
  return error instanceof KitError ? error.message : '';
}
