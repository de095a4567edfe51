import { isDeepStrictEqual } from 'node:util';
import { appendToken, valueAt } from '../../documents/pointer.ts';
import type { Json } from '../../json.ts';
import { instantOf } from '../../schema/date-time.ts';
import type { Mark } from '../../schema/schema.ts';
import type { Call } from '../call.ts';
import { itemsAt, type KeyedList, keyedLists, marksOf, splitPattern } from '../lists.ts';
import { type ReadPair, readsOfOneThing, repeatedReads } from '../reads.ts';
import { judgeBodies, perBody, type Rule, type Violation } from './rule.ts';

/** A list that was read twice. */
interface ListPair {
  readonly calls: readonly Call[];
  readonly later: Call;
  readonly first: KeyedList;
  readonly second: KeyedList;
}

const NOT_READ_TWICE =
  'no list with items was read twice with nothing but reads between; name a thing that has items with {option}';

export const uniqueKey: Rule = {
  id: 'unique-key',
  claim: 'No two items of a list have the same key.',
  severity: 'error',
  basis: 'x-key of the property',
  fix: 'Look for a join that multiplies rows, or for pages that overlap.',
  message: '{operation} lists {actual}',
  extension: 'x-key',
  unproven: 'no list with two items was seen; name a thing that has some with {option}',
  judge: ({ calls }) => judgeBodies(calls.filter(hasSeveralItems), judgeKeys),
};

export const repeat: Rule = {
  id: 'repeat',
  claim: 'What a list has shown it shows again at the next read.',
  severity: 'error',
  basis: 'x-key of the property',
  fix: 'Compare the two answers: a cache, a replica that lags, or a limit without an order loses items.',
  message: '{operation} loses items between two reads: {actual}',
  extension: 'x-key',
  unproven: NOT_READ_TWICE,
  confirmed: true,
  judge: ({ calls }) => {
    const pairs = listPairs(repeatedReads(calls));
    return { violations: pairs.flatMap(judgeRepeat), tests: pairs.length };
  },
};

export const immutableValue: Rule = {
  id: 'immutable-value',
  claim:
    'A value that never changes is the same for the same key at every read, in filtered lists and in each media type, too.',
  severity: 'error',
  basis: 'x-immutable of the property',
  fix: 'Store the value when the thing is made instead of computing it for each answer.',
  message: '{operation} changes {pointer} between two reads: {actual} instead of {expected}',
  extension: 'x-immutable',
  unproven: NOT_READ_TWICE,
  confirmed: true,
  judge: ({ calls }) => {
    const pairs = listPairs(readsOfOneThing(calls));
    return { violations: pairs.flatMap(judgeImmutables), tests: pairs.length };
  },
};

export const order: Rule = {
  id: 'order',
  claim: 'A list that did not change keeps its order.',
  severity: 'warning',
  basis: 'x-key of the property',
  fix: 'Sort by something, or people who look twice find other things on top.',
  message: '{operation} lists the same items in another order the second time: {actual}',
  extension: 'x-key',
  confirmed: true,
  judge: ({ calls, kind }) => {
    const pairs = kind === 'live' ? listPairs(repeatedReads(calls)).filter(hasSameKeys) : [];
    return { violations: pairs.flatMap(judgeOrder), tests: pairs.length };
  },
};

const hasSeveralItems = perBody((call) =>
  keyedLists(call).some(({ items }) => items.size > 1 || [...items.values()].flat().length > 1),
);

function judgeKeys(call: Call): readonly Violation[] {
  return keyedLists(call).flatMap(({ at, items, where }) => {
    const [key, same] = [...items].find(([text, each]) => /^["\d-]/.test(text) && each.length > 1) ?? [];
    const actual = `${same?.length} items with the key ${key}`;
    return key
      ? [{ call, kind: 'twice', pointer: at, expected: 'each key once', actual, source: where }]
      : [];
  });
}

function listPairs(reads: readonly ReadPair[]): readonly ListPair[] {
  return reads.flatMap(({ earlier, later }) => {
    const seconds = keyedLists(later);
    return keyedLists(earlier).flatMap((first) => {
      const second = seconds.find(({ at }) => at === first.at);
      return second && first.items.size > 0 ? [{ calls: [earlier, later], later, first, second }] : [];
    });
  });
}

function hasSameKeys({ first, second }: ListPair): boolean {
  return (
    first.items === second.items ||
    (first.items.size === second.items.size && [...first.items.keys()].every((key) => second.items.has(key)))
  );
}

/** Maps keep the order in which keys were first seen. */
function judgeOrder({ calls, later, first, second }: ListPair): readonly Violation[] {
  const keys = first.items === second.items ? [] : [...second.items.keys()];
  const moved =
    first.items === second.items ? -1 : [...first.items.keys()].findIndex((key, at) => keys[at] !== key);
  const facts = { kind: 'moved', pointer: first.at, expected: 'the same order', source: first.where };
  const actual = `${keys[moved]} stands at place ${moved + 1} now`;
  return moved < 0 ? [] : [{ call: later, calls, actual, ...facts }];
}

function judgeRepeat({ calls, later, first, second }: ListPair): readonly Violation[] {
  const missing = [...first.items.keys()].filter((key) => !second.items.has(key));
  const actual = `${missing.length} of ${first.items.size} are missing the second time, such as ${missing[0]}`;
  const facts = {
    kind: 'missing',
    pointer: first.at,
    expected: 'all of the first read',
    source: first.where,
  };
  return missing.length > 0 ? [{ call: later, calls, actual, ...facts }] : [];
}

function judgeImmutables(pair: ListPair): readonly Violation[] {
  const marks = marksOf(pair.later).filter(
    ({ kind, at }) => kind === 'immutable' && splitPattern(at).list === pair.first.at,
  );
  const changes = marks.flatMap((mark) => firstChange(pair, mark));
  // An item of which several values changed is another one under the same key: that is one finding.
  const itemOf = ({ pointer = '' }: Violation) => pointer.slice(pair.first.at.length + 1).split('/', 1)[0];
  return changes.filter(
    (change, index) => changes.findIndex((each) => itemOf(each) === itemOf(change)) === index,
  );
}

/** The first item whose value at the mark changed, if there is one. Equal bodies have the very same items. */
function firstChange({ calls, later, first, second }: ListPair, { at, where }: Mark): readonly Violation[] {
  const { list, rest } = splitPattern(at);
  for (const [key, [before, ...twins]] of first.items === second.items ? [] : first.items) {
    const [after, ...others] = second.items.get(key) ?? [];
    if (twins.length + others.length > 0) {
      continue;
    }
    const [old, now] = [before, after].map((item) => item && valueAt(item, rest));
    if (after !== undefined && old !== undefined && now !== undefined && !isSame(old, now)) {
      const index = itemsAt(later, list)?.indexOf(after) ?? 0;
      const pointer = `${appendToken(list, index)}${rest}`;
      const [expected, actual] = [JSON.stringify(old), JSON.stringify(now)];
      return [{ call: later, calls, kind: at, pointer, expected, actual, source: where }];
    }
  }
  return [];
}

/** Equal as JSON, or as points in time. */
function isSame(a: Json, b: Json): boolean {
  if (isDeepStrictEqual(a, b)) {
    return true;
  }
  const [instant, other] = [a, b].map((each) => (typeof each === 'string' ? instantOf(each) : undefined));
  return instant !== undefined && instant === other;
}
