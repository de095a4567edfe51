import { expect, test } from '@jest/globals';
import type { ServeOptions } from '../../../src/mock/mock.ts';
import { startMock, startServer } from '../running.ts';

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

const JOBS = '/metalakes/ml/jobs/runs';
const NOW = new Date('2026-01-31T12:00:00Z');

/** A new server with a metalake and a template in it. */
async function startWithTemplate(options: Partial<ServeOptions> = {}) {
  const server = await startServer({ scenario: 'fresh', now: NOW, ...options });
  await server.call('POST', '/metalakes', { name: 'ml' });
  const jobTemplate = { jobType: 'shell', name: 't1', executable: '/bin/echo' };
  await server.call('POST', '/metalakes/ml/jobs/templates', { jobTemplate });
  return server;
}

test('a run is listed, got, and goes on with the clock', async () => {
  const { call, mock } = await startWithTemplate();
  const by = { authorization: `Basic ${Buffer.from('ada').toString('base64')}` };
  const { content } = await call('POST', JOBS, { jobTemplateName: 't1' }, by);
  const audit = { creator: 'ada', createTime: '2026-01-31T12:00:00.000000Z' };
  const job = {
    jobId: expect.stringMatching(/^job-\d+$/),
    jobTemplateName: 't1',
    status: 'queued',
    audit,
  };
  expect(content).toEqual({ code: 0, job });
  expect((await call('GET', JOBS)).content).toEqual({ code: 0, jobs: [content.job] });
  await mock.clock.advance(60_000);
  const ended = { ...content.job, status: 'succeeded', audit: expect.objectContaining(audit) };
  expect((await call('GET', JOBS)).content).toEqual({ code: 0, jobs: [ended] });
  expect((await call('GET', `${JOBS}/${content.job.jobId}`)).content).toEqual({ code: 0, job: ended });
});

test('a kept answer does not outlive what time changes, nor a change by a request', async () => {
  const { call } = await startWithTemplate({ clock: 'real', speed: 20 });
  await call('POST', JOBS, { jobTemplateName: 't1' });
  const statuses = new Set<string>();
  const deadline = performance.now() + 10_000;
  while (!statuses.has('succeeded') && performance.now() < deadline) {
    const { jobs } = (await call('GET', JOBS)).content;
    statuses.add(jobs[0].status);
  }
  expect([...statuses]).toContain('succeeded');
  expect((await call('GET', JOBS)).content.jobs).toHaveLength(1);
  await call('POST', JOBS, { jobTemplateName: 't1' });
  expect((await call('GET', JOBS)).content.jobs).toHaveLength(2);
});

test('a job whose configuration says fail fails', async () => {
  const { call, mock } = await startWithTemplate();
  const jobConf = { arg1: 'success', arg2: 'fail' };
  const { content } = await call('POST', JOBS, { jobTemplateName: 't1', jobConf });
  await mock.clock.advance(60_000);
  expect((await call('GET', `${JOBS}/${content.job.jobId}`)).content.job.status).toBe('failed');
});

test('a job is canceled, as the documentation spells it, and a second time nothing happens', async () => {
  const { call, mock } = await startWithTemplate();
  const { jobId } = (await call('POST', JOBS, { jobTemplateName: 't1' })).content.job;
  const first = await call('POST', `${JOBS}/${jobId}`);
  expect(first).toMatchObject({ status: 200, content: { job: { status: 'cancelling' } } });
  await mock.clock.advance(60_000);
  const { content } = await call('GET', `${JOBS}/${jobId}`);
  expect(content.job.status).toBe('canceled');
  expect((await call('POST', `${JOBS}/${jobId}`)).content).toEqual(content);
  expect((await call('GET', JOBS)).content.jobs).toEqual([content.job]);
});

test.each([
  ['GET', '/metalakes/ml/jobs/runs/nope', undefined, 'NoSuchJobException'],
  ['POST', '/metalakes/ml/jobs/runs/nope', undefined, 'NoSuchJobException'],
  ['POST', JOBS, { jobTemplateName: 'nope' }, 'NoSuchJobTemplateException'],
  ['POST', '/metalakes/nope/jobs/runs', { jobTemplateName: 't1' }, 'NoSuchMetalakeException'],
  ['GET', '/metalakes/nope/jobs/runs/job-1', undefined, 'NoSuchMetalakeException'],
])('%s %s %j names what is absent', async (method, path, body, type) => {
  const { call } = await startWithTemplate();
  const { status, mark, content } = await call(method, path, body);
  expect([status, mark, content.type]).toEqual([404, null, type]);
  expect(content.message).toContain('nope');
});

test('two hundred runs at once get ids of their own and are all there', async () => {
  const { call } = await startWithTemplate();
  const runs = await Promise.all(
    Array.from({ length: 200 }, () => call('POST', JOBS, { jobTemplateName: 't1' })),
  );
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set([200]));
  const made = runs.map(({ content }) => content.job.jobId).sort();
  expect(new Set(made).size).toBe(200);
  const [all, filtered] = [await call('GET', JOBS), await call('GET', `${JOBS}?jobTemplateName=t1`)];
  expect(all.content.jobs.map(({ jobId }: { jobId: string }) => jobId).sort()).toEqual(made);
  expect(filtered.content).toEqual(all.content);
});
