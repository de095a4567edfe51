import { tokensOf, toPointer, valueAt } from '../documents/pointer.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { instantOf } from '../schema/date-time.ts';
import type { Mark } from '../schema/schema.ts';

type NotBefore = Extract<Mark, { kind: 'not-before' }>;

/**
 * Makes a generated value obey the marks of its schema, with what it already holds: of list items with the same key the
 * first stays, and times in the wrong order change places.
 */
export function relate(value: Json, marks: readonly Mark[]): Json {
  const order = marks.filter((mark) => mark.kind === 'not-before');
  const keys = marks.filter((mark) => mark.kind === 'key');
  // Each round brings at least one more time to its place, as bubble sort does.
  const rounds = order.flatMap(() => order);
  const ordered = rounds.reduce(orderTimes, value);
  return keys.reduce((each, { at }) => dropRepeated(each, at), ordered);
}

function dropRepeated(value: Json, at: string): Json {
  const { item, property } = splitAtItem(at);
  if (item.length === 0) {
    return value;
  }
  return changeAt(value, item.slice(0, -1), (list) => {
    const seen = new Set<string>();
    return isArray(list) ? list.filter((each) => isNew(valueAt(each, property), seen)) : list;
  });
}

function isNew(key: Json | undefined, seen: Set<string>): boolean {
  const text = JSON.stringify(key);
  const isFirst = text === undefined || !seen.has(text);
  seen.add(text);
  return isFirst;
}

function orderTimes(value: Json, mark: NotBefore): Json {
  const { item, property } = splitAtItem(mark.at);
  return changeAt(value, item, (each) => {
    const earlier = valueAt(each, mark.earlier);
    const later = valueAt(each, property);
    if (earlier === undefined || later === undefined || !isBefore(later, earlier)) {
      return each;
    }
    const swapped = changeAt(each, tokensOf(mark.earlier), () => later);
    return changeAt(swapped, tokensOf(property), () => earlier);
  });
}

function isBefore(a: Json, b: Json): boolean {
  const first = instantOf(String(a));
  const second = instantOf(String(b));
  return first !== undefined && second !== undefined && first < second;
}

/** A pointer with `*` in two: the way to the innermost list item (or the root), and from there to the property. */
function splitAtItem(at: string): { readonly item: readonly string[]; readonly property: string } {
  const tokens = tokensOf(at);
  const end = tokens.lastIndexOf('*') + 1;
  return { item: tokens.slice(0, end), property: toPointer(tokens.slice(end)) };
}

/** The value with everything at the tokens changed; `*` stands for every item of a list. */
function changeAt(value: Json, tokens: readonly string[], change: (value: Json) => Json): Json {
  const [first, ...rest] = tokens;
  if (first === undefined) {
    return change(value);
  }
  if (first === '*' && isArray(value)) {
    return value.map((each) => changeAt(each, rest, change));
  }
  if (!isObject(value) || !Object.hasOwn(value, first)) {
    return value;
  }
  return { ...value, [first]: changeAt(value[first] ?? null, rest, change) };
}
