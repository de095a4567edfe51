import { expect, test } from '@jest/globals';
import { exitCode } from '../../src/contract/conclusion.ts';
import type { Exchange } from '../../src/contract/exchange.ts';
import { type JudgeRecordedOptions, judgeRecorded } from '../../src/contract/judge-recorded.ts';
import { recordingOf } from '../../src/contract/recorded/recording.ts';
import { RULES } from '../../src/contract/rules/index.ts';
import type { Report } from '../../src/contract/verdict.ts';
import { job, jobs } from '../servers/jobs-api.ts';
import { checksOf, description } from './described.ts';
import { exchangeOf, type Special } from './exchanges.ts';

const list = '/api/metalakes/sales/jobs/runs';
const error = (status: number, code: number): Special => ({
  status,
  body: { code, type: 't', message: 'm' },
});

function judged(specials: readonly Special[], options: Partial<JudgeRecordedOptions> = {}): Report {
  const exchanges: readonly Exchange[] = specials.map(exchangeOf);
  return judgeRecorded({ description, recording: recordingOf('a.har', exchanges), ...options });
}

test('conforming traffic conforms, and claims about bytes and about a server stay untested', () => {
  const report = judged([{}, error(404, 1003)]);
  expect(report).toMatchObject({
    verdict: 'conforms',
    findings: [],
    target: 'a.har',
    requests: 2,
    notes: [],
  });
  const untested = report.untested.map(({ check }) => check);
  const needy = RULES.filter(({ needs }) => needs).map(({ id }) => id);
  expect(untested.filter((id) => !needy.includes(id))).toEqual([
    'existing-name',
    'absent-name',
    'other-name',
    'schema',
    'filter',
    'unique-key',
    'repeat',
    'immutable-value',
    'accept-json',
    'empty-filter',
    'time-order',
  ]);
  expect(needy.filter((id) => !untested.includes(id))).toEqual([]);
});

test('traffic that calls no operation is counted, and without any other nothing is judged', () => {
  const report = judged([
    { target: '/api/version' },
    { method: 'POST' },
    { target: `${list}/` },
    { target: 'http://localhost:8090/api/metalakes/sales/jobs/runs' },
    { failure: { kind: 'closed', detail: 'no answer was recorded' } },
  ]);
  expect(report.notes).toEqual([
    '1 passed over: no answer was recorded',
    '4 passed over: it calls no operation of the description',
  ]);
  expect(report.reason).toBe(
    'Nothing to judge: no recorded request calls GET /metalakes/{metalake}/jobs/runs below /api or /. Give the path in front of it with --base.',
  );
  expect(exitCode(report)).toBe(3);
});

test('traffic is found below the base paths of the description, or below a given one', () => {
  expect(judged([{ target: '/metalakes/sales/jobs/runs' }]).requests).toBe(1);
  expect(judged([{ target: `/gateway${list}` }]).requests).toBe(0);
  expect(judged([{ target: `/gateway${list}` }], { base: '/gateway/api/' }).requests).toBe(1);
});

test('an undocumented status is an error on an ordinary request', () => {
  expect(judged([{}, { status: 409, body: '' }]).findings).toMatchObject([
    { check: 'documented-status', severity: 'error', actual: '409 Conflict', expected: '200, 400, 404, 5XX' },
  ]);
});

const oddities: readonly Special[] = [
  { target: '/api/metalakes/%zz/jobs/runs' },
  { target: '/api/metalakes/中/jobs/runs' },
  { target: '/api/metalakes/a%2Fb/jobs/runs' },
  { target: '/api/metalakes/a%5Cb/jobs/runs' },
  { target: '/api/metalakes/a%00b/jobs/runs' },
  { target: '/api/metalakes/a%25b/jobs/runs' },
  { target: '/api/metalakes/%2e%2e/jobs/runs' },
  { target: `/api/metalakes/${'a'.repeat(65)}/jobs/runs` },
  { target: `${list}?jobTemplateName=%zz` },
  { target: `${list}?jobTemplateName=a&jobTemplateName=b` },
  { target: `${list}?x=${'a'.repeat(4200)}` },
  { headers: [['X-Big', 'a'.repeat(9000)]] },
  { headers: [['If-None-Match', '*']] },
  { headers: [['Range', 'bytes=0-3']] },
  { headers: [['Upgrade', 'h2c']] },
  { headers: [['Accept', '']] },
  { headers: [['Accept', '///']] },
  { headers: [['Accept', 'text/html']] },
  { requestBody: '{}' },
  { irregular: true },
];

test.each(oddities)('%j may get any answer but a 5xx', (special) => {
  const page = { type: 'text/html', body: '<h1>no</h1>' };
  for (const status of [301, 304, 400, 404, 414, 418]) {
    expect(judged([{ ...special, ...page, status }]).findings).toEqual([]);
  }
  expect(checksOf(judged([{ ...special, ...page, status: 500 }]))).toEqual(['server-error']);
});

test('a 429 says how fast somebody asked', () => {
  expect(judged([{ status: 429, body: '' }]).findings).toEqual([]);
});

test('a version of HTTP that a server does not speak is no failure of the server', () => {
  expect(judged([{ irregular: true, status: 505, body: '' }]).findings).toEqual([]);
});

test('a 400 may also come in the media types of its prose, with a body of its own', () => {
  const types = ['application/json', 'text/plain;charset=utf-8'];
  for (const type of types) {
    expect(judged([{ status: 400, type, body: 'no' }]).findings).toEqual([]);
  }
  expect(checksOf(judged([{ status: 400, type: 'text/html', body: 'no' }]))).toEqual(['media-type']);
});

test('a rule has the severity that the user gives it, and an unknown one is a mistake', () => {
  const html = [{ status: 400, type: 'text/html', body: 'no' }];
  const warned = judged(html, { severities: { 'media-type': 'warning' } });
  expect(warned).toMatchObject({ verdict: 'conforms', findings: [{ severity: 'warning' }] });
  expect(checksOf(judged(html, { severities: { 'media-type': 'off' } }))).toEqual([]);
  expect(() => judged(html, { severities: { 'media-typ': 'off' } })).toThrow('Did you mean "media-type"?');
});

test('bodies under a wrong JSON type are judged all the same', () => {
  const report = judged([{ type: 'application/json', body: { code: 1 } }]);
  expect(checksOf(report)).toEqual(['media-type', 'schema', 'always-present']);
});

const [first = job('a'), second = job('b')] = jobs(2, ['a', 'b']);
const both: Special = { body: { code: 0, jobs: [first, second] } };
const one: Special = { body: { code: 0, jobs: [first] } };

test('a list that lost a job is an error where nothing but reads happened between', () => {
  const lost = judged([both, { method: 'OPTIONS' }, { method: 'HEAD', body: '' }, one]);
  expect(lost.findings).toMatchObject([{ check: 'repeat', pointer: '/jobs', count: 1 }]);
  expect(checksOf(judged([both, { method: 'DELETE', target: '/api/x' }, one]))).toEqual([]);
  expect(checksOf(judged([both, { method: 'POST', failure: { kind: 'closed', detail: 'x' } }, one]))).toEqual(
    [],
  );
});

test('lists are not compared where who asks, or what is asked, differs', () => {
  const others: readonly Special[] = [
    {
      headers: [
        ['Accept', 'application/vnd.gravitino.v1+json'],
        ['Authorization', 'Basic eDp5'],
      ],
    },
    { headers: [['Accept', '*/*']] },
    { target: '/api/metalakes/other/jobs/runs' },
    { target: `${list}?limit=1` },
  ];
  for (const other of others) {
    expect(judged([both, { ...one, ...other }]).findings).toEqual([]);
  }
});

test('a filtered list is compared with the whole list before and after it', () => {
  const filtered = { target: `${list}?jobTemplateName=${first.jobTemplateName}` };
  expect(judged([both, { ...filtered, ...one }, both]).findings).toEqual([]);
  expect(checksOf(judged([both, { ...filtered }, both]))).toEqual(['filter']);
  expect(checksOf(judged([both, { ...filtered }, { method: 'PUT', target: '/api/x' }, both]))).toEqual([]);
  expect(checksOf(judged([{ ...filtered, ...both }]))).toEqual(['filter']);
});

test('a job that vanished while a filter was tried is no matter of the filter', () => {
  const filtered = { target: `${list}?jobTemplateName=${first.jobTemplateName}` };
  const rest: Special = { body: { code: 0, jobs: [second] } };
  expect(checksOf(judged([both, { ...filtered, ...one }, rest]))).toEqual(['repeat']);
});

test('an empty filter that is refused is a warning, but not where the thing itself is absent', () => {
  const empty = { target: `${list}?jobTemplateName=` };
  expect(judged([{ ...empty, ...error(400, 1001) }]).findings).toMatchObject([
    { check: 'empty-filter', severity: 'warning' },
  ]);
  expect(judged([{ ...empty, ...error(404, 1003) }]).findings).toEqual([]);
});

test('a name that existed all the time must not be absent', () => {
  expect(checksOf(judged([error(404, 1003)], { names: ['sales'] }))).toEqual(['existing-name']);
  expect(checksOf(judged([error(404, 1003)]))).toEqual([]);
});

test('credentials are told to nobody', () => {
  const headers: Special['headers'] = [
    ['Authorization', 'Basic c2VjcmV0'],
    ['Cookie', 'secret=1'],
    ['X-Token', 'secret'],
    ['Accept', '*/*'],
  ];
  const { findings } = judged([{ headers, status: 401, body: '' }, {}]);
  expect(findings[0]?.curl).toBe(
    `curl -i -H 'Authorization: '"$AUTHORIZATION" -H 'Cookie: '"$COOKIE" -H 'Accept: */*' http://localhost:8090${list}`,
  );
});
