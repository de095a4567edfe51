import { loadWorld } from '../../../src/world/load.ts';
import type { World } from '../../../src/world/model.ts';
import { type Clock, createClock } from '../../../src/world/state/clock.ts';
import type { Call, Outcome, RefusalName, State } from '../../../src/world/state/model.ts';
import { createState } from '../../../src/world/state/state.ts';
import { jobSchema } from '../described-job.ts';
import { temporaryFile } from '../temporary.ts';

/** Everything that a state may refuse. */
export const ALL: readonly RefusalName[] = [
  'absent-metalake',
  'disabled-metalake',
  'metalake-exists',
  'metalake-in-use',
  'absent-template',
  'template-exists',
  'template-in-use',
  'wrong-template-type',
  'absent-job',
  'empty-filter',
  'unknown-filter',
  'missing-file',
  'unreachable-file',
  'clashing-files',
];

/** A caller of the server, which refuses whatever it can. */
export const call: Call = { refuses: ALL };

/** A caller of an operation that knows no refusal. */
export const lenient: Call = { refuses: [] };

/** The world of a fixture, which is a shipped one's name or the lines that follow the summary. */
export async function worldOf(fixture: string): Promise<World> {
  const isShipped = /^\w+$/.test(fixture);
  const file = isShipped ? fixture : await temporaryFile('world.yaml', `summary: s\n${fixture}`);
  return await loadWorld(file, { jobSchema });
}

/** A state at 2026-01-01T00:00:00Z, on a clock that is moved by hand. */
export async function living(fixture: string): Promise<{ state: State; clock: Clock }> {
  const clock = createClock({ speed: 0, start: new Date('2026-01-01T00:00:00Z') });
  return { state: createState(await worldOf(fixture), { clock }), clock };
}

/** The value of an outcome; a refusal fails the test. */
export function resultOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.refusal) {
    throw new Error(`refused: ${outcome.refusal}`);
  }
  return outcome.value;
}

/** The ids and statuses of a list, such as `1 queued` where the id is `job-1`. */
export function statuses(state: State, metalake: string, template?: string): readonly string[] {
  return resultOf(state.listJobs(metalake, template, call)).map(({ status }) => status);
}

/** Runs a template and gives the id of the job. */
export function run(state: State, template: string, jobConf = {}, by = 'ada'): string {
  const asked = { jobTemplateName: template, jobConf };
  return resultOf(state.runJob('demo', asked, { ...call, by })).jobId;
}
