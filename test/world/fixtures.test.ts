import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/package-files.ts';
import { loadWorld } from '../../src/world/load.ts';
import { findMetalake, type Job, type World } from '../../src/world/model.ts';
import { scenarioNames } from '../../src/world/scenarios.ts';
import { jobSchema } from './described-job.ts';
import { temporaryFile } from './temporary.ts';

const STATUSES = ['canceled', 'cancelling', 'failed', 'queued', 'started', 'succeeded'];

async function load(scenario: string): Promise<World> {
  return await loadWorld(scenario, { jobSchema });
}

function jobsOf(world: World, metalake: string): readonly Job[] {
  return findMetalake(world, metalake)?.jobs.all ?? [];
}

function different(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

test.each(scenarioNames())('%s loads, and its first line gives editors the schema', async (name) => {
  expect((await load(name)).name).toBe(name);
  const [firstLine] = readFileSync(packageFile(`fixtures/${name}.yaml`), 'utf8').split('\n');
  expect(firstLine).toBe('# yaml-language-server: $schema=../spec/fixture.schema.json');
});

test.each(['busy', 'default', 'empty', 'flaky', 'huge', 'one', 'slow'])(
  '%s is open: any metalake but "test" exists',
  async (name) => {
    const world = await load(name);
    expect(findMetalake(world, 'whatever')).toBeDefined();
    expect(findMetalake(world, 'test')).toBeUndefined();
  },
);

test('default lists exactly the documented jobs', async () => {
  expect(JSON.stringify(jobsOf(await load('default'), 'demo'))).toBe(
    '[{"jobId":"job-12345","jobTemplateName":"test_run_get","status":"succeeded",' +
      '"audit":{"createTime":"2025-08-12T02:14:28.205023Z","creator":"anonymous"}},' +
      '{"jobId":"job-67890","jobTemplateName":"test_run_get_spark","status":"failed",' +
      '"audit":{"createTime":"2025-08-12T02:14:28.205023Z","creator":"anonymous"}}]',
  );
});

test('closed has three metalakes: every status, a shared template name, and nothing', async () => {
  const world = await load('closed');
  expect(world.open).toBeUndefined();
  expect([...world.metalakes.keys()]).toEqual(['demo', 'other', 'empty']);
  const [demo, other] = [jobsOf(world, 'demo'), jobsOf(world, 'other')];
  expect(demo.length).toBeGreaterThanOrEqual(9);
  expect(different(demo.map((job) => job.jobTemplateName))).toEqual([
    'a&b=c/ü',
    'load_orders',
    'score_customers',
  ]);
  expect(different(demo.map((job) => job.status))).toEqual(STATUSES);
  expect(other.map((job) => job.jobTemplateName)).toEqual(['load_orders']);
  expect(demo.filter((job) => other.some((each) => each.jobId === job.jobId))).toEqual([]);
  expect(jobsOf(world, 'empty')).toEqual([]);
});

test('fresh has no metalake at all', async () => {
  const world = await load('fresh');
  expect(world.metalakes.size).toBe(0);
  expect(findMetalake(world, 'demo')).toBeUndefined();
});

test('server has one metalake, whose templates cover both kinds', async () => {
  const world = await load('server');
  expect([...world.metalakes.keys()]).toEqual(['demo']);
  expect(findMetalake(world, 'any')).toBeUndefined();
  expect(findMetalake(world, 'demo')?.templates?.map(({ jobType, name }) => `${jobType} ${name}`)).toEqual([
    'shell load_orders',
    'shell sleep',
    'spark score_customers',
  ]);
});

test('empty has no job, one has one, huge has 100,000', async () => {
  expect(jobsOf(await load('empty'), 'demo')).toHaveLength(0);
  expect(jobsOf(await load('one'), 'demo')).toHaveLength(1);
  expect(jobsOf(await load('huge'), 'demo')).toHaveLength(100_000);
});

test('busy has a few hundred jobs of every status', async () => {
  const jobs = jobsOf(await load('busy'), 'demo');
  expect(jobs).toHaveLength(400);
  expect(different(jobs.map((job) => job.status))).toEqual(STATUSES);
});

test.each([
  ['blanks around', ' blanks around '],
  ['a slash', 'etl/2025/orders'],
  ['reserved characters', 'a?b#c;d,e'],
  ['a bad escape', '%41%2F%zz'],
  ['an umlaut', 'Größenübersicht für Köln'],
  ['right-to-left letters', 'تقرير المبيعات اليومي'],
  ['an emoji of several code points', '🚀 deploy 👩‍💻'],
  ['HTML', `<img src=x onerror="document.title='escaped?'">`],
  ['the end of an attribute and of a cell', '"></td><script>document.title="escaped?"</script>'],
  ['a backslash', 'C:\\jobs\\new\\run.bat'],
  ['a line break', 'tab\tand\nline break'],
  ['a name that objects inherit', '__proto__'],
  ['another letter case', 'Load_Orders'],
  ['a composed letter', 'caf\u00e9'],
  ['a decomposed letter', 'cafe\u0301'],
])('busy has a template name with %s', async (_what, name) => {
  expect((await load('busy')).open?.jobs.ofTemplate(name).length).toBeGreaterThan(0);
});

test('busy has a template name of 200 characters', async () => {
  expect(jobsOf(await load('busy'), 'demo').map((job) => job.jobTemplateName.length)).toContain(200);
});

test('outage fails every request, flaky some, slow is late', async () => {
  expect((await load('outage')).faults).toEqual({
    delaySeconds: 0,
    failure: { status: 500, share: 1, seed: 1 },
  });
  expect((await load('flaky')).faults).toEqual({
    delaySeconds: 0,
    failure: { status: 503, share: 0.3, seed: 1 },
  });
  expect((await load('slow')).faults).toEqual({ delaySeconds: 3, failure: undefined });
});

test('the complete example of the guide is a fixture without mistakes', async () => {
  const guide = readFileSync(packageFile('docs/fixtures.md'), 'utf8');
  const example = /```yaml\n(.*?)```/s.exec(guide)?.[1] ?? '';
  const world = await load(await temporaryFile('example.yaml', example));
  expect(jobsOf(world, 'staging')).toHaveLength(2);
  expect(jobsOf(world, 'production')).toHaveLength(500);
  expect(jobsOf(world, 'anything')).toEqual([]);
  expect(findMetalake(world, 'staging')?.templates).toHaveLength(1);
  expect(world.runs?.rules).toHaveLength(2);
  expect(world.faults).toEqual({ delaySeconds: 0.2, failure: { status: 503, share: 0.1, seed: 7 } });
});

test('the guide lists every shipped scenario', () => {
  const guide = readFileSync(packageFile('docs/fixtures.md'), 'utf8');
  const [, table = ''] = guide.split('## The shipped scenarios');
  expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name).sort()).toEqual(scenarioNames());
});
