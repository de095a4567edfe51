import { valueAt } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { isArray, type Json } from '../json.ts';
import type { Mark } from '../schema/schema.ts';
import { type Call, isSuccess, schemaOf } from './call.ts';

/** A list in an answer whose items the description tells apart by a key (`x-key`). */
export interface KeyedList {
  /** JSON pointer to the list. */
  readonly at: string;
  /** JSON pointer from an item to its key. */
  readonly key: string;
  /** Each key as JSON with the items that have it, in order. */
  readonly items: ReadonlyMap<string, readonly Json[]>;
  /** Where the description says `x-key`. */
  readonly where: Location;
}

/** The keyed lists of a successful answer. */
export function keyedLists(call: Call): readonly KeyedList[] {
  const keys = marksOf(call).filter(({ kind }) => kind === 'key');
  return keys.flatMap(({ at: pattern, where }) => {
    const { list: at, rest: key } = splitPattern(pattern);
    const list = itemsAt(call, at);
    return list ? [{ at, key, items: byKey(list, key), where }] : [];
  });
}

/** The list at a pointer of a successful answer; undefined where there is none, or none that can be read reliably. */
export function itemsAt(call: Call, pointer: string): readonly Json[] | undefined {
  const { content } = call;
  const isReadable = isSuccess(call) && content.kind === 'json' && content.encoding === undefined;
  const list = isReadable ? valueAt(content.value, pointer) : undefined;
  return isArray(list) ? list : undefined;
}

/** What the schema of an answer says of properties beyond JSON Schema. */
export function marksOf(call: Call): readonly Mark[] {
  return schemaOf(call)?.marks ?? [];
}

/**
 * Splits a pattern at its last `*` into the pointer to the list and the way from an item to the value. Without one the way
 * begins at the root, and the list is the empty pointer.
 */
export function splitPattern(pattern: string): { readonly list: string; readonly rest: string } {
  const star = pattern.lastIndexOf('/*');
  return star < 0
    ? { list: '', rest: pattern }
    : { list: pattern.slice(0, star), rest: pattern.slice(star + 2) };
}

const indexes = new WeakMap<readonly Json[], Map<string, ReadonlyMap<string, readonly Json[]>>>();

/** Remembered, since several rules ask the same of the same list. */
function byKey(list: readonly Json[], key: string): ReadonlyMap<string, readonly Json[]> {
  const known = indexes.get(list) ?? new Map<string, ReadonlyMap<string, readonly Json[]>>();
  const index = known.get(key) ?? indexByKey(list, key);
  indexes.set(list, known.set(key, index));
  return index;
}

function indexByKey(list: readonly Json[], key: string): ReadonlyMap<string, readonly Json[]> {
  const items = new Map<string, Json[]>();
  for (const item of list) {
    const value = valueAt(item, key);
    if (value !== undefined) {
      const name = JSON.stringify(value);
      const same = items.get(name) ?? [];
      same.push(item);
      items.set(name, same);
    }
  }
  return items;
}
