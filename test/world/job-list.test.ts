import { expect, test } from '@jest/globals';
import { loadWorld } from '../../src/world/load.ts';
import { jobSchema, propertiesOf } from './described-job.ts';
import { temporaryFile } from './temporary.ts';

test('made jobs that the description does not allow stop the start at the line of volume', async () => {
  const file = await temporaryFile('f.yaml', 'summary: s\nopen:\n  volume:\n    jobs: 10\n');
  const strict = { ...jobSchema, required: ['priority'], properties: { priority: { type: 'integer' } } };
  await expect(loadWorld(file, { jobSchema: strict })).rejects.toThrow(
    /f\.yaml:3: volume makes jobs that the description does not allow: \/priority is absent\. Expected the property "priority"; write such jobs out\.$/,
  );
});

test('made jobs have only statuses that the description knows', async () => {
  const properties = { ...propertiesOf(jobSchema), status: { enum: ['started', 'failed', 'done'] } };
  const world = await loadWorld('huge', { jobSchema: { ...jobSchema, properties }, jobs: 500 });
  const statuses = new Set(world.open?.jobs.all.map((job) => job.status));
  expect([...statuses].sort()).toEqual(['failed', 'started']);
});

test('a made job never has the id of a written one', async () => {
  const made = await loadWorld('huge', { jobSchema, jobs: 1 });
  const id = made.open?.jobs.all[0]?.jobId;
  const written = `{ jobId: ${id}, jobTemplateName: x, status: queued, audit: {} }`;
  const file = await temporaryFile(
    'f.yaml',
    `summary: s\nopen: { jobs: [${written}], volume: { jobs: 2 } }\n`,
  );
  const [first, second] = (await loadWorld(file, { jobSchema })).open?.jobs.all ?? [];
  expect(first?.jobId).toBe(id);
  expect(second?.jobId).not.toBe(id);
});

test('100,000 jobs are made, checked and indexed in less than two seconds of processor time', async () => {
  // About 0.4 seconds outside of jest, whose sandbox makes every global slow.
  const before = process.cpuUsage();
  const { open } = await loadWorld('default', { jobSchema, jobs: 100_000 });
  const { user, system } = process.cpuUsage(before);
  expect(open?.jobs.all).toHaveLength(100_000);
  expect((user + system) / 1e6).toBeLessThan(2);
});
