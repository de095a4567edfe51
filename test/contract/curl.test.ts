import { expect, test } from '@jest/globals';
import { curlOf } from '../../src/contract/curl.ts';
import type { Draft } from '../../src/contract/draft.ts';
import type { SentRequest } from '../../src/contract/exchange.ts';
import { createSender } from '../../src/contract/send.ts';
import { recordBytes, runLine, testWith } from './shell.ts';

/** A request of a run. */
const request: SentRequest = {
  method: 'GET',
  target: '/a?b=1',
  origin: 'http://localhost:1',
  headers: [
    ['Accept', '*/*'],
    ['Host', 'localhost:1'],
  ],
  common: [],
  body: undefined,
};

/** One of recorded traffic. */
const { common: _, ...recorded } = request;

test('a command line repeats the request, and nothing that curl would add', () => {
  expect(curlOf(request, [])).toBe(`curl -i -H 'Accept: */*' -A '' 'http://localhost:1/a?b=1'`);
  const headers = [['User-Agent', 'me']] as const;
  expect(curlOf({ ...request, target: '/a', headers }, [])).toBe(
    `curl -i -H 'User-Agent: me' -H 'Accept:' http://localhost:1/a`,
  );
});

test('a header without a value stays one', () => {
  const headers = [
    ['Accept', ''],
    ['Authorization', ' '],
  ] as const;
  expect(curlOf({ ...request, target: '/a', headers }, [])).toBe(
    `curl -i -H 'Accept;' -H 'Authorization;' -A '' http://localhost:1/a`,
  );
});

test('quotes, brackets and dots reach the server as they are', () => {
  expect(curlOf({ ...request, target: "/it's/../[x]" }, [])).toBe(
    `curl -i --path-as-is -H 'Accept: */*' -A '' --globoff 'http://localhost:1/it'\\''s/../[x]'`,
  );
  expect(curlOf({ ...request, target: '/a/%2E' }, [])).toContain(' --path-as-is ');
});

test('targets that cannot stand in a URL stand beside it', () => {
  expect(curlOf({ ...request, method: 'OPTIONS', target: '*' }, [])).toBe(
    `curl -i -X OPTIONS -H 'Accept: */*' -A '' --request-target '*' http://localhost:1`,
  );
  expect(curlOf({ ...request, target: '/a#b' }, [])).toContain(` --request-target '/a#b' http://localhost:1`);
});

test('other methods are named, those with a body have a length', () => {
  expect(curlOf({ ...request, target: '/', method: 'HEAD' }, [])).toBe(
    `curl -i --head -H 'Accept: */*' -A '' http://localhost:1/`,
  );
  expect(curlOf({ ...request, target: '/', method: 'PUT' }, [])).toBe(
    `curl -i -X PUT -H 'Accept: */*' -A '' -H 'Content-Length: 0' http://localhost:1/`,
  );
});

test('a body is sent as it was', () => {
  const headers = [
    ['Content-Type', 'application/json'],
    ['Content-Length', '11'],
  ] as const;
  expect(curlOf({ ...recorded, target: '/', method: 'POST', headers, body: `{"it's": 1}` }, [])).toBe(
    `curl -i -X POST -H 'Content-Type: application/json' -H 'Accept:' --data-raw '{"it'\\''s": 1}' http://localhost:1/`,
  );
  expect(curlOf({ ...recorded, target: '/', headers: [], body: '@a' }, [])).toBe(
    `curl -i -X GET -H 'Accept:' -H 'Content-Type:' --data-raw @a http://localhost:1/`,
  );
});

test('the protocol is the one that was spoken', () => {
  expect(curlOf({ ...request, target: '/', httpVersion: '1.0' }, [])).toMatch(/^curl -i --http1\.0 -H/);
  expect(curlOf({ ...request, target: '/', origin: 'https://localhost:1' }, [], ['--insecure'])).toBe(
    `curl -i --insecure --http1.1 -H 'Accept: */*' -A '' https://localhost:1/`,
  );
});

test('the value of a given header is a variable, in any letter case of its name', () => {
  const headers = [
    ['x-key', 'k'],
    ['Accept', '*/*'],
    ['X-Trace', 't'],
  ] as const;
  const given = [
    ['X-Other', 'o'],
    ['X-Key', 'k'],
  ] as const;
  expect(curlOf({ ...recorded, target: '/', headers }, given)).toBe(
    `curl -i -H 'x-key: '"$HEADER_2" -H 'Accept: */*' http://localhost:1/`,
  );
});

test('what a run has made up is shown, and the headers of all its requests are variables', () => {
  const headers = [
    ['Authorization', 'Basic dTpw'],
    ['Cookie', 'made=up'],
    ['X-Long', 'x'],
  ] as const;
  expect(curlOf({ ...request, target: '/', headers, common: headers.slice(0, 1) }, [])).toBe(
    `curl -i -H 'Authorization: '"$AUTHORIZATION" -H 'Cookie: made=up' -H 'X-Long: x' -H 'Accept:' -A '' http://localhost:1/`,
  );
});

test('of recorded headers the credentials are variables, and those that tell nothing are left out', () => {
  const headers = [
    ['Authorization', 'Bearer secret'],
    ['X-Key', 'secret'],
    ['Accept', '*/*'],
  ] as const;
  expect(curlOf({ ...recorded, target: '/', headers }, [])).toBe(
    `curl -i -H 'Authorization: '"$AUTHORIZATION" -H 'Accept: */*' http://localhost:1/`,
  );
});

test('an Accept of the run that replaced a given one is shown', () => {
  expect(curlOf({ ...request, target: '/' }, [['Accept', 'a/b']])).toBe(
    `curl -i -H 'Accept: */*' -A '' http://localhost:1/`,
  );
});

test('where no origin is recorded, the Host header tells it', () => {
  const { origin, ...unplaced } = recorded;
  expect(curlOf({ ...unplaced, target: '/', headers: [['Host', 'h:8']] }, [])).toBe(
    `curl -i -H 'Accept:' http://h:8/`,
  );
  expect(curlOf({ ...unplaced, target: '/', headers: [['Host', 'no host']] }, [])).toBe(
    `curl -i -H 'Accept:' http://localhost/`,
  );
});

test.each([
  ['a line break in the target', { target: '/a\r\nb' }, "printf 'GET /a\\r\\nb HTTP/1.1\\r\\n"],
  ['a letter beyond ASCII in it', { target: '/ü' }, "printf 'GET /\\303\\274 HTTP/1.1\\r\\n"],
  ['a blank in it', { target: '/a b' }, "printf 'GET /a b HTTP/1.1\\r\\n"],
  [
    'a header beyond ASCII',
    { headers: [['Accept', 'ü']] },
    "printf 'GET /a?b=1 HTTP/1.1\\r\\nHost: localhost:1\\r\\nAccept: \\374\\r\\n",
  ],
  ['a body of several lines', { body: 'a\nb' }, "\\r\\n\\r\\na\\nb' | nc localhost 1"],
  ['a body with NUL', { body: 'a\0b' }, "\\r\\n\\r\\na\\000b' | nc localhost 1"],
  ['HEAD with a body', { method: 'HEAD', body: 'a' }, "printf 'HEAD /a?b=1 HTTP/1.1\\r\\n"],
  ['what is more than its fields tell', { irregular: true }, "printf 'GET /a?b=1 HTTP/1.1\\r\\n"],
] as const)('what curl cannot send is sent byte by byte: %s', (_, changes, expected) => {
  expect(curlOf({ ...request, ...changes }, [])).toContain(expected);
});

const VENDOR = ['Accept', 'application/vnd.gravitino.v1+json'] as const;

const DRAFTS: readonly Omit<Draft, 'id'>[] = [
  { method: 'GET', target: '/a?b=1&&c', headers: [VENDOR] },
  { method: 'GET', target: '/', headers: [] },
  { method: 'HEAD', target: '/', headers: [['Accept', '']] },
  { method: 'POST', target: '/', headers: [VENDOR] },
  { method: 'BREW', target: '/', headers: [] },
  { method: 'GET', target: `/%zz/%/"'<>\\^\`{|}[1-3]$x!~;a=b`, headers: [] },
  { method: 'GET', target: '/x/../%2e%2E/./a/..', headers: [] },
  { method: 'GET', target: '//a//?', headers: [] },
  { method: 'GET', target: '/a#b', headers: [] },
  { method: 'GET', target: '/a?{b,c}[1-2]=@d', headers: [] },
  { method: 'GET', target: '/a', headers: [], isAbsolute: true, alone: true },
  { method: 'OPTIONS', target: '*', headers: [], alone: true },
  { method: 'GET', target: '/', headers: [], httpVersion: '1.0', alone: true },
  { method: 'GET', target: '/', headers: [['Expect', '100-continue']], alone: true },
  {
    method: 'GET',
    target: '/',
    headers: [
      ['User-Agent', ''],
      ['Range', 'bytes=0-9'],
      ['X', `"it's" $HOME`],
    ],
  },
  {
    method: 'GET',
    target: '/',
    headers: [
      ['Host', 'other.example'],
      ['Upgrade', 'x/1'],
    ],
    alone: true,
  },
  { method: 'GET', target: '/', headers: [['Content-Length', '4']], body: '@"\'\\', alone: true },
];

testWith(['bash', 'curl'], 'curl sends what the run has sent', async () => {
  const recorder = await recordBytes();
  const given = [['X-Key', `it's "5$`]] as const;
  const common = [...given, ['Authorization', 'Basic a%b']] as const;
  const sender = createSender({ origin: recorder.origin, headers: common, timeoutSeconds: 2 });
  for (const draft of DRAFTS) {
    const { request: sent } = await sender.send({ ...draft, id: 'a draft' });
    const original = recorder.taken();
    const line = curlOf(sent, given);
    await runLine(line, { HEADER_1: given[0][1], AUTHORIZATION: common[1][1] });
    expect([line, ...linesOf(recorder.taken())]).toEqual([line, ...linesOf(original)]);
    expect(line).toMatch(/^curl /);
    expect(line).not.toMatch(/5\$|a%b/);
  }
  sender.close();
});

/** The lines of a request, headers in one order, without what says how long its connection is to live. */
function linesOf(bytes: string): readonly string[] {
  const [head = '', ...body] = bytes.split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  const kept = headers.filter((each) => !/^Connection: (close|keep-alive)$/i.test(each));
  return [line, ...kept.map(withLowerName).toSorted(), body.join('\r\n\r\n')];
}

function withLowerName(header: string): string {
  return header.replace(/^[^:]*: */, (name) => name.trimEnd().toLowerCase());
}
