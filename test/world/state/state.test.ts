import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { packageFile } from '../../../src/package-files.ts';
import { createClock } from '../../../src/world/state/clock.ts';
import type { State } from '../../../src/world/state/model.ts';
import { createState, openState } from '../../../src/world/state/state.ts';
import { call, living, resultOf, run, statuses, worldOf } from './living.ts';

const folder = await mkdtemp(join(tmpdir(), 'state-'));
const world = await worldOf('server');
let files = 0;

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function newFile(): string {
  files += 1;
  return join(folder, `${files}.json`);
}

function manualClock(time = '2026-01-01T00:00:00Z') {
  return createClock({ speed: 0, start: new Date(time) });
}

async function opened(file: string, clock = manualClock()): Promise<State> {
  return await openState(world, { clock, file });
}

/** All that a state shows of a metalake. */
function shown(state: State) {
  return [state.listMetalakes(), state.listTemplates('demo', call), state.listJobs('demo', undefined, call)];
}

test('what was saved is there again, and goes on where it was', async () => {
  const file = newFile();
  const clock = manualClock();
  const state = await opened(file, clock);
  resultOf(state.createMetalake({ name: 'other', properties: { k: 'v' } }, call));
  resultOf(state.deleteTemplate('demo', 'score_customers', call));
  const [ended, cancelled, running] = [run(state, 'load_orders'), run(state, 'sleep'), run(state, 'sleep')];
  clock.advance(5000);
  state.cancelJob('demo', cancelled, call);
  await state.saved();
  const again = manualClock();
  const next = await opened(file, again);
  expect(again.now()).toBe(clock.now());
  expect(shown(next)).toEqual(shown(state));
  clock.advance(1_000_000);
  again.advance(1_000_000);
  expect(shown(next)).toEqual(shown(state));
  expect(statuses(next, 'demo')).toEqual(['succeeded', 'succeeded', 'cancelled', 'succeeded']);
  expect(run(next, 'sleep')).toBe(run(state, 'sleep'));
  expect(next.getJob('demo', 'job-2093650472817735940', call)).toMatchObject({ value: { status: 'failed' } });
  expect(new Set([ended, cancelled, running]).size).toBe(3);
});

test('names that were dropped stay dropped, and disabled metalakes disabled', async () => {
  const file = newFile();
  const state = await opened(file);
  state.createMetalake({ name: 'off' }, call);
  state.setInUse('off', false, call);
  state.dropMetalake('demo', true, call);
  await state.saved();
  const next = await opened(file);
  expect(next.listMetalakes().map(({ name, inUse }) => [name, inUse])).toEqual([['off', false]]);
});

test('what is queued behind others is still so after a restart', async () => {
  const busy = { ...world, runs: { atOnce: 1 } };
  const file = newFile();
  const state = await openState(busy, { clock: manualClock(), file });
  run(state, 'sleep');
  run(state, 'load_orders');
  await state.saved();
  const clock = manualClock('2026-01-01T00:01:00Z');
  const next = await openState(busy, { clock, file });
  expect(statuses(next, 'demo').slice(2)).toEqual(['started', 'queued']);
  clock.advance(300_000);
  expect(statuses(next, 'demo').slice(2)).toEqual(['succeeded', 'succeeded']);
});

test('a clock that is ahead of the file stays', async () => {
  const file = newFile();
  await opened(file);
  const clock = manualClock('2026-01-02T00:00:00Z');
  await opened(file, clock);
  expect(clock.now()).toBe(Date.UTC(2026, 0, 2) * 1000);
});

test('the file is made at the start, and nothing else is left in its folder', async () => {
  const own = await mkdtemp(join(folder, 'own-'));
  const state = await opened(join(own, 'state.json'));
  expect(await readdir(own)).toEqual(['state.json']);
  run(state, 'sleep');
  await state.saved();
  expect(await readdir(own)).toEqual(['state.json']);
});

test('a file that cannot be written stops the start', async () => {
  const file = join(folder, 'no', 'such', 'folder', 'state.json');
  await expect(opened(file)).rejects.toThrow(/cannot write .*state\.json: .*ENOENT/);
});

test('parallel changes share writes, and each is in the file when its caller goes on', async () => {
  const file = newFile();
  const state = await opened(file);
  const lost = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const id = run(state, 'load_orders');
      await state.saved();
      return (await readFile(file, 'utf8')).includes(id) ? [] : [id];
    }),
  );
  expect(lost.flat()).toEqual([]);
  expect(statuses(await opened(file), 'demo')).toHaveLength(52);
});

test('a change that could not be saved is told to all who wait for it, and saved once that is possible', async () => {
  const own = await mkdtemp(join(folder, 'own-'));
  const state = await opened(join(own, 'state.json'));
  await rename(own, `${own}-away`);
  const id = run(state, 'load_orders');
  const waiting = [state.saved(), state.saved()];
  await expect(waiting[0]).rejects.toThrow('cannot write');
  await expect(waiting[1]).rejects.toThrow('cannot write');
  await rename(`${own}-away`, own);
  await state.saved();
  expect(await readFile(join(own, 'state.json'), 'utf8')).toContain(id);
});

test('a file that somebody else has written is left alone', async () => {
  const file = newFile();
  const state = await opened(file);
  await writeFile(file, 'something else');
  run(state, 'load_orders');
  await expect(state.saved()).rejects.toThrow('was changed by another program');
  await expect(state.saved()).rejects.toThrow('Give each mock a state file of its own');
  expect(await readFile(file, 'utf8')).toBe('something else');
});

test('two states on one file: the second to write is refused, and nothing that was answered is lost', async () => {
  const file = newFile();
  const [one, two] = [await opened(file), await opened(file)];
  const id = run(one, 'sleep');
  await one.saved();
  run(two, 'load_orders');
  await expect(two.saved()).rejects.toThrow('was changed by another program');
  expect(resultOf((await opened(file)).getJob('demo', id, call)).jobTemplateName).toBe('sleep');
});

test('a reset forgets everything, also in the file', async () => {
  const file = newFile();
  const state = await opened(file);
  run(state, 'sleep');
  state.createMetalake({ name: 'other' }, call);
  await state.saved();
  state.reset(world);
  await state.saved();
  for (const each of [state, await opened(file)]) {
    expect(each.listMetalakes().map(({ name }) => name)).toEqual(['demo']);
    expect(statuses(each, 'demo')).toEqual(['succeeded', 'failed']);
  }
});

test('a reset can bring another world', async () => {
  const { state } = await living('server');
  state.reset(await worldOf('closed'));
  expect(state.listMetalakes().map(({ name }) => name)).toEqual(['demo', 'other', 'empty']);
  state.reset();
  expect(statuses(state, 'other')).toEqual(['succeeded']);
});

test('the revision is another one after each change and each look at running jobs, and at rest it stays', async () => {
  const { state, clock } = await living('server');
  const list = () => statuses(state, 'demo');
  const revisions = [state.revision()];
  const note = () => {
    const revision = state.revision();
    list();
    revisions.push(revision);
  };
  clock.advance(5000);
  expect(state.revision()).toBe(revisions[0]);
  run(state, 'load_orders');
  note();
  clock.advance(500);
  expect(state.revision()).toBe(revisions.at(-1));
  for (let seconds = 0; seconds < 3; seconds++) {
    clock.advance(1000);
    note();
  }
  expect(list().at(-1)).toBe('succeeded');
  const rest = state.revision();
  clock.advance(60_000);
  expect(state.revision()).toBe(rest);
  state.reset();
  revisions.push(rest, state.revision());
  expect(new Set(revisions).size).toBe(revisions.length);
});

test('a state in memory is saved at any time', async () => {
  const state = createState(world, { clock: createClock() });
  run(state, 'sleep');
  await expect(state.saved()).resolves.toBeUndefined();
});

/** Runs jobs as fast as it can, and writes the id of each one once it is saved. */
const CHILD = `
const [states, clocks, file] = process.argv.slice(1);
const { openState } = await import(states);
const { createClock } = await import(clocks);
const world = { metalakes: new Map(), open: undefined };
const state = await openState(world, { clock: createClock(), file });
const call = { refuses: [] };
state.createMetalake({ name: 'demo' }, call);
state.registerTemplate('demo', { jobType: 'shell', name: 't', executable: 'a' }, call);
async function client() {
  for (;;) {
    const { value } = state.runJob('demo', { jobTemplateName: 't' }, call);
    await state.saved();
    process.stdout.write(value.jobId + '\\n');
  }
}
await Promise.all([client(), client(), client()]);
`;

test('a program that is killed while it writes has lost nothing that it had answered', async () => {
  const file = newFile();
  const modules = ['state', 'clock'].map(
    (name) => pathToFileURL(packageFile(`dist/world/state/${name}.js`)).href,
  );
  const child = spawn(process.execPath, ['--input-type=module', '--eval', CHILD, ...modules, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const answered: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    answered.push(line);
    if (answered.length === 100) {
      child.kill('SIGKILL');
    }
  }
  // Not by a fault of its own, before it had answered so much.
  expect(await exit).toEqual([null, 'SIGKILL']);
  const state = await openState({ ...world, metalakes: new Map() }, { clock: createClock(), file });
  const lost = answered.filter((id) => state.getJob('demo', id, call).refusal);
  expect(lost).toEqual([]);
}, 60_000);
