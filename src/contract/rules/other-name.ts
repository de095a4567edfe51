import { hash } from 'node:crypto';
import { type Call, isSuccess } from '../call.ts';
import { keyedLists } from '../lists.ts';
import { isUnfiltered, nameIn, subjectOf } from '../subject.ts';
import { type Evidence, judgeEach, perBody, type Rule, type Violation } from './rule.ts';
import { statusLine } from './status.ts';

/** The first whole list of a name that exists. */
interface Known {
  readonly name: string;
  readonly call: Call;
  /** A digest of each item. */
  readonly items: ReadonlySet<string>;
  readonly keys: string;
}

export const otherName: Rule = {
  id: 'other-name',
  claim: 'A name never gets the data of another one, however much the two look alike.',
  severity: 'error',
  basis: 'x-identifies of the parameter',
  fix: 'Decode the name once, compare it exactly and in every letter, and make it a part of the key of every cache.',
  message: '{operation} answers with {actual} instead of {expected}',
  extension: 'x-identifies',
  unproven:
    'no other name was asked for beside one that has items, or any name has the same ones; name a thing that has items with {option}, better two of them',
  judge: (evidence) => {
    const known = knownIn(evidence);
    const comparable = evidence.calls.filter((call) => isSuccess(call) || call.status !== undefined);
    const tried = comparable.filter(
      (call) => !call.beside && isDecodable(call) && known.some((each) => isOther(call, each, known)),
    );
    const shared = known.some((each) => isSharedByAll(each, evidence));
    const violations = shared ? [] : tried.flatMap((call) => judgeCall(call, known));
    return { violations, tests: shared ? 0 : tried.length };
  },
};

export const resemblingName: Rule = {
  id: 'resembling-name',
  claim:
    'A name that only looks like an existing one, or like a pattern or a word of a program, does not exist.',
  severity: 'warning',
  basis: 'x-identifies of the parameter',
  fix: 'Compare names exactly, and answer for those that are not there as for any absent one.',
  message: '{operation} answers {actual} for a name that nothing should have',
  extension: 'x-identifies',
  needs: 'server',
  judge: ({ calls, existing, invented, story }) => {
    // Things that a run makes for a moment have names of their own.
    const asked = calls.filter((call) => !story?.calls.includes(call));
    const named = asked.filter((call) => call.plain && !call.beside && isUnfiltered(call) && nameIn(call));
    const made = named.filter((call) => invented.includes(nameIn(call) ?? ''));
    const isClosed = made.length > 0 && !made.some(isSuccess);
    const others = named.filter((call) => ![...existing, ...invented].includes(nameIn(call) ?? ''));
    return judgeEach(isClosed ? others : [], (call) =>
      isSuccess(call) && itemsOf(call).size === 0
        ? { call, kind: 'served', expected: 'what is absent', actual: statusLine(call) }
        : undefined,
    );
  },
};

function knownIn({ calls, existing, kind }: Evidence): readonly Known[] {
  if (kind === 'recorded') {
    return [];
  }
  const operations = new Set(calls.map(({ operation }) => operation));
  return [...operations].flatMap((operation) =>
    existing.flatMap((name) => {
      const call = calls.find(
        (each) =>
          each.operation === operation && nameIn(each) === name && isSuccess(each) && isUnfiltered(each),
      );
      const items = call && itemsOf(call);
      return call && items && items.size > 0 ? [{ name, call, items, keys: keysOf(call) }] : [];
    }),
  );
}

/** Whether a call is for another name than the known one. Two existing names may have the same data. */
function isOther(call: Call, { name, call: { operation }, keys }: Known, known: readonly Known[]): boolean {
  if (call.operation !== operation || subjectOf(operation) === undefined || nameIn(call) === name) {
    return false;
  }
  const own = known.find((each) => each.name === nameIn(call) && each.call.operation === operation);
  return own?.keys !== keys;
}

/** A made-up name has its data, too: a world in which any name has the same. */
function isSharedByAll({ items }: Known, { calls, invented }: Evidence): boolean {
  const made = calls.filter((call) => isSuccess(call) && invented.includes(nameIn(call) ?? ''));
  return made.some((call) => [...itemsOf(call)].some((item) => items.has(item)));
}

function judgeCall(call: Call, known: readonly Known[]): readonly Violation[] {
  const own = itemsOf(call);
  for (const each of known.filter((other) => isOther(call, other, known))) {
    const shared = [...own].filter((item) => each.items.has(item)).length;
    if (shared > 0) {
      const name = nameIn(call);
      const asked = JSON.stringify(name);
      const source = subjectOf(call.operation)?.identifies.where;
      const expected = `none of them for ${asked}`;
      const facts = {
        call,
        calls: [...known.map((other) => other.call), call],
        kind: known.some((k) => k.name === name) ? 'leak' : 'lookalike',
      };
      return [{ ...facts, expected, actual: `${shared} items of "${each.name}"`, ...(source && { source }) }];
    }
  }
  return [];
}

/** What is answered for a name that cannot be decoded is for `malformed-name` to tell. */
function isDecodable(call: Call): boolean {
  return subjectOf(call.operation) === undefined || nameIn(call) !== undefined;
}

/** The items of an answer as digests of their JSON: there may be very many. */
const itemsOf = perBody(
  (call): ReadonlySet<string> =>
    new Set(
      keyedLists(call).flatMap(({ items }) =>
        [...items.values()].flat().map((item) => hash('sha1', JSON.stringify(item), 'base64')),
      ),
    ),
);

function keysOf(call: Call): string {
  return JSON.stringify(keyedLists(call).map(({ items }) => [...items.keys()].toSorted()));
}
