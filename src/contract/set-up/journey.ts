import { setTimeout as delay } from 'node:timers/promises';
import { type Call, isSuccess } from '../call.ts';
import { progressIn } from './answers.ts';
import { bodyFor } from './body.ts';
import type { Doing, Kind } from './kinds.ts';
import type { Asking, KeysByKind } from './session.ts';
import { expectedOf, type Made, type Telling } from './telling.ts';

/** How long things are watched until they end, in milliseconds, and how often they are looked at. */
const WATCH = 10_000;
const LOOK_EVERY = 300;

/** The name of a thing that does not exist. */
type Naming = (words: string) => string;

/** A kind of thing, and a place for things of it. */
export interface Scene {
  readonly telling: Telling;
  /** Makes names that nothing else has. */
  readonly nameFor: Naming;
  readonly kind: Kind;
  /** The things that one stands in. */
  readonly within: KeysByKind;
  /** What one may be made with. */
  readonly uses: KeysByKind;
  /** Whether things exist that nobody made: then absent ones cannot be told. */
  readonly isOpen: boolean;
}

/** What is done with an absent thing is refused, and what needs one. */
export async function tryAbsent(scene: Scene): Promise<void> {
  const { telling, nameFor, kind, within, isOpen } = scene;
  if (isOpen) {
    telling.leaveOut('absent-thing', `every ${kind.name} exists there; judge a closed world`);
    return;
  }
  const key = nameFor('nothing');
  const keys = new Map([...within, [kind.name, key]]);
  const doings = [kind.reads, kind.ends, ...kind.changes].filter((each) => each !== undefined);
  for (const { operation, act } of doings) {
    const places = act.request === undefined ? [] : [[act.request, nameFor('new')] as const];
    const body = bodyFor(operation, places);
    const asking = { operation, words: `an absent ${kind.name}`, keys, ...(body !== undefined && { body }) };
    await telling.expectRefusal('absent-thing', asking, `absent-${kind.name}`);
  }
  if (kind.removes) {
    await removeAgain(telling, kind.removes, keys, `removes an absent ${kind.name}`, 'absent-thing');
  }
  for (const used of kind.uses) {
    const uses = new Map([...scene.uses, [used, nameFor('nothing')]]);
    const asking = telling.making({ kind, within, name: nameFor('lost'), uses });
    if (asking) {
      await telling.expectRefusal('absent-thing', asking, `absent-${used}`);
    }
  }
}

/** A name that is taken is not given to another thing. */
export async function tryTaken({ telling, kind, within, uses }: Scene, { key }: Made): Promise<void> {
  const asking = kind.creates.act.request && telling.making({ kind, within, name: key, uses });
  if (asking) {
    await telling.expectRefusal('taken-name', asking, `${kind.name}-exists`);
  }
}

/** Changes a thing in each way that there is; gives it as it is then. */
export async function tryChanges(scene: Scene, victim: Made, other: Made | undefined): Promise<Made> {
  let { ...made } = victim;
  // What does not rename may change what else can be done with it.
  const inOrder = scene.kind.changes.toSorted((a, b) => Number(!a.act.request) - Number(!b.act.request));
  for (const doing of inOrder) {
    made = await tryChange(scene, doing, made, other);
  }
  return made;
}

async function tryChange(
  scene: Scene,
  { operation, act }: Doing,
  made: Made,
  other: Made | undefined,
): Promise<Made> {
  const { telling, nameFor, kind, within } = scene;
  const changing = (places: readonly (readonly [string, string])[]): Asking | undefined => {
    const body = bodyFor(operation, places);
    return body === undefined
      ? undefined
      : { operation, words: `changes a ${kind.name}`, keys: made.keys, body };
  };
  const { request } = act;
  const taken = request !== undefined && other ? changing([[request, other.key]]) : undefined;
  if (taken) {
    await telling.expectRefusal('taken-name', taken, `${kind.name}-exists`);
  }
  const key = request === undefined ? made.key : nameFor('renamed');
  const asking = changing(request === undefined ? [] : [[request, key]]);
  if (!asking) {
    telling.leaveOut('changed', `the description of ${operation.id} has no fitting example`);
    return made;
  }
  if (request !== undefined) {
    telling.note(kind, key, within);
  }
  const call = await telling.expect('changed', asking, expectedOf(act.response, key, {}));
  if (!isSuccess(call)) {
    return made;
  }
  const changed = { ...made, key, keys: new Map([...within, [kind.name, key]]), like: {} };
  await telling.look(changed, ['changed', 'changed']);
  if (request !== undefined) {
    await tryGone(scene, made, 'changed');
  }
  return changed;
}

/** Removes a thing, looks whether it is gone, and removes it once more. */
export async function tryRemoval(scene: Scene, made: Made): Promise<void> {
  const { telling, kind } = scene;
  if (!kind.removes) {
    return;
  }
  const { operation, act } = kind.removes;
  const asking = { operation, words: `removes a ${kind.name}`, keys: made.keys, query: act.query };
  if (Object.keys(act.query).length > 0) {
    // Without the query it may be refused or not: whichever, it is asked for the form of the answer.
    const plain = await telling.ask({ operation, words: asking.words, keys: made.keys });
    if (isSuccess(plain)) {
      return;
    }
  }
  const { removed } = act;
  const expected =
    removed === undefined ? success : ({ kind: 'says', pointer: removed, value: true } as const);
  const call = await telling.expect('removed', asking, expected);
  if (isSuccess(call)) {
    await tryGone(scene, made, 'removed');
    await removeAgain(telling, kind.removes, made.keys, `removes a ${kind.name} a second time`, 'removed');
  }
}

const success = { kind: 'success' } as const;

/** A second removal finds nothing, and says so. */
async function removeAgain(
  telling: Telling,
  { operation, act: { removed, query, thing } }: Doing,
  keys: KeysByKind,
  words: string,
  claim: 'removed' | 'absent-thing',
): Promise<void> {
  const asking = { operation, words, keys, query };
  if (removed === undefined) {
    await telling.expectRefusal(claim, asking, `absent-${thing}`);
  } else {
    await telling.expect(claim, asking, { kind: 'says', pointer: removed, value: false });
  }
}

async function tryGone(
  { telling, kind, isOpen }: Scene,
  made: Made,
  claim: 'removed' | 'changed',
): Promise<void> {
  if (kind.reads && !isOpen) {
    const { operation } = kind.reads;
    const asking = { operation, words: `reads a ${kind.name} that is gone`, keys: made.keys };
    await telling.expectRefusal(claim, asking, `absent-${kind.name}`);
  }
  await telling.lookInLists(claim, made, 0);
}

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
  const asking = { operation, words: `ends a ${kind.name}`, keys, body: bodyFor(operation, []) ?? null };
  const call = await telling.expect('ended', asking, expectedOf(act.response, key, {}));
  const last = await watch(telling, [ending, ...others]);
  const progress = last && progressIn(last);
  if (!isSuccess(call) || !last || !progress) {
    return;
  }
  if (!progress.isFinal && progress.state !== (before && progressIn(before)?.state)) {
    telling.leaveOut('ended', `the ${kind.name} had not ended ${WATCH / 1000} s later`);
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
  const end = performance.now() + WATCH;
  const seen = new Map<Made, Call>();
  let going = all;
  while (going.length > 0 && performance.now() < end) {
    going = await lookAt(telling, going, seen);
    await delay(going.length > 0 ? LOOK_EVERY : 0);
  }
  if (going.length > 0) {
    telling.leaveOut(
      'lifecycle',
      `${going.length} of ${all.length} things had not ended ${WATCH / 1000} s later`,
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
