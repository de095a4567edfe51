import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { Answers } from '../../src/mock/answers.ts';
import { RUNS, requestBytes, say, startMock } from './running.ts';

/** A request of each kind that an answer can depend on. */
const CASES: readonly string[] = [
  requestBytes(`GET ${RUNS}`),
  requestBytes('GET /metalakes/demo/jobs/runs'),
  requestBytes(`GET ${RUNS}?jobTemplateName=load_orders`),
  requestBytes(`GET ${RUNS}?jobTemplateName=a%26b%3Dc%2F%C3%BC&_t=1`),
  requestBytes(`GET ${RUNS}/`),
  requestBytes('GET /api/metalakes/test/jobs/runs'),
  requestBytes('GET /api/metalakes/other/jobs/runs'),
  requestBytes(`HEAD ${RUNS}`),
  requestBytes(`OPTIONS ${RUNS}`),
  requestBytes('OPTIONS *'),
  `${requestBytes(`POST ${RUNS}`, ['Content-Length: 2'])}ab`,
  requestBytes(`DELETE ${RUNS}`),
  requestBytes('GET /nothing'),
  requestBytes('GET /%zz'),
  requestBytes(`GET ${RUNS}?${'a'.repeat(9000)}`),
  requestBytes(`GET ${RUNS}`, ['Accept: application/json']),
  requestBytes(`GET ${RUNS}`, ['Accept: text/html']),
  requestBytes(`GET ${RUNS}`, ['Accept: garbage']),
  requestBytes(`GET ${RUNS}`, ['Expect: magic']),
  requestBytes(`GET ${RUNS}`, ['Origin: http://localhost:3000']),
  requestBytes(`GET ${RUNS}`, ['Origin: https://example.com']),
  requestBytes(`OPTIONS ${RUNS}`, ['Origin: null', 'Access-Control-Request-Method: GET']),
  requestBytes(`OPTIONS ${RUNS}`, ['Origin: null', 'Access-Control-Request-Method: PUT']),
  requestBytes(`OPTIONS ${RUNS}`, [
    'Origin: null',
    'Access-Control-Request-Method: GET',
    'Access-Control-Request-Headers: prefer',
  ]),
  requestBytes(`GET ${RUNS}`, ['Prefer: code=404']),
  requestBytes(`GET ${RUNS}`, ['Prefer: code=503']),
  requestBytes(`GET ${RUNS}`, ['Prefer: example=NoSuchMetalakeException']),
  requestBytes(`GET ${RUNS}`, ['Prefer: dynamic=true; seed=3']),
  requestBytes(`GET ${RUNS}`, ['Prefer: scenario=empty']),
  requestBytes(`GET ${RUNS}`, ['Prefer: code=299']),
  requestBytes(`GET ${RUNS}`, ['Prefer: respond-async']),
  `GET ${RUNS} HTTP/1.1\r\nConnection: close\r\n\r\n`,
  `GET ${RUNS} HTTP/1.0\r\n\r\n`,
];

test('every kind of answer is the same to the byte, kept or made anew', async () => {
  const kept = await startMock({ scenario: 'closed' });
  const fresh = await startMock({ scenario: 'closed', keepAnswers: false });
  for (const bytes of [...CASES, ...CASES]) {
    const [one, other] = await Promise.all([say(kept.mock, bytes), say(fresh.mock, bytes)]);
    expect(withoutDate(one)).toBe(withoutDate(other));
    expect(one).toMatch(/^HTTP\/1\.1 \d{3} /);
  }
  expect(kept.lines.map(withoutTime)).toEqual(fresh.lines.map(withoutTime));
  expect(kept.mock.requests.map(({ path, status }) => [path, status])).toEqual(
    fresh.mock.requests.map(({ path, status }) => [path, status]),
  );
});

test('no two kinds of request share an answer', () => {
  const answers = new Answers();
  const answer = answerOf('x');
  const base = { method: 'GET', url: '/a', headers: { host: 'mock' } };
  answers.keep(request(base), answer);
  expect(answers.find(request(base))).toBe(answer);
  for (const headers of [{ accept: 'a' }, { prefer: 'a' }, { origin: 'a' }]) {
    expect(answers.find(request({ ...base, headers: { host: 'mock', ...headers } }))).toBeUndefined();
  }
  expect(answers.find(request({ ...base, url: '/b' }))).toBeUndefined();
  expect(answers.find(request({ ...base, method: 'HEAD' }))).toBeUndefined();
});

test('a request with a body, an expectation or no Host is never taken for another', () => {
  const answers = new Answers();
  answers.keep(request({ method: 'GET', url: '/a', headers: { host: 'mock' } }), answerOf('x'));
  for (const headers of [
    { host: 'mock', 'content-length': '3' },
    { host: 'mock', 'transfer-encoding': 'chunked' },
    { host: 'mock', expect: '100-continue' },
    {},
  ]) {
    expect(answers.find(request({ method: 'GET', url: '/a', headers }))).toBeUndefined();
  }
});

test('an answer that may be another the next time is not kept', () => {
  const answers = new Answers();
  const one = request({ method: 'GET', url: '/a', headers: { host: 'mock' } });
  answers.keep(one, { ...answerOf('x'), repeatable: false });
  expect(answers.find(one)).toBeUndefined();
});

test('what is asked often stays, what is not goes', () => {
  const answers = new Answers();
  const at = (url: string) => request({ method: 'GET', url, headers: { host: 'mock' } });
  answers.keep(at('/often'), answerOf('often'));
  for (let index = 0; index < 10_000; index += 1) {
    answers.keep(at(`/${index}`), answerOf('x'));
    expect(answers.find(at('/often'))).toBeDefined();
  }
  expect(answers.find(at('/0'))).toBeUndefined();
  expect(answers.find(at('/9999'))).toBeDefined();
});

test('an answer of 20 MB is kept, and many of them are not', () => {
  const answers = new Answers();
  const at = (url: string) => request({ method: 'GET', url, headers: { host: 'mock' } });
  const large = answerOf('x'.repeat(20 * 2 ** 20));
  answers.keep(at('/0'), large);
  expect(answers.find(at('/0'))).toBe(large);
  for (const index of [1, 2, 3, 4, 5]) {
    answers.keep(at(`/${index}`), large);
  }
  const left = [0, 1, 2, 3, 4, 5].filter((index) => answers.find(at(`/${index}`)));
  expect(left.length).toBeLessThanOrEqual(3);
});

function request(parts: { method: string; url: string; headers: Record<string, string> }): IncomingMessage {
  return parts as unknown as IncomingMessage;
}

function answerOf(text: string) {
  const nothing = { transport: undefined, delayMs: 0, failure: undefined };
  return { status: 200, headers: [], body: Buffer.from(text), why: '', repeatable: true, ...nothing };
}

function withoutDate(text: string): string {
  return text.replace(/\r\nDate: .*?\r\n/, '\r\n');
}

function withoutTime(line: string): string {
  return line.replace(/[\d.]+ ms/, 'ms');
}
