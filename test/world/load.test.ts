import { expect, test } from '@jest/globals';
import { loadWorld } from '../../src/world/load.ts';
import { findMetalake, type World } from '../../src/world/model.ts';
import { jobSchema, propertiesOf } from './described-job.ts';
import { temporaryFile } from './temporary.ts';

const WRITTEN = `summary: Two metalakes beside the open ones.
seed: 7
metalakes:
  - name: first
    jobs:
      - { jobId: a, jobTemplateName: x, status: queued, audit: {} }
      - { jobId: b, jobTemplateName: y, status: failed, audit: { creator: ada } }
      - { status: queued, jobTemplateName: x, audit: {}, jobId: c }
  - name: second
open:
  except: [gone]
  jobs:
    - { jobId: d, jobTemplateName: x, status: queued, audit: {} }
`;

async function loadText(text: string, options = {}): Promise<World> {
  return await loadWorld(await temporaryFile('mine.yaml', text), { jobSchema, ...options });
}

function idsIn(world: World, metalake: string): string[] | undefined {
  return findMetalake(world, metalake)?.jobs.all.map((job) => job.jobId);
}

test('a fixture becomes a world: listed metalakes with their own jobs, open ones for any other name but the excepted', async () => {
  const world = await loadText(WRITTEN);
  expect(world.name).toBe('mine');
  expect(world.summary).toBe('Two metalakes beside the open ones.');
  expect(world.source).toMatch(/mine\.yaml$/);
  expect([...world.metalakes.keys()]).toEqual(['first', 'second']);
  expect(idsIn(world, 'first')).toEqual(['a', 'b', 'c']);
  expect(idsIn(world, 'second')).toEqual([]);
  expect(idsIn(world, 'anything')).toEqual(['d']);
  expect(idsIn(world, 'gone')).toBeUndefined();
  expect(world.faults).toEqual({ delaySeconds: 0, failure: undefined });
});

test('a closed world has the listed metalakes only, whatever an object inherits', async () => {
  const world = await loadText('summary: closed\nmetalakes: [{ name: demo }]\n');
  expect(idsIn(world, 'demo')).toEqual([]);
  expect(idsIn(world, 'constructor')).toBeUndefined();
});

test('jobs keep the order of their keys', async () => {
  const world = await loadText(WRITTEN);
  expect(JSON.stringify(findMetalake(world, 'first')?.jobs.all[2])).toBe(
    '{"status":"queued","jobTemplateName":"x","audit":{},"jobId":"c"}',
  );
});

test('the jobs of one template are found by its exact name, in the order of the list', async () => {
  const jobs = findMetalake(await loadText(WRITTEN), 'first')?.jobs;
  expect(jobs?.ofTemplate('x').map((job) => job.jobId)).toEqual(['a', 'c']);
  expect(jobs?.ofTemplate('X')).toEqual([]);
  expect(jobs?.ofTemplate('constructor')).toEqual([]);
});

test('every value of a written job has its line, and a made one the line of volume', async () => {
  const world = await loadText(`summary: s
open:
  jobs:
    - jobId: a
      jobTemplateName: x
      status: queued
      audit:
        creator: ada
  volume:
    jobs: 3
`);
  const where = world.open?.jobs.where;
  expect(where?.(0, '')).toEqual({ file: world.source, line: 4 });
  expect(where?.(0, '/status')).toEqual({ file: world.source, line: 6 });
  expect(where?.(0, '/audit/creator')).toEqual({ file: world.source, line: 8 });
  expect(where?.(2, '/status')).toEqual({ file: world.source, line: 9 });
});

test('what a fixture says of metalakes and runs is taken over as it is', async () => {
  const details = {
    comment: 'c',
    properties: { k: 'v' },
    inUse: false,
    audit: { creator: 'ada' },
    templates: [{ jobType: 'spark', name: 't', executable: 'a.jar', comment: null, configs: { c: '1' } }],
  };
  const runs = {
    pullSeconds: 0.5,
    atOnce: 2,
    rules: [{ when: { jobType: 'spark' }, share: 0.5, missing: true }],
  };
  const world = await loadText(
    JSON.stringify({ summary: 's', metalakes: [{ name: 'a', ...details }], open: details, runs }),
  );
  expect(findMetalake(world, 'a')).toMatchObject({ name: 'a', ...details });
  expect(findMetalake(world, 'any')).toMatchObject({ name: 'any', ...details });
  expect(world.runs).toEqual(runs);
  expect(world.seed).toBe(1);
});

test('faults are taken over, failures with 500 and the seed where they name no other', async () => {
  const world = await loadText(
    'summary: s\nseed: 7\nfaults: { delaySeconds: 1.5, failure: { share: 0.5 } }\n',
  );
  expect(world.faults).toEqual({ delaySeconds: 1.5, failure: { status: 500, share: 0.5, seed: 7 } });
});

test('the seed option wins over the seed of the fixture', async () => {
  const world = await loadText('summary: s\nseed: 7\nfaults: { failure: { share: 1, status: 503 } }\n', {
    seed: 3,
  });
  expect(world.faults.failure).toEqual({ status: 503, share: 1, seed: 3 });
});

test('volume fills a list up: the written jobs come first and count', async () => {
  const world = await loadText(`${WRITTEN}  volume: { jobs: 5, templates: [t] }\n`);
  expect(idsIn(world, 'x')).toEqual(['d', ...Array(4).fill(expect.stringMatching(/^job-\d{16}$/))]);
  expect(world.open?.jobs.ofTemplate('t')).toHaveLength(4);
  expect(idsIn(world, 'first')).toHaveLength(3);
});

test('the jobs option changes the length of every list that has a volume, and of no other', async () => {
  const world = await loadText(
    `summary: s
metalakes:
  - { name: a, volume: { jobs: 10 } }
  - { name: b, volume: { jobs: 20 } }
  - { name: c, jobs: [{ jobId: d, jobTemplateName: x, status: queued, audit: {} }] }
`,
    { jobs: 4 },
  );
  expect(['a', 'b', 'c'].map((name) => idsIn(world, name)?.length)).toEqual([4, 4, 1]);
});

test('the jobs option without any volume applies to the open metalakes', async () => {
  const world = await loadText(WRITTEN, { jobs: 1000 });
  expect(idsIn(world, 'anything')).toHaveLength(1000);
  expect(idsIn(world, 'first')).toEqual(['a', 'b', 'c']);
});

test('the jobs option without any volume applies to the first metalake of a closed world, and can shorten it', async () => {
  const closed = WRITTEN.slice(0, WRITTEN.indexOf('open:'));
  const world = await loadText(closed, { jobs: 2 });
  expect(idsIn(world, 'first')).toEqual(['a', 'b']);
  expect(idsIn(world, 'second')).toEqual([]);
});

test('made jobs of two metalakes are not the same', async () => {
  const world = await loadText(
    'summary: s\nmetalakes: [{ name: a, volume: { jobs: 50 } }, { name: b, volume: { jobs: 50 } }]\n',
  );
  const [a = [], b = []] = [idsIn(world, 'a'), idsIn(world, 'b')];
  expect(a.filter((id) => b.includes(id))).toEqual([]);
});

test('made jobs end at the given now, and otherwise at the present', async () => {
  const text = 'summary: s\nopen: { volume: { jobs: 2000 } }\n';
  const now = new Date('2020-05-01T00:00:00Z');
  const [once, again, today] = [
    await loadText(text, { now }),
    await loadText(text, { now }),
    await loadText(text),
  ].map((world) => world.open?.jobs.all);
  expect(again).toEqual(once);
  expect(once?.[0]?.audit.createTime).toMatch(/^2020-04-30T23:5/);
  const newest = Date.parse(today?.[0]?.audit.createTime ?? '');
  expect(Math.abs(Date.now() - newest)).toBeLessThan(60_000);
});

test('a job may be written with what the description adds to a job', async () => {
  const properties = { ...propertiesOf(jobSchema), status: { enum: ['lost'] }, queuedAt: { type: 'string' } };
  const text =
    'summary: s\nopen: { jobs: [{ jobId: a, jobTemplateName: x, status: lost, audit: {}, queuedAt: now }] }\n';
  const world = await loadText(text, { jobSchema: { ...jobSchema, properties } });
  expect(world.open?.jobs.all[0]).toHaveProperty('queuedAt', 'now');
});

test('JSON is read as YAML is', async () => {
  const file = await temporaryFile('mine.json', '{ "$schema": "x", "summary": "s", "open": {} }');
  expect((await loadWorld(file, { jobSchema })).name).toBe('mine');
});

test('a fixture is a file, not a URL', async () => {
  await expect(loadWorld('http://127.0.0.1:1/f.yaml', { jobSchema })).rejects.toThrow(
    /^cannot read http:\/127/,
  );
});

test('a path that leads to nothing is told', async () => {
  await expect(loadWorld('./no/such.yaml', { jobSchema })).rejects.toThrow(/^cannot read no\/such\.yaml: /);
});
