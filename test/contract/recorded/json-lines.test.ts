import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Exchange } from '../../../src/contract/exchange.ts';
import { readExchanges } from '../../../src/contract/recorded/json-lines.ts';
import { KitError } from '../../../src/errors.ts';
import { temporaryFile } from '../../world/temporary.ts';

const SAMPLE = fileURLToPath(new URL('./traffic/exchanges.jsonl', import.meta.url));

test('an exchange is read as it was', async () => {
  expect(await exchange('list')).toEqual({
    id: 'list',
    request: {
      method: 'GET',
      target: '/api/metalakes/demo/jobs/runs',
      headers: [
        ['Host', '127.0.0.1:8090'],
        ['Accept', '*/*'],
      ],
      body: undefined,
      irregular: false,
    },
    response: {
      httpVersion: '1.1',
      status: 200,
      reason: 'OK',
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Length', '20'],
      ],
      body: Buffer.from('{"code":0,"jobs":[]}'),
      raw: undefined,
    },
    failure: undefined,
    durationMs: undefined,
  });
});

test('the order of the lines is kept, blank ones are skipped, and one without an id has its line', async () => {
  const { source, exchanges } = await readExchanges(SAMPLE);
  expect(source).toBe(SAMPLE);
  expect(exchanges.map(({ id }) => id)).toEqual([
    'list',
    'line 3',
    'long',
    'raw',
    'no host',
    'two hosts',
    'old',
  ]);
});

test('a request without an answer is counted and keeps its place', async () => {
  const { exchanges, passedOver } = await readExchanges(SAMPLE);
  expect(passedOver).toEqual([{ reason: 'no answer was recorded', count: 1 }]);
  expect(exchanges[1]).toMatchObject({
    request: { method: 'POST', body: '{"a":"\ufffd\ufffd"}' },
    response: undefined,
    failure: { kind: 'closed', detail: 'no answer was recorded' },
  });
});

test('an abbreviated value is expanded: its last character stands for the rest', async () => {
  const { request } = await exchange('long');
  expect(request.target).toBe('/api/metalakes/demo/jobs/runs?x=qqqqqqqq');
  expect(request.headers[1]).toEqual(['X-Big', 'hhhhhh']);
});

test('requests that HTTP/1.1 does not know are irregular: raw bytes, no Host, two of them', async () => {
  const { exchanges } = await readExchanges(SAMPLE);
  expect(exchanges.filter(({ request }) => request.irregular).map(({ id }) => id)).toEqual([
    'raw',
    'no host',
    'two hosts',
  ]);
});

test('of pipelined answers the first belongs to the request', async () => {
  expect((await exchange('raw')).response).toMatchObject({ status: 200, body: Buffer.from('{}') });
});

test('an empty body is known, a null one is not', async () => {
  expect((await exchange('old')).response).toMatchObject({ httpVersion: '1.0', body: Buffer.alloc(0) });
  expect((await exchange('no host')).response?.body).toBeUndefined();
});

test('an answer can be told in bytes', async () => {
  const line =
    '{"request": {"method": "GET", "path": "/", "headers": []}, "response": {"status": 200, "headers": [], "body_base64": "/w=="}}';
  const { exchanges } = await readExchanges(await temporaryFile('exchanges.jsonl', line));
  expect(exchanges[0]?.request.irregular).toBe(false);
  expect(exchanges[0]?.response).toEqual({
    httpVersion: '',
    status: 200,
    reason: '',
    headers: [],
    body: Buffer.from([0xff]),
    raw: undefined,
  });
});

test.each(['', '\n', '\ufeff\r\n  \r\n'])(
  'a file without lines is a recording with nothing',
  async (text) => {
    const file = await temporaryFile('exchanges.jsonl', text);
    expect(await readExchanges(file)).toEqual({ source: file, exchanges: [], passedOver: [] });
  },
);

const REQUEST = '"request": {"method": "GET", "path": "/", "headers": []}';

test.each([
  ['{"request": secret', 'the line is no JSON object'],
  ['["secret"]', 'the line is no JSON object'],
  ['{"log": {"entries": ["secret"]}}', 'request is missing or no object'],
  ['{"request": {"path": "/secret", "headers": []}, "response": null}', 'request.method is missing'],
  ['{"request": {"method": "GET", "path": 1, "headers": []}, "response": null}', 'request.path is no string'],
  ['{"request": {"method": "GET", "path": "/"}, "response": null}', 'request.headers is missing or no list'],
  [`{${REQUEST}}`, 'response is missing or no object'],
  [`{${REQUEST}, "response": {"status": "200"}}`, 'response.status is missing or no whole number'],
  [
    `{${REQUEST}, "response": {"status": 200, "headers": {"a": "secret"}}}`,
    'response.headers is missing or no list',
  ],
  [
    `{${REQUEST}, "response": {"status": 200, "headers": [["secret"]]}}`,
    'a value in response.headers is missing',
  ],
  [`{${REQUEST}, "response": {"status": 200, "headers": [7]}}`, 'a name in response.headers is missing'],
  [`{${REQUEST}, "response": {"status": 200, "headers": [], "body": {}}}`, 'response.body is no string'],
  [`{"id": 7, ${REQUEST}, "response": null}`, 'id is no string'],
])('a line that is no exchange is refused with its number, without its text: %s', async (line, reason) => {
  const file = await temporaryFile('exchanges.jsonl', `{${REQUEST}, "response": null}\n\n${line}\n{`);
  const error = await readExchanges(file).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KitError);
  const message = error instanceof KitError ? error.message : '';
  expect(message).toContain(`${file}:3: ${reason}. Write one exchange a line: {"id", "request"`);
  expect(message).not.toContain('secret');
});

test('a file that cannot be read is refused', async () => {
  await expect(readExchanges('nowhere.jsonl')).rejects.toThrow(
    'cannot read nowhere.jsonl: no such file or directory. Check the path or URL.',
  );
});

async function exchange(id: string): Promise<Exchange> {
  const found = (await readExchanges(SAMPLE)).exchanges.find((each) => each.id === id);
  if (!found) {
    throw new Error(`there is no ${id}`);
  }
  return found;
}
