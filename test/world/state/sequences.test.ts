import { rm } from 'node:fs/promises';
import { setImmediate as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { World } from '../../../src/world/model.ts';
import { type Clock, createClock } from '../../../src/world/state/clock.ts';
import type { Call, State } from '../../../src/world/state/model.ts';
import { createState, openState } from '../../../src/world/state/state.ts';
import { temporaryFile } from '../temporary.ts';
import { call, lenient, resultOf, worldOf } from './living.ts';

const METALAKES = ['demo', 'other', 'new'];
const TEMPLATES = ['load_orders', 'score_customers', 'x', 'sleep'];

/** Where a status may lead to, in one look or more. */
const LEADS_TO: Readonly<Record<string, readonly string[]>> = {
  queued: ['queued', 'started', 'succeeded', 'failed', 'cancelling', 'cancelled'],
  started: ['started', 'succeeded', 'failed', 'cancelling', 'cancelled'],
  cancelling: ['cancelling', 'cancelled', 'succeeded', 'failed'],
  cancelled: ['cancelled'],
  succeeded: ['succeeded'],
  failed: ['failed'],
};

/** What somebody who only looks on knows: the last status of each job, and the metalake of those that exist. */
interface Seen {
  readonly jobs: Map<string, string>;
  readonly homes: Map<string, string>;
}

/** A state, and what to do with it. */
interface Scene {
  readonly state: State;
  readonly clock: Clock;
  readonly seen: Seen;
  readonly metalake: string;
  readonly template: string;
  readonly other: number;
  readonly caller: Call;
}

const ACTS = {
  run({ state, seen, metalake, template, other, caller }: Scene) {
    const asked = { jobTemplateName: template, jobConf: { a: `${other}` } };
    const ran = state.runJob(metalake, asked, caller);
    if (!ran.refusal) {
      expect(seen.jobs.has(ran.value.jobId)).toBe(false);
      expect(ran.value.status).toBe('queued');
      seen.jobs.set(ran.value.jobId, 'queued');
      seen.homes.set(ran.value.jobId, metalake);
    }
  },
  cancel({ state, seen, metalake, other, caller }: Scene) {
    state.cancelJob(metalake, jobsOf(seen, metalake)[other] ?? 'job-1', caller);
  },
  advance({ clock, other }: Scene) {
    // Never to the very instant of a look.
    clock.advance(other * 700 + 0.037);
  },
  register({ state, metalake, template, caller }: Scene) {
    state.registerTemplate(metalake, { jobType: 'shell', name: template, executable: 'a' }, caller);
  },
  delete({ state, metalake, template, caller }: Scene) {
    state.deleteTemplate(metalake, template, caller);
  },
  rename({ state, metalake, template, other, caller }: Scene) {
    const newName = TEMPLATES[other] ?? '';
    state.alterTemplate(metalake, template, [{ '@type': 'rename', newName }], caller);
  },
  renameMetalake({ state, seen, metalake, other, caller }: Scene) {
    const newName = METALAKES[other] ?? 'last';
    const jobs = jobsOf(seen, metalake);
    if (!state.alterMetalake(metalake, [{ '@type': 'rename', newName }], caller).refusal) {
      for (const id of jobs) {
        seen.homes.set(id, newName);
      }
    }
  },
  create({ state, metalake, caller }: Scene) {
    state.createMetalake({ name: metalake }, caller);
  },
  disable({ state, metalake, caller }: Scene) {
    state.setInUse(metalake, false, caller);
  },
  enable({ state, metalake, caller }: Scene) {
    state.setInUse(metalake, true, caller);
  },
  drop({ state, seen, metalake }: Scene) {
    state.dropMetalake(metalake, true, lenient);
    for (const id of jobsOf(seen, metalake)) {
      seen.homes.delete(id);
    }
  },
};

function jobsOf({ homes }: Seen, metalake: string): readonly string[] {
  return [...homes].filter(([, home]) => home === metalake).map(([id]) => id);
}

const { run, cancel, advance, ...others } = ACTS;

const step = fc.record({
  act: fc.constantFrom(run, run, run, cancel, cancel, advance, advance, ...Object.values(others)),
  metalake: fc.constantFrom(...METALAKES),
  template: fc.constantFrom(...TEMPLATES),
  other: fc.nat(3),
  caller: fc.constantFrom(call, lenient),
});

function check(state: State, seen: Seen): void {
  for (const [id, home] of seen.homes) {
    const { status } = resultOf(state.getJob(home, id, lenient));
    expect(LEADS_TO[seen.jobs.get(id) ?? '']).toContain(status);
    seen.jobs.set(id, status);
  }
  for (const { name } of state.listMetalakes()) {
    const all = resultOf(state.listJobs(name, undefined, lenient));
    const templates = resultOf(state.listTemplates(name, lenient)).map((template) => template.name);
    expect(new Set(all.map(({ jobId }) => jobId)).size).toBe(all.length);
    const filtered = templates.map((template) => resultOf(state.listJobs(name, template, lenient)));
    expect(filtered.flat().length).toBe(all.length);
    templates.forEach((template, index) => {
      expect(filtered[index]).toEqual(all.filter((job) => job.jobTemplateName === template));
    });
  }
}

function shown(state: State): readonly unknown[] {
  return state
    .listMetalakes()
    .map((metalake) => [
      metalake,
      state.listTemplates(metalake.name, lenient),
      state.listJobs(metalake.name, undefined, lenient),
    ]);
}

function startedClock() {
  return createClock({ speed: 0, start: new Date('2026-01-01T00:00:00Z') });
}

async function worldWithRoomForTwo(scenario: string): Promise<World> {
  return { ...(await worldOf(scenario)), runs: { atOnce: 2 } };
}

test.each(['closed', 'default'])(
  'whatever is done to %s, lists and jobs stay true',
  async (scenario) => {
    const world = await worldWithRoomForTwo(scenario);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const clock = startedClock();
        const state = createState(world, { clock });
        const seen: Seen = { jobs: new Map(), homes: new Map() };
        const answers = new Map<string, readonly unknown[]>();
        for (const each of steps) {
          each.act({ state, clock, seen, ...each });
          const revision = state.revision();
          expect(shown(state)).toEqual(answers.get(revision) ?? shown(state));
          answers.set(revision, shown(state));
          check(state, seen);
        }
      }),
      { numRuns: 60 },
    );
  },
  30_000,
);

test('whatever was done, a state that is read again is the same, now and later', async () => {
  const world = await worldWithRoomForTwo('closed');
  const file = await temporaryFile('state.json', '');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      await rm(file);
      const clock = startedClock();
      const state = await openState(world, { clock, file });
      const seen: Seen = { jobs: new Map(), homes: new Map() };
      for (const each of steps) {
        each.act({ state, clock, seen, ...each });
      }
      await state.saved();
      const again = startedClock();
      const next = await openState(world, { clock: again, file });
      again.advance((clock.now() - again.now()) / 1000);
      expect(shown(next)).toEqual(shown(state));
      clock.advance(2500);
      again.advance(2500);
      expect(shown(next)).toEqual(shown(state));
    }),
    { numRuns: 30 },
  );
}, 30_000);

test('callers in parallel lose no job and get ids of their own', async () => {
  const clock = startedClock();
  const state = createState(await worldOf('server'), { clock });
  const callers = Array.from({ length: 20 }, async (_, index) => {
    const ids: string[] = [];
    for (let count = 0; count < 10; count++) {
      const asked = { jobTemplateName: index % 2 === 0 ? 'sleep' : 'load_orders' };
      const { jobId } = resultOf(state.runJob('demo', asked, call));
      await pause();
      await state.saved();
      clock.advance(index);
      const filtered = resultOf(state.listJobs('demo', asked.jobTemplateName, call));
      expect(filtered.map((job) => job.jobId)).toContain(jobId);
      ids.push(jobId);
    }
    return ids;
  });
  const ids = (await Promise.all(callers)).flat();
  expect(new Set(ids).size).toBe(200);
  expect(resultOf(state.listJobs('demo', undefined, call))).toHaveLength(202);
});
