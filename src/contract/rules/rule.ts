import type { Description } from '../../description/model.ts';
import { withAnyIndex } from '../../documents/pointer.ts';
import type { Location } from '../../errors.ts';
import { type Call, contentType } from '../call.ts';
import type { Content } from '../content.ts';
import type { Extension } from '../extensions.ts';
import type { Story } from '../set-up/deed.ts';
import type { Severity } from '../verdict.ts';

/** One named claim about servers, and how exchanges are judged by it. */
export interface Rule {
  /** In kebab-case; `check` in reports. */
  readonly id: string;
  /** What a conforming server does, in one sentence. */
  readonly claim: string;
  readonly severity: Severity;
  /** What convicts: the part of the description, or the section of an RFC. */
  readonly basis: string;
  /** What the maintainer of a server does about it. */
  readonly fix: string;
  /** The sentence of a finding, made of `{operation}`, `{expected}`, `{actual}` and `{pointer}`. */
  readonly message: string;
  /** The extension with which a description makes the claim; one that does not leaves it untested. */
  readonly extension?: Extension;
  /**
   * Why the claim was never put to the test, and what would change that; `{option}` is the option that names things.
   * Absent where no test means that there was nothing to claim.
   */
  readonly unproven?: string;
  /** What recorded traffic lacks, so that the claim stays untested there: the bytes, or a server that can be asked. */
  readonly needs?: 'bytes' | 'server';
  /** True for claims about two answers: data may change between them, so a violation counts only where it happens twice more. */
  readonly confirmed?: true;
  /** Pure: the same evidence gives the same judgement. */
  judge(evidence: Evidence): Judgement;
}

/** All that a run knows when it judges. */
export interface Evidence {
  readonly kind: 'live' | 'recorded';
  readonly description: Description;
  /** In the order in which they were sent. */
  readonly calls: readonly Call[];
  /** Names of things that are known to exist. */
  readonly existing: readonly string[];
  /** Names that were made up, so that nothing has them. */
  readonly invented: readonly string[];
  /** What the run did to things of its own; absent where it made none. */
  readonly story?: Story | undefined;
}

export interface Judgement {
  readonly violations: readonly Violation[];
  /** How often the claim was put to the test. */
  readonly tests: number;
  /** What of the claim stayed untested although other parts were tested: a reason each. */
  readonly untested?: readonly string[];
}

/** A claim broken once, as data. */
export interface Violation {
  /** The call whose request shows it again. */
  readonly call: Call;
  /** All the calls that it takes to see it, in order, where one is not enough. */
  readonly calls?: readonly Call[];
  /** Violations of one rule and operation with the same kind, at the same place of the answer, have one root cause. */
  readonly kind: string;
  /** JSON pointer into the answer of `call`. */
  readonly pointer?: string;
  readonly expected: string;
  readonly actual: string;
  /** What of the description convicts; absent where the basis of the rule does. */
  readonly source?: Location;
}

/** How a claim about single calls is judged: nothing where it holds. */
type Check = (call: Call) => Violation | readonly Violation[] | undefined;

/** Judges each call by itself. */
export function judgeEach(calls: readonly Call[], check: Check): Judgement {
  return { violations: calls.flatMap((call) => check(call) ?? []), tests: calls.length };
}

/** How many violations of one body that have one root cause are told. */
const TOLD = 100;

const judges = new WeakMap<Check, (call: Call) => readonly Violation[]>();

/**
 * Like `judgeEach`, for claims about the body alone: equal bodies that the description treats alike are checked once,
 * since a run reads the same long list many times, and again when it confirms what it found.
 */
export function judgeBodies(calls: readonly Call[], check: Check): Judgement {
  const judge = judges.get(check) ?? perBody((call) => someOfEach([check(call) ?? []].flat()));
  judges.set(check, judge);
  return judgeEach(calls, (call) => judge(call).map((violation) => ({ ...violation, call })));
}

/** A long list may be wrong in each of its items: what has one root cause is told often enough. */
function someOfEach(violations: readonly Violation[]): readonly Violation[] {
  const counts = new Map<string, number>();
  return violations.filter(({ kind, pointer }) => {
    const cause = `${kind} ${withAnyIndex(pointer ?? '')}`;
    const count = (counts.get(cause) ?? 0) + 1;
    counts.set(cause, count);
    return count <= TOLD;
  });
}

/** Remembers what follows from the body of an answer, and from what the description says of it, alone. */
export function perBody<T>(read: (call: Call) => T): (call: Call) => T {
  const known = new WeakMap<Content, Map<string, { readonly value: T }>>();
  return (call) => {
    const alike = known.get(call.content) ?? new Map<string, { readonly value: T }>();
    const key = JSON.stringify([call.operation.id, call.described?.key, contentType(call)]);
    const { value } = alike.get(key) ?? { value: read(call) };
    known.set(call.content, alike.set(key, { value }));
    return value;
  };
}
