import { isSuccess } from '../call.ts';
import { bodyFor } from './body.ts';
import type { Doing, Kind } from './kinds.ts';
import type { Asking, KeysByKind } from './session.ts';
import { expectedOf, type Made, type Telling } from './telling.ts';

/** A kind of thing, and a place for things of it. */
export interface Scene {
  readonly telling: Telling;
  /** Makes names that nothing else has. */
  readonly nameFor: (words: string) => string;
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
  const keys = new Map([...within, [kind.name, nameFor('nothing')]]);
  for (const doing of [kind.reads, kind.ends, ...kind.changes]) {
    if (doing) {
      await tryWithAbsent(scene, doing, keys);
    }
  }
  if (kind.removes) {
    await removeAgain(telling, kind.removes, keys, `removes an absent ${kind.name}`, 'absent-thing');
  }
  for (const used of kind.uses) {
    const uses = new Map([...scene.uses, [used, nameFor('nothing')]]);
    const asking = await telling.making({ kind, within, name: nameFor('lost'), uses });
    if (asking) {
      await telling.expectRefusal('absent-thing', asking, `absent-${used}`);
    }
  }
}

async function tryWithAbsent(
  { telling, nameFor, kind, within }: Scene,
  { operation, act }: Doing,
  keys: KeysByKind,
): Promise<void> {
  const name = nameFor('new');
  const body = await bodyFor(operation, act.request === undefined ? [] : [[act.request, name]]);
  if (body === undefined) {
    return;
  }
  telling.note(kind, name, within);
  const asking = { operation, words: `an absent ${kind.name}`, keys, body };
  const call = await telling.expectRefusal('absent-thing', asking, `absent-${kind.name}`);
  if (!call || !isSuccess(call)) {
    telling.forget({ kind, key: name });
  }
}

/** A name that is taken is not given to another thing. */
export async function tryTaken({ telling, kind, within, uses }: Scene, { key }: Made): Promise<void> {
  const asking = kind.creates.act.request && (await telling.making({ kind, within, name: key, uses }));
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
  const changing = async (places: readonly (readonly [string, string])[]): Promise<Asking | undefined> => {
    const body = await bodyFor(operation, places);
    return body === undefined
      ? undefined
      : { operation, words: `changes a ${kind.name}`, keys: made.keys, body };
  };
  const { request } = act;
  const taken = request !== undefined && other ? await changing([[request, other.key]]) : undefined;
  if (taken) {
    await telling.expectRefusal('taken-name', taken, `${kind.name}-exists`);
  }
  const key = request === undefined ? made.key : nameFor('renamed');
  const asking = await changing(request === undefined ? [] : [[request, key]]);
  if (!asking) {
    telling.leaveOut('changed', `the description of ${operation.id} shows no fitting body`);
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
    const call = await telling.expectRefusal(claim, asking, `absent-${kind.name}`);
    if (call && !isSuccess(call)) {
      telling.forget(made);
    }
  }
  await telling.lookInLists(claim, made, 0);
}
