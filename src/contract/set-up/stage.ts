import { isSuccess } from '../call.ts';
import { tryEnd, tryInUse } from './ending.ts';
import { type Scene, tryAbsent, tryChanges, tryRemoval, tryTaken } from './journey.ts';
import type { Kind } from './kinds.ts';
import type { KeysByKind } from './session.ts';
import type { Made, Telling } from './telling.ts';

/** How many things of a kind are made in the first place, and in the second: one more for each kind that they are made with. */
const COUNTS = [2, 1] as const;

/** What was made for everybody to ask for. */
export interface Stage {
  /** What stands in nothing else, by kind. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** The first thing of each kind, in the first place. */
  readonly keys: KeysByKind;
}

/** A place: a thing of each kind that stands in nothing else, and what was made in it. */
type Place = Map<string, Made[]>;

export interface Cast {
  readonly telling: Telling;
  readonly kinds: readonly Kind[];
  readonly prefix: string;
}

/** Makes things in two places, and does with others of their kinds all that can be done. */
export async function play(cast: Cast): Promise<Stage> {
  const open = await openKinds(cast);
  const places: readonly Place[] = [new Map(), new Map()];
  for (const [index, place] of places.entries()) {
    for (const kind of cast.kinds) {
      await populate(cast, kind, place, index, open);
    }
  }
  const [first = new Map<string, Made[]>()] = places;
  for (const kind of cast.kinds) {
    await tryKind(cast, kind, first, open);
  }
  for (const kind of cast.kinds) {
    await tryEnding(cast, kind, first, open);
  }
  return stageOf(cast, places);
}

/** The kinds of which things exist under names that nobody gave. */
async function openKinds({ telling, kinds, prefix }: Cast): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for (const { name, within, reads } of kinds) {
    if (within.length === 0 && reads) {
      const keys = new Map([[name, `${prefix}_nobody`]]);
      const call = await telling.ask({
        operation: reads.operation,
        words: `reads a made-up ${name}`,
        keys,
      });
      if (isSuccess(call)) {
        open.add(name);
      }
    }
  }
  return open;
}

async function populate(
  cast: Cast,
  kind: Kind,
  place: Place,
  index: number,
  open: ReadonlySet<string>,
): Promise<void> {
  const count = kind.within.length === 0 ? 1 : (COUNTS[index] ?? 1) + kind.uses.length;
  for (let number = 0; number < count; number += 1) {
    const scene = sceneOf(cast, kind, place, open, number);
    const made =
      scene &&
      (await cast.telling.make({ ...scene, name: scene.nameFor(`${kind.name}_${index}_${number}`) }));
    if (!made) {
      return;
    }
    place.set(kind.name, [...(place.get(kind.name) ?? []), made]);
  }
}

async function tryKind(cast: Cast, kind: Kind, place: Place, open: ReadonlySet<string>): Promise<void> {
  const scene = sceneOf(cast, kind, place, open, 0);
  const [first] = place.get(kind.name) ?? [];
  if (!scene || !first) {
    return;
  }
  await tryAbsent(scene);
  await tryTaken(scene, first);
  const victim =
    kind.removes && (await cast.telling.make({ ...scene, name: scene.nameFor(`${kind.name}_gone`) }));
  if (victim) {
    await tryRemoval(scene, await tryChanges(scene, victim, first));
  }
}

/** What goes on by itself is ended, and what it uses is removed meanwhile. */
async function tryEnding(cast: Cast, kind: Kind, place: Place, open: ReadonlySet<string>): Promise<void> {
  const scene = sceneOf(cast, kind, place, open, 0);
  if (!scene || !kind.ends || !place.has(kind.name)) {
    return;
  }
  for (const used of kind.uses) {
    await tryUsed(cast, scene, used, place, open);
  }
  const name = scene.nameFor(`${kind.name}_ended`);
  const ending = await cast.telling.make({ ...scene, name });
  if (ending) {
    await tryEnd(cast.telling, ending, place.get(kind.name) ?? []);
  }
}

async function tryUsed(
  cast: Cast,
  scene: Scene,
  used: string,
  place: Place,
  open: ReadonlySet<string>,
): Promise<void> {
  const usedKind = cast.kinds.find(({ name }) => name === used);
  const usedScene = usedKind && sceneOf(cast, usedKind, place, open, 0);
  for (let count = 1; usedScene && count <= 2; count += 1) {
    const thing = await cast.telling.make({ ...usedScene, name: scene.nameFor(`${used}_used_${count}`) });
    const uses = new Map([...scene.uses, [used, thing?.key ?? '']]);
    const user = thing && (await cast.telling.make({ ...scene, uses, name: scene.nameFor(`user_${count}`) }));
    const outcome = thing && user ? await tryInUse(cast.telling, thing, user, count === 2) : 'unknown';
    if (outcome === 'unknown') {
      cast.telling.leaveOut('in-use', `no ${used} was seen in use`);
    }
    if (outcome !== 'removed') {
      return;
    }
  }
}

/** Where and with what a thing can be made; undefined where what it needs is not there. */
function sceneOf(
  { telling, prefix }: Cast,
  kind: Kind,
  place: Place,
  open: ReadonlySet<string>,
  number: number,
): Scene | undefined {
  const keyOf = (name: string, index: number) => {
    const all = place.get(name) ?? [];
    // Of three, two use the first.
    return all[Math.max(0, index - 1) % Math.max(1, all.length)]?.key;
  };
  const within = kind.within.map((name) => [name, keyOf(name, 0)] as const);
  const uses = kind.uses.map((name) => [name, keyOf(name, number)] as const);
  if ([...within, ...uses].some(([, key]) => key === undefined)) {
    return undefined;
  }
  return {
    telling,
    nameFor: (words) => `${prefix}_${words.replaceAll(/\W/g, '_')}`,
    kind,
    within: mapOf(within),
    uses: mapOf(uses),
    isOpen: kind.within.length === 0 && open.has(kind.name),
  };
}

function mapOf(pairs: readonly (readonly [string, string | undefined])[]): KeysByKind {
  return new Map(pairs.map(([name, key]) => [name, key ?? '']));
}

function stageOf({ kinds }: Cast, places: readonly Place[]): Stage {
  return {
    names: new Map(
      kinds
        .filter(({ within }) => within.length === 0)
        .map(({ name }) => [name, places.flatMap((place) => (place.get(name) ?? []).map(({ key }) => key))]),
    ),
    keys: new Map(
      [...(places[0] ?? [])].flatMap(([name, [made]]) => (made ? [[name, made.key] as const] : [])),
    ),
  };
}
