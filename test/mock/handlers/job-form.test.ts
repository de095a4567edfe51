import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { companionsOf, ENDPOINT } from '../../../src/description/companions.ts';
import { loadDescription } from '../../../src/description/load.ts';
import { startServer } from '../running.ts';

const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-form-'));

afterAll(() => rm(folder, { recursive: true }));

/** A server whose jobs have these properties, too, and a template `load` in its metalake `shop`. */
async function serverWith(properties: object) {
  const overlay = join(folder, 'overlay.yaml');
  const job = { target: '$.components.schemas.Job', update: { properties } };
  const info = { title: 'T', version: '1' };
  await writeFile(overlay, JSON.stringify({ overlay: '1.0.0', info, actions: [job] }));
  const description = await loadDescription(ENDPOINT, { overlays: [...companionsOf(ENDPOINT), overlay] });
  const now = new Date('2026-01-31T12:00:00Z');
  const { mock, call } = await startServer({ description, scenario: 'fresh', now });
  await call('POST', '/metalakes', { name: 'shop', properties: {} });
  const jobTemplate = { name: 'load', jobType: 'shell', executable: 'a', environments: {}, customFields: {} };
  await call('POST', '/metalakes/shop/jobs/templates', { jobTemplate });
  return { mock, call };
}

const RUNS = '/metalakes/shop/jobs/runs';
const TIME = { type: 'string', format: 'date-time' };

test('a job shows when it was queued, started and finished where the description knows it, in that order', async () => {
  const { mock, call } = await serverWith({ finishedAt: TIME, startedAt: TIME, queuedAt: TIME });
  const run = await call('POST', RUNS, { jobTemplateName: 'load', jobConf: {} });
  expect(Object.keys(run.content.job)).toEqual(['jobId', 'jobTemplateName', 'status', 'audit', 'queuedAt']);
  expect(run.content.job.queuedAt).toBe(run.content.job.audit.createTime);
  await mock.clock.advance(1500);
  await call('GET', RUNS);
  await mock.clock.advance(10_000);
  const { content } = await call('GET', RUNS);
  expect(Object.entries(content.jobs[0]).slice(4)).toEqual([
    ['queuedAt', run.content.job.queuedAt],
    ['startedAt', '2026-01-31T12:00:01Z'],
    ['finishedAt', '2026-01-31T12:00:03Z'],
  ]);
});

test('a job has the documented properties alone where the description knows no others', async () => {
  const { mock, call } = await serverWith({});
  await call('POST', RUNS, { jobTemplateName: 'load', jobConf: {} });
  await mock.clock.advance(10_000);
  const { content } = await call('GET', RUNS);
  expect(Object.keys(content.jobs[0])).toEqual(['jobId', 'jobTemplateName', 'status', 'audit']);
});
