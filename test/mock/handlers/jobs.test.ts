import { expect, test } from '@jest/globals';
import { startMock } from '../running.ts';

async function ids(get: (target: string) => Promise<Response>, target: string): Promise<string[]> {
  const { jobs }: { jobs: { jobId: string }[] } = JSON.parse(await (await get(target)).text());
  return jobs.map(({ jobId }) => jobId);
}

const BOTH = ['job-12345', 'job-67890'];

test.each([
  ['?jobTemplateName=test_run_get', ['job-12345']],
  ['?jobTemplateName=test_run_get_spark', ['job-67890']],
  ['?jobTemplateName=test_run', []],
  ['?jobTemplateName=TEST_RUN_GET', []],
  ['?jobTemplateName=test_run_get%20', []],
  ['?jobTemplateName=.*', []],
  ['?jobTemplateName=%25', []],
  ['?jobTemplateName=null', []],
  ['?jobTemplateName=test%5Frun%5fget', ['job-12345']],
  ['?jobTemplateName=test%255Frun%255Fget', []],
  ['?job%54emplateName=test_run_get', ['job-12345']],
  ['?jobTemplateName=', BOTH],
  ['?jobTemplateName', BOTH],
  ['?jobTemplateName=test_run_get&jobTemplateName=nothing', ['job-12345']],
  ['?jobTemplateName=&jobTemplateName=nothing', BOTH],
  ['?jobtemplatename=nothing', BOTH],
  ['?jobTemplateName[]=nothing', BOTH],
  ['?_t=1234567890&extra=x', BOTH],
  ['?&&&', BOTH],
])('%s lists %j', async (query, expected) => {
  const { get } = await startMock();
  expect(await ids(get, `/api/metalakes/demo/jobs/runs${query}`)).toEqual(expected);
});

test('a filter value is decoded once: plus and %20 are blanks, UTF-8 is read', async () => {
  const { get } = await startMock({ scenario: 'closed' });
  const all = await ids(get, '/api/metalakes/demo/jobs/runs');
  const odd = await ids(get, '/api/metalakes/demo/jobs/runs?jobTemplateName=a%26b%3Dc%2F%C3%BC');
  expect(all.length).toBeGreaterThanOrEqual(9);
  expect(odd.length).toBeGreaterThan(0);
  expect(all).toEqual(expect.arrayContaining(odd));
});

test.each([
  ['demo%2F', 'demo/'],
  ['Demo', 'Demo'],
  ['dem', 'dem'],
  ['demo%20', 'demo '],
  ['d%2565mo', 'd%65mo'],
  ['%C3%BC%F0%9F%98%80', 'ü😀'],
  ['$&', '$&'],
  ['a%22b', 'a"b'],
])('in a closed world %s is no metalake, and the answer names it', async (segment, name) => {
  const { get } = await startMock({ scenario: 'closed' });
  const response = await get(`/api/metalakes/${segment}/jobs/runs`);
  expect(response.status).toBe(404);
  expect(JSON.parse(await response.text())).toEqual({
    code: 1003,
    type: 'NoSuchMetalakeException',
    message: `Failed to operate metalake(s) [${name}] operation [LOAD], reason [NoSuchMetalakeException]`,
    stack: [
      `org.apache.gravitino.exceptions.NoSuchMetalakeException: Metalake ${name} does not exist`,
      '...',
    ],
  });
});

test('escapes in a metalake name are decoded', async () => {
  const { get } = await startMock({ scenario: 'closed' });
  expect((await get('/api/metalakes/%64emo/jobs/runs')).status).toBe(200);
});

test('metalakes do not share jobs', async () => {
  const { get } = await startMock({ scenario: 'closed' });
  const demo = await ids(get, '/api/metalakes/demo/jobs/runs');
  const other = await ids(get, '/api/metalakes/other/jobs/runs');
  expect(other.filter((id) => demo.includes(id))).toEqual([]);
  expect(await ids(get, '/api/metalakes/empty/jobs/runs')).toEqual([]);
});
