import { rename, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { Scenarios } from '../../src/mock/scenarios.ts';
import { createClock } from '../../src/world/state/clock.ts';
import { createState } from '../../src/world/state/state.ts';
import { temporaryFile } from '../world/temporary.ts';
import { type Get, RUNS, startMock } from './running.ts';

const fixture = (id: string) => `summary: One job.
open:
  jobs:
    - jobId: ${id}
      jobTemplateName: t
      status: queued
      audit: {}
`;

async function firstId(get: Get, headers: Record<string, string> = {}): Promise<string> {
  const { jobs } = JSON.parse(await (await get(RUNS, { headers })).text());
  return jobs[0]?.jobId;
}

async function logged(lines: readonly string[], text: RegExp): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!lines.some((line) => text.test(line)) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(lines).toContainEqual(expect.stringMatching(text));
}

test('use answers from another scenario at once', async () => {
  const { mock, get } = await startMock();
  expect(await firstId(get)).toBe('job-12345');
  await mock.use('empty');
  expect(await firstId(get)).toBeUndefined();
  expect(mock.world.name).toBe('empty');
});

test('use of what there is not changes nothing', async () => {
  const { mock, get } = await startMock();
  await expect(mock.use('nothing')).rejects.toThrow('no scenario is named "nothing"');
  expect(await firstId(get)).toBe('job-12345');
});

test('the last of two uses wins, though it is loaded first', async () => {
  const { mock } = await startMock();
  const load = async (name: string) => {
    await new Promise((resolve) => setTimeout(resolve, name === 'slow' ? 50 : 0));
    return { ...mock.world, name };
  };
  const clock = createClock();
  const state = createState(mock.world, { clock });
  const scenarios = new Scenarios('default', mock.world, state, { load, clock, watch: false, log: () => {} });
  await Promise.all([scenarios.use('slow'), scenarios.use('fast')]);
  expect(scenarios.current.world.name).toBe('fast');
});

test('Prefer: scenario answers from another world and leaves the current one', async () => {
  const { get, mock } = await startMock();
  const response = await get(RUNS, { headers: { prefer: 'scenario=empty' } });
  expect(await response.text()).toBe('{"code":0,"jobs":[]}');
  expect(response.headers.get('preference-applied')).toBe('scenario=empty');
  expect(mock.world.name).toBe('default');
  expect(await firstId(get)).toBe('job-12345');
});

test('Prefer: scenario brings the faults of that world', async () => {
  const { get } = await startMock();
  const response = await get(RUNS, { headers: { prefer: 'scenario=outage' } });
  expect(response.status).toBe(500);
  expect(response.headers.get('preference-applied')).toBe('scenario=outage');
});

test('Prefer: scenario may name the fixture that the mock was started with', async () => {
  const file = await temporaryFile('mine.yaml', fixture('first'));
  const { get } = await startMock({ scenario: file });
  expect(await firstId(get, { prefer: 'scenario=mine' })).toBe('first');
});

test('a fixture takes effect when it is saved, kept answers or not', async () => {
  const file = await temporaryFile('mine.yaml', fixture('first'));
  const { get, lines } = await startMock({ scenario: file, watch: true });
  expect(await firstId(get)).toBe('first');
  await writeFile(file, fixture('second'));
  await logged(lines, /mine\.yaml was saved: its world answers from now on$/);
  expect(await firstId(get)).toBe('second');
  lines.length = 0;
  await writeFile(`${file}.new`, fixture('third'));
  await rename(`${file}.new`, file);
  await logged(lines, /mine\.yaml was saved/);
  expect(await firstId(get)).toBe('third');
});

test('a fixture with a mistake leaves the old world, and the log says why', async () => {
  const file = await temporaryFile('mine.yaml', fixture('first'));
  const { get, lines } = await startMock({ scenario: file, watch: true });
  await writeFile(file, fixture('second').replace('queued', 'running'));
  await logged(lines, /^ERROR .*mine\.yaml was saved, but the old world stays$/);
  expect(lines.at(-1)).toMatch(/^ERROR .*mine\.yaml:6: .*status/);
  expect(await firstId(get)).toBe('first');
  await writeFile(file, fixture('third'));
  await logged(lines, /its world answers from now on$/);
  expect(await firstId(get)).toBe('third');
});

test('after use the other fixture is watched, and the first no more', async () => {
  const first = await temporaryFile('first.yaml', fixture('first'));
  const second = await temporaryFile('second.yaml', fixture('second'));
  const { mock, get, lines } = await startMock({ scenario: first, watch: true });
  await mock.use(second);
  await writeFile(first, fixture('changed'));
  await writeFile(second, fixture('third'));
  await logged(lines, /second\.yaml was saved/);
  expect(await firstId(get)).toBe('third');
  expect(lines.filter((line) => line.includes('first.yaml'))).toEqual([]);
});

test('nothing is watched after the end, though another scenario was on its way', async () => {
  const file = await temporaryFile('mine.yaml', fixture('first'));
  const { mock, lines } = await startMock({ watch: true });
  const using = mock.use(file);
  await mock.close();
  await using;
  await writeFile(file, fixture('second'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(lines).toEqual([]);
});
