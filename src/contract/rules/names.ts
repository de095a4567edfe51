import type { Operation } from '../../description/model.ts';
import { type Call, isBinding, isSuccess } from '../call.ts';
import { isUnfiltered, nameIn, type Subject, subjectOf, takesNames } from '../subject.ts';
import { type Evidence, type Judgement, judgeEach, type Rule, type Violation } from './rule.ts';
import { statusLine } from './status.ts';

/** What the calls for names that nothing should have say about an operation. */
interface AbsenceCase {
  readonly subject: Subject;
  /** Calls for made-up names. */
  readonly invented: readonly Call[];
  /** Calls for the name that the examples show as absent, where it is not known to exist. */
  readonly documented: readonly Call[];
  /** Made-up names exist, the documented absent one does not: a world in which any name but a few exists, as mocks have it. */
  readonly isOpen: boolean;
}

export const absentName: Rule = {
  id: 'absent-name',
  claim: 'A name that nothing has gets the documented answer for what is absent.',
  severity: 'error',
  basis: 'x-identifies of the parameter',
  fix: 'Look the name up before anything else and answer with the documented status if it is not there.',
  message: '{operation} answers {actual} for a name that nothing has, instead of {expected}',
  extension: 'x-identifies',
  unproven: 'nobody asked for a name that certainly does not exist',
  judge: (evidence) => {
    const cases = absenceCases(evidence);
    const closed = cases.filter(({ isOpen }) => !isOpen);
    const open = cases.filter(({ isOpen }) => isOpen);
    return {
      violations: closed.flatMap(({ subject, invented }) =>
        invented.flatMap((call) => judgeAbsence(call, subject)),
      ),
      tests:
        sum(closed.map(({ invented }) => invented.length)) +
        sum(open.map(({ documented }) => documented.length)),
      untested: open.map(
        ({ subject: { name, identifies } }) =>
          `made-up names exist there, so only the documented absent ${name} "${identifies.documented}" was tried; judge a closed world, where just the named ones exist`,
      ),
    };
  },
};

export const openWorld: Rule = {
  id: 'open-world',
  claim: 'A made-up name does not exist.',
  severity: 'warning',
  basis: 'x-identifies of the parameter',
  fix: 'Nothing, where the target is a mock that lets any name exist. Judge a closed world to test what an open one hides.',
  message:
    '{operation} answers {actual} for a made-up name, though the documented absent one is absent: an open world',
  extension: 'x-identifies',
  judge: (evidence): Judgement => {
    const cases = absenceCases(evidence);
    const open = cases.filter(({ isOpen }) => isOpen);
    return {
      violations: open.flatMap(({ subject, invented }) =>
        invented.filter(isSuccess).map((call) => ({
          call,
          kind: 'open',
          expected: String(subject.identifies.absent),
          actual: statusLine(call),
          source: subject.identifies.where,
        })),
      ),
      tests: cases.filter(({ invented }) => invented.length > 0).length,
    };
  },
};

export const existingName: Rule = {
  id: 'existing-name',
  claim: 'A name that exists never gets the answer for what is absent.',
  severity: 'error',
  basis: 'x-identifies of the parameter',
  fix: 'Check that the name given really exists there; if it does, find out why the lookup misses it.',
  message: '{operation} answers {actual} for a name that exists',
  extension: 'x-identifies',
  unproven: 'no name is known to exist; give one with {option}',
  judge: (evidence) => {
    const { calls } = evidence;
    const lookups = calls.filter((call) => call.acceptance === 'admits' && isUnfiltered(call));
    return judgeEach(
      lookups.filter((call) => isNamed(call, evidence)),
      (call) => {
        const { absent, where } = subjectOf(call.operation)?.identifies ?? {};
        const facts = { call, kind: 'absent', expected: 'what exists', actual: statusLine(call) };
        return where && call.status === absent ? { ...facts, source: where } : undefined;
      },
    );
  },
};

export const refusedName: Rule = {
  id: 'refused-name',
  claim: 'An ordinary request about a name that exists is not refused each time.',
  severity: 'warning',
  basis: 'x-identifies of the parameter',
  fix: 'Find out what the server takes for malformed: the request is as the description says.',
  message: '{operation} answers {actual} to every ordinary request about a name that exists',
  extension: 'x-identifies',
  judge: (evidence) => {
    const { calls } = evidence;
    const lookups = calls.filter((call) => isBinding(call) && isUnfiltered(call) && !call.beside);
    const about = lookups.filter((call) => isNamed(call, evidence));
    return judgeEach(about.some(isSuccess) ? [] : about, (call) => {
      const { status = 0, described } = call;
      const { absent, where } = subjectOf(call.operation)?.identifies ?? {};
      const isRefused = described !== undefined && status >= 400 && status < 500 && status !== absent;
      const facts = { call, kind: String(status), expected: 'what exists', actual: statusLine(call) };
      return isRefused && where ? { ...facts, source: where } : undefined;
    });
  },
};

/**
 * Whether somebody said that what a call asks for exists; an example in the description of something else says no such
 * thing, nor does anybody of what is named below it or in a body.
 */
function isNamed(call: Call, { existing, description }: Evidence): boolean {
  const { parameters, requestBody } = call.operation;
  const names = parameters.filter(({ in: place, identifies }) => place === 'path' && identifies);
  return (
    names.length < 2 &&
    !requestBody &&
    existing.includes(nameIn(call) ?? '') &&
    takesNames(call.operation, description)
  );
}

function absenceCases(evidence: Evidence): readonly AbsenceCase[] {
  return evidence.description.operations.flatMap((operation) => {
    const subject = subjectOf(operation);
    return subject ? [absenceCase(evidence, operation, subject)] : [];
  });
}

function absenceCase(
  { calls, existing, invented }: Evidence,
  operation: Operation,
  subject: Subject,
): AbsenceCase {
  const { documented = '', absent } = subject.identifies;
  const asked = calls.filter(
    (call) => call.operation === operation && isBinding(call) && call.status !== undefined,
  );
  // A refused filter may say nothing of the name, but a list does.
  const lookups = asked.filter((call) => isUnfiltered(call) || isSuccess(call));
  const ofInvented = lookups.filter((call) => invented.includes(nameIn(call) ?? ''));
  const ofDocumented = existing.includes(documented)
    ? []
    : lookups.filter((call) => nameIn(call) === documented);
  const unfiltered = ofInvented.filter(isUnfiltered);
  const isOpen =
    unfiltered.length > 0 &&
    unfiltered.every(isSuccess) &&
    ofDocumented.some(({ status }) => status === absent);
  return { subject, invented: ofInvented, documented: ofDocumented, isOpen };
}

/** Statuses that the description does not list, and failures of the server, have rules of their own. */
function judgeAbsence(call: Call, { identifies: { absent, where } }: Subject): readonly Violation[] {
  const { status = 0, described } = call;
  const wrong = described !== undefined && status < 500 && status !== absent;
  return wrong
    ? [{ call, kind: String(status), expected: String(absent), actual: statusLine(call), source: where }]
    : [];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
