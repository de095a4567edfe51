import { setTimeout as delay } from 'node:timers/promises';
import { type Call, isSuccess } from '../call.ts';
import { progressIn } from './answers.ts';
import { bodyFor } from './body.ts';
import { expectedOf, type Made, type Telling } from './telling.ts';

/** How often things are looked at until they end, in milliseconds. */
const LOOK_EVERY = 300;

const success = { kind: 'success' } as const;

/**
 * A thing that something uses which has not ended is not removed. Gives whether it was removed all the same: the user may
 * have ended just then, so that only a second case proves anything.
 */
export async function tryInUse(
  telling: Telling,
  used: Made,
  user: Made,
  isSecond: boolean,
): Promise<'refused' | 'removed' | 'unknown'> {
  const { removes, name } = used.kind;
  const refusal = removes?.operation.refuses.find(({ when }) => when === `${name}-in-use`);
  if (!removes || !refusal || !(await isGoing(telling, user))) {
    return 'unknown';
  }
  const asking = { operation: removes.operation, words: `removes a ${name} in use`, keys: used.keys };
  const call = await telling.ask(asking);
  if (!isSuccess(call) || isSecond) {
    telling.hold('in-use', call, { kind: 'refused', ...refusal }, asking.words);
  }
  return isSuccess(call) ? 'removed' : 'refused';
}

/** Whether a thing has not ended; undefined where it cannot be told. */
async function isGoing(telling: Telling, made: Made): Promise<boolean | undefined> {
  const call = await readOf(telling, made);
  const progress = call && progressIn(call);
  return progress && !progress.isFinal;
}

async function readOf(telling: Telling, { kind, keys }: Made): Promise<Call | undefined> {
  return (
    kind.reads &&
    (await telling.ask({ operation: kind.reads.operation, words: `watches a ${kind.name}`, keys }))
  );
}

/** Ends one of the things, watches all of them until they have ended, and ends that one once more. */
export async function tryEnd(telling: Telling, ending: Made, others: readonly Made[]): Promise<void> {
  const { kind, keys, key } = ending;
  if (!kind.ends) {
    return;
  }
  const { operation, act } = kind.ends;
  const before = await readOf(telling, ending);
  const asking = {
    operation,
    words: `ends a ${kind.name}`,
    keys,
    body: (await bodyFor(operation, [])) ?? null,
  };
  const call = await telling.expect('ended', asking, expectedOf(act.response, key, {}));
  const last = await watch(telling, [ending, ...others]);
  const progress = last && progressIn(last);
  if (!isSuccess(call) || !last || !progress) {
    return;
  }
  if (!progress.isFinal && progress.state !== (before && progressIn(before)?.state)) {
    telling.leaveOut('ended', `the ${kind.name} had not ended ${telling.patienceSeconds} s later`);
    return;
  }
  const { pointer, final, state } = progress;
  telling.hold(
    'ended',
    last,
    { kind: 'state', pointer, states: final },
    `watches a ${kind.name} that was ended`,
  );
  if (progress.isFinal) {
    const again = await telling.ask({ ...asking, words: `ends a ${kind.name} a second time` });
    const shown = progressIn(again);
    telling.hold(
      'ended',
      again,
      shown ? { kind: 'state', pointer: shown.pointer, states: [state] } : success,
      'a second time',
    );
    const after = await readOf(telling, ending);
    if (after) {
      telling.hold('ended', after, { kind: 'state', pointer, states: [state] }, 'after a second end');
    }
  }
}

/** Looks at things until each has ended, or for as long as that is worth; gives the last look at the first. */
async function watch(telling: Telling, all: readonly Made[]): Promise<Call | undefined> {
  const end = performance.now() + telling.patienceSeconds * 1000;
  const seen = new Map<Made, Call>();
  let going = all;
  while (going.length > 0 && performance.now() < end) {
    going = await lookAt(telling, going, seen);
    await delay(going.length > 0 ? LOOK_EVERY : 0);
  }
  if (going.length > 0) {
    telling.leaveOut(
      'lifecycle',
      `${going.length} of ${all.length} things had not ended ${telling.patienceSeconds} s later`,
    );
  }
  const [first] = all;
  return first && seen.get(first);
}

/** Looks at each of the things; gives those that go on. */
async function lookAt(
  telling: Telling,
  all: readonly Made[],
  seen: Map<Made, Call>,
): Promise<readonly Made[]> {
  const going: Made[] = [];
  for (const made of all) {
    const call = await readOf(telling, made);
    const progress = call && progressIn(call);
    if (call) {
      seen.set(made, call);
    }
    if (progress && !progress.isFinal) {
      going.push(made);
    }
  }
  return going;
}
