import { valueAt } from '../../documents/pointer.ts';
import type { Json } from '../../json.ts';
import type { Mark } from '../../schema/schema.ts';
import { type Call, isSuccess } from '../call.ts';
import { marksOf, splitPattern } from '../lists.ts';
import { matchesOf } from '../matches.ts';
import type { Evidence, Judgement, Rule, Violation } from './rule.ts';
import { reasonFor } from './set-up.ts';

type Lifecycle = Mark & { readonly kind: 'lifecycle' };

/** A state in which somebody saw a thing. */
interface Sighting {
  readonly call: Call;
  readonly pointer: string;
  readonly state: string;
  /** Of which thing: what it stands in, and its key. */
  readonly thing: string;
  readonly lifecycle: Lifecycle;
}

export const lifecycle: Rule = {
  id: 'lifecycle',
  claim:
    'A thing goes only from a state to one that may follow it, and begins with one that things begin with.',
  severity: 'error',
  basis: 'x-lifecycle of the property',
  fix: 'Let one place change states, and let it refuse what must not follow.',
  message: '{operation}: {pointer} is {actual}, and should be {expected}',
  judge: (evidence) => {
    const { story, kind, description } = evidence;
    if (!story && kind === 'live') {
      const says = description.operations.some(({ responses }) =>
        responses.some(({ mediaTypes }) =>
          mediaTypes.some(({ schema }) => schema?.marks.some((mark) => mark.kind === 'lifecycle') === true),
        ),
      );
      return { violations: [], tests: 0, untested: says ? [reasonFor(kind)] : [] };
    }
    return judgeSightings(evidence);
  },
};

/** Requests that were sent at the same time have no order, so of a live run only those of the set-up count. */
function judgeSightings({ story, calls }: Evidence): Judgement {
  const last = new Map<string, Sighting>();
  const violations: Violation[] = [];
  let tests = 0;
  for (const sighting of (story?.calls ?? calls).flatMap(sightingsIn)) {
    const before = last.get(sighting.thing);
    last.set(sighting.thing, sighting);
    const allowed = before ? reachable(before) : beginnings(sighting);
    tests += allowed ? 1 : 0;
    if (allowed && isKnown(sighting) && !allowed.has(sighting.state)) {
      violations.push(violationOf(sighting, before, allowed));
    }
  }
  const untested = story?.untried.filter(({ claim }) => claim === 'lifecycle').map(({ reason }) => reason);
  return { violations, tests, ...(untested && { untested }) };
}

function violationOf(
  { call, pointer, state, lifecycle: { where } }: Sighting,
  before: Sighting | undefined,
  allowed: ReadonlySet<string>,
): Violation {
  const expected = [...allowed].map((each) => JSON.stringify(each)).join(' or ');
  const actual = before
    ? `${JSON.stringify(state)} after ${JSON.stringify(before.state)}`
    : JSON.stringify(state);
  return { call, kind: `${before?.state} ${state}`, pointer, expected, actual, source: where };
}

/** The states that things may have at once; undefined where a sighting is not that of a new thing. */
function beginnings({ call, lifecycle: { initial } }: Sighting): ReadonlySet<string> | undefined {
  return call.operation.acts.some(({ kind }) => kind === 'creates') ? new Set(initial) : undefined;
}

/** The states in which a thing may be seen next: this one, and those that moves lead to; undefined after an unknown one. */
function reachable(sighting: Sighting): ReadonlySet<string> | undefined {
  const found = new Set([sighting.state]);
  for (const each of found) {
    for (const next of sighting.lifecycle.moves[each] ?? []) {
      found.add(next);
    }
  }
  return isKnown(sighting) ? found : undefined;
}

/** A state that nobody described is a matter of the schema. */
function isKnown({ state, lifecycle: { initial, moves, final } }: Sighting): boolean {
  return initial.includes(state) || final.includes(state) || Object.hasOwn(moves, state);
}

function sightingsIn(call: Call): readonly Sighting[] {
  const { content } = call;
  if (!isSuccess(call) || content.kind !== 'json') {
    return [];
  }
  const marks = marksOf(call);
  return marks.flatMap((mark) =>
    mark.kind === 'lifecycle' ? sightingsBy(mark, marks, call, content.value) : [],
  );
}

function sightingsBy(mark: Lifecycle, marks: readonly Mark[], call: Call, body: Json): readonly Sighting[] {
  const { list } = splitPattern(mark.at);
  const key = marks.find((each) => each.kind === 'key' && splitPattern(each.at).list === list);
  const matches = key ? [...matchesOf(body, mark.at)] : [];
  return matches.flatMap(({ pointer, value, item }) => {
    const name = key && valueAt(item, splitPattern(key.at).rest);
    return typeof value === 'string' && name !== undefined
      ? [{ call, pointer, state: value, thing: thingOf(call, name), lifecycle: mark }]
      : [];
  });
}

/** A thing is the same one where its key is, and everything that the path names besides. */
function thingOf({ path, exchange: { request } }: Call, key: Json): string {
  const places = [...path.values()].filter((value) => value !== key);
  return JSON.stringify([request.origin, places, key]);
}
