import { expect, test } from '@jest/globals';
import { instantOf } from '../../src/schema/date-time.ts';
import type { Job } from '../../src/world/model.ts';
import { type JobOrder, makeJobs } from '../../src/world/volume.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

async function make(count: number, change: Partial<JobOrder> = {}): Promise<readonly Job[]> {
  const order = { seed: 'a', now: NOW, templates: undefined, statuses: undefined, taken: new Set<string>() };
  return await makeJobs({ count, ...order, ...change });
}

function count(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Milliseconds before NOW; negative after it. */
function age(time: string | undefined): number {
  return NOW.getTime() - Number(instantOf(time ?? '') ?? Number.NaN) / 1e6;
}

const jobs = await make(5_000);

test('the same seed and the same now make the same jobs', async () => {
  expect(await make(5_000)).toEqual(jobs);
});

test('another seed or another now makes other jobs', async () => {
  const [byDefault] = await make(1);
  expect(await make(1, { seed: 'b' })).not.toEqual([byDefault]);
  expect(await make(1, { now: new Date('2026-03-01T12:00:01Z') })).not.toEqual([byDefault]);
});

test('ids look like the real ones, differ from each other and have no order', () => {
  const ids = jobs.map((job) => job.jobId);
  expect(ids.filter((id) => !/^job-\d{16}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(5_000);
  expect(ids).not.toEqual(ids.toSorted());
  expect(ids).not.toEqual(ids.toSorted().reverse());
});

test('ids that other jobs have are left out', async () => {
  const [first, second, third] = await make(3);
  const [replacement] = await make(1, { taken: new Set([first?.jobId ?? '', second?.jobId ?? '']) });
  expect(replacement?.jobId).toBe(third?.jobId);
});

test('most jobs are finished, some are not, and no status is missing', () => {
  const shares = count(jobs.map((job) => job.status));
  expect([...shares.keys()].sort()).toEqual([
    'canceled',
    'cancelling',
    'failed',
    'queued',
    'started',
    'succeeded',
  ]);
  const finished = ['succeeded', 'failed', 'canceled'].map((status) => shares.get(status) ?? 0);
  expect(finished[0]).toBeGreaterThan(3_250);
  expect(finished[1]).toBeGreaterThan(400);
  expect(finished[2]).toBeGreaterThan(150);
  expect((shares.get('queued') ?? 0) + (shares.get('started') ?? 0)).toBeGreaterThan(200);
});

test('only statuses that the description knows are given', async () => {
  const made = await make(500, { statuses: ['started', 'succeeded'] });
  expect([...count(made.map((job) => job.status)).keys()].sort()).toEqual(['started', 'succeeded']);
});

test('jobs that are not finished are not older than eight hours', () => {
  const unfinished = jobs.filter((job) => /^(queued|started|cancelling)$/.test(job.status));
  expect(Math.max(...unfinished.map((job) => age(job.audit.createTime)))).toBeLessThan(8 * 3_600_000);
});

test('every job has a creator and was created in the 30 days before now, the newest first', () => {
  expect(jobs.filter((job) => !job.audit.creator)).toEqual([]);
  const ages = jobs.map((job) => age(job.audit.createTime));
  expect(Math.min(...ages)).toBeGreaterThan(0);
  expect(Math.max(...ages)).toBeLessThanOrEqual(30 * 24 * 3_600_000);
  expect(Math.max(...ages)).toBeGreaterThan(29 * 24 * 3_600_000);
  expect(ages).toEqual(ages.toSorted((a, b) => a - b));
});

test('queued jobs were never modified; all others after their creation and before now', () => {
  const [queued, others] = [true, false].map((wanted) =>
    jobs.filter((job) => (job.status === 'queued') === wanted),
  );
  expect(queued?.filter(({ audit }) => 'lastModifier' in audit || 'lastModifiedTime' in audit)).toEqual([]);
  expect(others?.filter(({ audit }) => !audit.lastModifier)).toEqual([]);
  expect(others?.filter(({ audit }) => !(age(audit.lastModifiedTime) < age(audit.createTime)))).toEqual([]);
  expect(others?.filter(({ audit }) => !(age(audit.lastModifiedTime) > 0))).toEqual([]);
});

test('a few templates are used often, many rarely', () => {
  const uses = [...count(jobs.map((job) => job.jobTemplateName)).values()].sort((a, b) => b - a);
  expect(uses.length).toBeGreaterThan(25);
  expect(uses[0]).toBeGreaterThan(800);
  expect(uses.at(-1)).toBeLessThan(80);
});

test('given templates are used, the first one most', async () => {
  const uses = count((await make(3_000, { templates: ['b', 'c', 'a'] })).map((job) => job.jobTemplateName));
  expect([...uses].sort((x, y) => y[1] - x[1]).map(([name]) => name)).toEqual(['b', 'c', 'a']);
});

test('keys come in the order of the real server', () => {
  const modified = jobs.find((job) => job.status === 'failed');
  expect(Object.keys(modified ?? {})).toEqual(['jobId', 'jobTemplateName', 'status', 'audit']);
  expect(Object.keys(modified?.audit ?? {})).toEqual([
    'creator',
    'createTime',
    'lastModifier',
    'lastModifiedTime',
  ]);
});

test('no jobs are made where none are asked for', async () => {
  expect(await make(0)).toEqual([]);
});
