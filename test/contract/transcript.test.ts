import { expect, test } from '@jest/globals';
import type { Wire } from '../../src/contract/exchange.ts';
import { transcriptOf } from '../../src/contract/transcript.ts';
import { VENDOR } from '../servers/jobs-api.ts';
import { exchangeOf, type Special } from './exchanges.ts';

const SENT = `GET /api/metalakes/sales/jobs/runs HTTP/1.1\nAccept: ${VENDOR}`;
const HEAD = `HTTP/1.1 200\nContent-Type: ${VENDOR}\n\n`;

/** The transcript of an exchange, and the part that is marked. */
function read(special: Special, pointer?: string, actual = 'x') {
  const violation = pointer === undefined ? { actual } : { actual, pointer };
  const transcript = transcriptOf(exchangeOf(special), violation);
  const { response, marked } = transcript;
  return { ...transcript, part: marked && response.slice(marked.start, marked.end) };
}

test('a transcript is the request and the answer as text', () => {
  expect(transcriptOf(exchangeOf({ requestBody: 'a=1', body: '{"code":0}' }), { actual: 'x' })).toEqual({
    request: `${SENT}\n\na=1`,
    response: `${HEAD}{"code":0}`,
    marked: undefined,
  });
});

test('the value at the pointer is marked, as it is written', () => {
  const body = '{"code": 0, "jobs": [ {"status": "ok"}, {"status" :\t"cancell\\u0065d"} ]}';
  expect(read({ body }, '/jobs/1/status').part).toBe('"cancell\\u0065d"');
});

test('of two properties with one name the last is marked, as it is the one that counts', () => {
  expect(read({ body: '{"a":{"b":1,"b":2}}' }, '/a/b').part).toBe('2');
});

test('where a value is missing, what should hold it is marked', () => {
  expect(read({ body: '{"jobs":[{"id":1},{"status":2}]}' }, '/jobs/0/status/id').part).toBe('{"id":1}');
});

test('nothing is marked where it would be the whole body, or where the body is no JSON', () => {
  expect(read({ body: '{"a":1}' }, '/jobs').part).toBeUndefined();
  expect(read({ body: '{"a":1}' }, '').part).toBeUndefined();
  expect(read({ body: '<html>' }, '/jobs').part).toBeUndefined();
  expect(read({ body: '['.repeat(100_000) }, '/0/0').part).toBeUndefined();
});

test('without a pointer, what was seen is marked in the head', () => {
  expect(read({ status: 406, type: 'text/html' }, undefined, 'text/html').marked).toEqual({
    start: 'HTTP/1.1 406\nContent-Type: '.length,
    end: 'HTTP/1.1 406\nContent-Type: text/html'.length,
  });
  expect(read({ body: 'text/html' }, undefined, 'text/html').part).toBeUndefined();
  expect(read({}, undefined, '1').part).toBeUndefined();
});

test('of a long body the beginning is shown', () => {
  const { response } = read({ body: `"${'x'.repeat(5000)}"` });
  expect(response).toBe(`${HEAD}"${'x'.repeat(3999)}\n… (1002 more characters)`);
});

test('of a long body what convicts is shown, with what is around it', () => {
  const body = `{"a":"${'x'.repeat(9000)}","b":false,"c":"${'y'.repeat(9000)}"}`;
  const { response, part } = read({ body }, '/b');
  expect(part).toBe('false');
  expect(response).toMatch(/\n\n… \(8012 characters before\)\nx{994}","b":false,"c":"y{2989}\n… \(6013 more/);
});

test('what convicts far behind is not looked for', () => {
  const body = `{"a":"${'x'.repeat(300 * 1024)}","b":false}`;
  const { response, part } = read({ body }, '/b');
  expect(part).toBeUndefined();
  expect(response.length).toBeLessThan(5000);
});

test('a mark ends where the excerpt does', () => {
  const { marked, response } = read({ body: `{"a":"${'x'.repeat(9000)}"}` }, '/a');
  expect(response.slice(marked?.start, marked?.end)).toMatch(/^"x+$/);
  expect(response.slice(marked?.end)).toMatch(/^\n… \(/);
});

test('a byte order mark and bytes that are no UTF-8 stay visible', () => {
  expect(read({ body: Buffer.from([0xef, 0xbb, 0xbf, 0x22, 0xff, 0x22, 0xc3]) }).response).toBe(
    `${HEAD}\ufeff"\ufffd"\ufffd`,
  );
});

test('what headers say is shown where it is no secret', () => {
  const headers = [
    ['Accept-Encoding', 'gzip'],
    ['Authorization', 'Bearer a'],
    ['X-Key', 'b'],
  ] as const;
  expect(read({ headers }).request).toMatch(
    /\nAccept-Encoding: gzip\nAuthorization: \[redacted\]\nX-Key: \[redacted\]$/,
  );
  expect(read({ headers: [['Authorization', ' '], ...headers] }).request).toMatch(
    /\nAuthorization: {2}\nAccept-Encoding: gzip\nAuthorization: \[redacted\]/,
  );
  expect(read({ headers: [['Authorization', '\r\n Bearer a']] }).request).toMatch(/\[redacted\]$/);
  const { response, ...rest } = exchangeOf();
  const setting = response && { ...response, headers: [['Set-Cookie', 'sid=1; Path=/']] as const };
  expect(transcriptOf({ ...rest, response: setting }, { actual: 'x' }).response).toMatch(
    /^HTTP\/1\.1 200\nSet-Cookie: sid=\[redacted\]; Path=\/\n\n/,
  );
});

test('of a run only the headers of all its requests are hidden, the others it has made up', () => {
  const { request, ...rest } = exchangeOf({
    headers: [
      ['authorization', 'Bearer a'],
      ['Cookie', 'made=up'],
    ],
  });
  const common = [['Authorization', 'Bearer a']] as const;
  expect(transcriptOf({ ...rest, request: { ...request, common } }, { actual: 'x' }).request).toMatch(
    /\nauthorization: \[redacted\]\nCookie: made=up$/,
  );
});

test('long heads are cut', () => {
  const { request } = read({ headers: [['Accept', 'x'.repeat(20_000)]] });
  expect(request).toMatch(/^GET .*\nAccept: x+… \(\d+ more characters\)$/);
  expect(request.length).toBeLessThan(8100);
});

test('where no answer came, it says why, after the bytes that did', () => {
  const failure = { kind: 'malformed', detail: 'the bytes are no HTTP answer' } as const;
  expect(read({ failure }).response).toBe('(the bytes are no HTTP answer)');
  const raw = Buffer.from('HTTP/1.1 2000 OK\r\n');
  expect(read({ failure: { ...failure, raw } }).response).toBe(
    'HTTP/1.1 2000 OK\n\n(the bytes are no HTTP answer)',
  );
});

test('where a body is not known, it says why', () => {
  const { response, ...rest } = exchangeOf();
  const bodyless = (problem: object) => ({
    ...rest,
    response: response && { ...response, body: undefined, ...problem },
  });
  const bodyProblem = { kind: 'coding', detail: 'its bytes are not gzip' } as const;
  expect(transcriptOf(bodyless({ bodyProblem }), { actual: 'x' }).response).toBe(
    `${HEAD}(its bytes are not gzip)`,
  );
  expect(transcriptOf(bodyless({}), { actual: 'x' }).response).toBe(`${HEAD}(the body is not known)`);
});

test('what went over the connection is shown as it went, interim answers first', () => {
  const sent = 'GET /a HTTP/1.1\r\nhost: x\r\nX-Key:  secret\r\n\r\n';
  const heads = [
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
    'HTTP/1.1 200\r\nSet-cookie:a=1\r\nX:y\r\n\r\n',
  ];
  const { request, response } = overWire({ sent, received: `${heads.join('')}4\r\nzipped`, interim: 1 }, 'x');
  expect(request).toBe('GET /a HTTP/1.1\nhost: x\nX-Key:  [redacted]');
  expect(response).toBe(
    'HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200\nSet-cookie:a=[redacted]\nX:y\n\n{"code":0,"jobs":[]}',
  );
});

test('an answer that breaks its framing is shown byte by byte, with what is told of it marked', () => {
  const received = 'HTTP/1.1 200\r\nContent-Length : 2\r\n\r\n{}surplus';
  const detail = 'a blank before the colon of "Content-Length "';
  const { response, marked } = overWire({ received, fault: detail }, detail);
  expect(response).toBe('HTTP/1.1 200\nContent-Length : 2\n\n{}surplus');
  expect(response.slice(marked?.start, marked?.end)).toBe('Content-Length ');
});

interface Bytes {
  readonly sent?: string;
  readonly received: string;
  readonly interim?: number;
  readonly fault?: string;
}

function overWire({ sent = '', received, interim = 0, fault }: Bytes, actual: string) {
  const head = { statusLine: '', httpVersion: '1.1', status: 103, reason: '', headers: [], faults: [] };
  const wire: Wire = {
    sent: Buffer.from(sent),
    received: Buffer.from(received),
    size: received.length,
    statusLine: undefined,
    interim: Array.from({ length: interim }, () => head),
    trailers: [],
    contentSize: 0,
    faults: fault === undefined ? [] : [{ kind: 'syntax', detail: fault }],
    surplus: Buffer.alloc(0),
    leftover: Buffer.alloc(0),
    connection: 'open',
    firstByteMs: 0,
    lastByteMs: 0,
  };
  return transcriptOf({ ...exchangeOf(), wire }, { actual });
}
