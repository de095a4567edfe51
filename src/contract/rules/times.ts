import { valueAt } from '../../documents/pointer.ts';
import { instantOf } from '../../schema/date-time.ts';
import type { Mark } from '../../schema/schema.ts';
import type { Call } from '../call.ts';
import { marksOf, splitPattern } from '../lists.ts';
import { matchesOf } from '../matches.ts';
import { judgeBodies, perBody, type Rule, type Violation } from './rule.ts';

/** How far clocks may differ, in milliseconds. */
const TOLERANCE = 10 * 60_000;

export const futureTime: Rule = {
  id: 'future-time',
  claim: 'What has happened did not happen in the future.',
  severity: 'warning',
  basis: 'x-immutable and x-not-before of the properties',
  fix: 'Set the clock of the server, and write times in the zone that is given.',
  message: '{operation}: {pointer} is {actual}, which is yet to come',
  extension: 'x-not-before',
  needs: 'server',
  judge: ({ calls }) => judgeBodies(calls.filter(hasTimes), judgeFuture),
};

export const timeOrder: Rule = {
  id: 'time-order',
  claim: 'A time that follows another is not before it.',
  severity: 'warning',
  basis: 'x-not-before of the property',
  fix: 'Take both times from one clock.',
  message: '{operation}: {pointer} is {actual}, before {expected}',
  extension: 'x-not-before',
  unproven: 'no item with both times was seen; name a thing that has some with {option}',
  judge: ({ calls }) => judgeBodies(calls.filter(hasTimes), judgeTimes),
};

/** Two times of which one must not be before the other. */
interface TimePair {
  readonly mark: Mark;
  readonly pointer: string;
  readonly earlier: string;
  readonly later: string;
}

const hasTimes = perBody((call) => timesIn(call).next().value !== undefined);

function* timesIn(call: Call): Generator<TimePair, undefined> {
  const { content } = call;
  for (const mark of content.kind === 'json' ? marksOf(call) : []) {
    const matches =
      mark.kind === 'not-before' && content.kind === 'json' ? matchesOf(content.value, mark.at) : [];
    for (const { pointer, value: later, item } of matches) {
      const earlier = mark.kind === 'not-before' ? valueAt(item, mark.earlier) : undefined;
      if (typeof earlier === 'string' && typeof later === 'string') {
        yield { mark, pointer, earlier, later };
      }
    }
  }
}

/** Clocks differ by some minutes; the year 9999 stands for ever. */
function judgeFuture(call: Call): readonly Violation[] {
  const soon = BigInt(Date.now() + TOLERANCE) * 1_000_000n;
  return violationsIn(call, ({ mark, pointer, earlier }) => {
    const instant = earlier.startsWith('9999') ? undefined : instantOf(earlier);
    const place = mark.kind === 'not-before' ? mark.earlier : '';
    const facts = { call, kind: place, pointer: pointerOf(mark, pointer), expected: 'a time that has been' };
    return instant !== undefined && instant > soon
      ? { ...facts, actual: JSON.stringify(earlier), source: mark.where }
      : undefined;
  });
}

/** The pointer to the earlier of two times. */
function pointerOf(mark: Mark, pointer: string): string {
  const depth = splitPattern(mark.at).rest.split('/').length - 1;
  const item = pointer.split('/').slice(0, -depth).join('/');
  return mark.kind === 'not-before' ? `${item}${mark.earlier}` : pointer;
}

function judgeTimes(call: Call): readonly Violation[] {
  return violationsIn(call, (pair) => {
    const { mark, pointer, earlier, later } = pair;
    const facts = { call, kind: mark.at, pointer, source: mark.where };
    return isReversed(pair)
      ? { ...facts, expected: JSON.stringify(earlier), actual: JSON.stringify(later) }
      : undefined;
  });
}

/** One pair at a time: a long list has very many. */
function violationsIn(call: Call, judge: (pair: TimePair) => Violation | undefined): readonly Violation[] {
  const violations: Violation[] = [];
  for (const pair of timesIn(call)) {
    violations.push(...[judge(pair) ?? []].flat());
  }
  return violations;
}

function isReversed({ earlier, later }: TimePair): boolean {
  const [start, end] = [instantOf(earlier), instantOf(later)];
  return start !== undefined && end !== undefined && end < start;
}
