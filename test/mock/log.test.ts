import { expect, test } from '@jest/globals';
import { formatEntry, type LogEntry, requestLog } from '../../src/mock/log.ts';
import { RUNS, requestBytes, say, startMock } from './running.ts';

const ENTRY: LogEntry = {
  kind: 'request',
  method: 'GET',
  target: '/a?b=c',
  status: 200,
  ms: 1.234,
  why: 'world default: 2 jobs',
  transport: undefined,
};

test('a request is one line', () => {
  expect(formatEntry(ENTRY)).toBe('GET /a?b=c 200 1.2 ms, world default: 2 jobs');
});

test('a fault of the mock or its fixture is loud, a failure that a scenario wants is not', () => {
  expect(formatEntry({ ...ENTRY, status: 500, transport: 'broken-answer' })).toMatch(/^ERROR GET /);
  expect(formatEntry({ ...ENTRY, status: 500 })).toMatch(/^GET /);
  expect(formatEntry({ kind: 'notice', level: 'error', message: 'no' })).toBe('ERROR no');
  expect(formatEntry({ kind: 'notice', level: 'info', message: 'yes' })).toBe('yes');
});

test('nothing in a line steers the terminal', () => {
  const why = 'a\x1b[31mb\nc\x9bd\u202ee\u2028f';
  expect(formatEntry({ ...ENTRY, why })).toBe(
    'GET /a?b=c 200 1.2 ms, a\\u{1b}[31mb\\u{a}c\\u{9b}d\\u{202e}e\\u{2028}f',
  );
});

test('user and password of a target are not told', () => {
  const target = 'http://me:secret@host/a?b=c';
  expect(formatEntry({ ...ENTRY, target })).toBe('GET /a?b=c 200 1.2 ms, world default: 2 jobs');
});

test('a long target and a long reason are cut', () => {
  const line = formatEntry({ ...ENTRY, target: `/${'a'.repeat(8000)}`, why: 'b'.repeat(8000) });
  expect(line.length).toBeLessThan(700);
});

test('text ends each line, off says nothing', async () => {
  const told: string[] = [];
  const out = (text: string) => told.push(text);
  (await requestLog('text', out))(ENTRY);
  (await requestLog('off', out))(ENTRY);
  expect(told).toEqual(['GET /a?b=c 200 1.2 ms, world default: 2 jobs\n']);
});

test('json is one object a line', async () => {
  const told: string[] = [];
  const log = await requestLog('json', (text) => told.push(text));
  log(ENTRY);
  log({ ...ENTRY, target: 'http://me:secret@host/', status: 500, transport: 'broken-answer' });
  log({ kind: 'notice', level: 'info', message: 'saved' });
  expect(told.map((line) => JSON.parse(line))).toEqual([
    {
      level: 30,
      time: expect.any(String),
      method: 'GET',
      target: '/a?b=c',
      status: 200,
      ms: 1.234,
      why: 'world default: 2 jobs',
    },
    expect.objectContaining({ level: 50, target: '/', status: 500, transport: 'broken-answer' }),
    { level: 30, time: expect.any(String), msg: 'saved' },
  ]);
});

test('the log says which world, example or fault made an answer', async () => {
  const { mock, get, lines } = await startMock();
  await get(RUNS);
  await get(`${RUNS}?jobTemplateName=test_run_get`);
  await get('/metalakes/test/jobs/runs');
  await get(RUNS, { headers: { prefer: 'code=503' } });
  await say(mock, requestBytes(`OPTIONS ${RUNS}`));
  expect(lines.map((line) => line.replace(/[\d.]+ ms/, '1 ms'))).toEqual([
    `GET ${RUNS} 200 1 ms, world default: 2 jobs`,
    `GET ${RUNS}?jobTemplateName=test_run_get 200 1 ms, world default: 1 job of template "test_run_get"`,
    'GET /metalakes/test/jobs/runs 404 1 ms, example NoSuchMetalakeException: no metalake "test"',
    `GET ${RUNS} 503 1 ms, example default`,
    `OPTIONS ${RUNS} 204 1 ms, options`,
  ]);
});
