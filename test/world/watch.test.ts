import { rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { loadWorld } from '../../src/world/load.ts';
import { watchFixture } from '../../src/world/watch.ts';
import { jobSchema } from './described-job.ts';
import { temporaryFile } from './temporary.ts';

const SUMMARY = 'summary: before\n';
let close = () => {};

afterEach(() => close());

/** Watches a new fixture file; `changes` counts the calls. */
async function watched(): Promise<{ file: string; changes: () => number }> {
  const file = await temporaryFile('f.yaml', SUMMARY);
  let changes = 0;
  const watcher = watchFixture(file, () => {
    changes += 1;
  });
  close = () => watcher.close();
  return { file, changes: () => changes };
}

/** Waits until `changes` has reached a count, and then long enough to see any call too many. */
async function settle(changes: () => number, count: number): Promise<number> {
  for (let tries = 0; changes() < count && tries < 100; tries++) {
    await wait(20);
  }
  await wait(150);
  return changes();
}

async function replace(file: string, text: string): Promise<void> {
  const beside = join(dirname(file), '.f.yaml.swp');
  await writeFile(beside, text);
  await rename(beside, file);
}

test('a file that is written in place is one change', async () => {
  const { file, changes } = await watched();
  await writeFile(file, 'summary: after\n');
  expect(await settle(changes, 1)).toBe(1);
});

test('a file that is renamed over is one change, again and again', async () => {
  const { file, changes } = await watched();
  await replace(file, 'summary: after\n');
  expect(await settle(changes, 1)).toBe(1);
  await replace(file, 'summary: later\n');
  expect(await settle(changes, 2)).toBe(2);
});

test('a burst of writes is one change, told when the file is complete', async () => {
  const { file, changes } = await watched();
  await writeFile(file, '');
  await writeFile(file, 'summary: "aft');
  await writeFile(file, 'summary: "after"\n');
  expect(await settle(changes, 1)).toBe(1);
  expect((await loadWorld(file, { jobSchema })).summary).toBe('after');
});

test('a part that is written first and the rest later are two changes: a mistake, then a world', async () => {
  const { file, changes } = await watched();
  await writeFile(file, 'summary: "aft');
  expect(await settle(changes, 1)).toBe(1);
  await expect(loadWorld(file, { jobSchema })).rejects.toThrow('Correct the YAML or JSON there.');
  await writeFile(file, 'summary: "after"\n');
  expect(await settle(changes, 2)).toBe(2);
  expect((await loadWorld(file, { jobSchema })).summary).toBe('after');
});

test('other files of the folder do not matter', async () => {
  const { file, changes } = await watched();
  await writeFile(join(dirname(file), 'other.yaml'), SUMMARY);
  expect(await settle(changes, 1)).toBe(0);
});

test('nothing is told after close, neither a change that waits nor a later one', async () => {
  const { file, changes } = await watched();
  await writeFile(file, 'summary: after\n');
  await wait(20);
  close();
  await writeFile(file, 'summary: later\n');
  expect(await settle(changes, 1)).toBe(0);
});

test('watching does not keep the process alive', async () => {
  await watched();
  expect(process.getActiveResourcesInfo()).not.toContain('FSEventWrap');
});
