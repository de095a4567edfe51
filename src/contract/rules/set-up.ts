import { valueAt } from '../../documents/pointer.ts';
import { isArray, isObject, type Json } from '../../json.ts';
import { type Call, isSuccess } from '../call.ts';
import { answered, around, keysIn, outcomeOf } from '../set-up/answers.ts';
import type { Claim, Deed, Expectation } from '../set-up/deed.ts';
import { makesThings } from '../set-up/kinds.ts';
import type { Evidence, Judgement, Rule, Violation } from './rule.ts';

export const created = ruleOf({
  id: 'created',
  claim: 'A thing is made as the description shows it, and answered with its own key.',
  basis: 'x-creates of the operation',
  fix: 'Make what the request says, and show it in the answer.',
  message: '{operation} makes nothing as asked: {actual} instead of {expected}',
});

export const createdRead = ruleOf({
  id: 'created-read',
  claim: 'What was made can be read at once, with the values that it was given.',
  basis: 'x-creates and x-reads of the operations',
  fix: 'Store every value of the request before answering, and read from where it was written.',
  message: '{operation} does not show what was made: {actual} instead of {expected}',
});

export const createdListed = ruleOf({
  id: 'created-listed',
  claim: 'What was made stands in its list once, with the values that it was given.',
  basis: 'x-creates and x-lists of the operations',
  fix: 'List what is stored: look for a cache, or for a list that is kept apart.',
  message: '{operation} does not list what was made: {actual} instead of {expected}',
});

export const takenName = ruleOf({
  id: 'taken-name',
  claim: 'A name that is taken is refused to anything else.',
  basis: 'x-refuses of the operation',
  fix: 'Look for the name and make the thing in one transaction, or let the database keep names unique.',
  message: '{operation} gives a name away that is taken: {actual} instead of {expected}',
});

export const changed = ruleOf({
  id: 'changed',
  claim: 'What was changed is found under its new name, and no more under the old one.',
  basis: 'x-changes of the operation',
  fix: 'Change every place that holds the name, caches and lists too.',
  message: '{operation} does not show a change: {actual} instead of {expected}',
});

export const absentThing = ruleOf({
  id: 'absent-thing',
  claim: 'What asks for a thing that does not exist gets the documented answer.',
  basis: 'x-refuses and x-removes of the operation, x-identifies of its parameters',
  fix: 'Look every name up that the path and the body give, in the order of x-refuses.',
  message: '{operation} answers {actual} where something does not exist, instead of {expected}',
});

export const inUse = ruleOf({
  id: 'in-use',
  claim: 'A thing is not removed while something goes on that uses it.',
  basis: 'x-refuses of the operation',
  fix: 'Refuse the removal until everything that uses the thing has ended.',
  message: '{operation} answers {actual} to the removal of what is in use, instead of {expected}',
});

export const ended = ruleOf({
  id: 'ended',
  claim: 'What is ended reaches a last state and stays there, however often it is ended.',
  basis: 'x-changes of the operation and x-lifecycle of the property',
  fix: 'Stop the thing, and leave alone what has stopped.',
  message: '{operation} shows no end: {actual} instead of {expected}',
});

export const removed = ruleOf({
  id: 'removed',
  claim: 'What was removed is neither read nor listed any more, and a second removal finds nothing.',
  basis: 'x-removes of the operation',
  fix: 'Remove the thing from every place that it is read from, and say whether there was one.',
  message: '{operation} does not remove as described: {actual} instead of {expected}',
});

type Words = Pick<Rule, 'claim' | 'basis' | 'fix' | 'message'> & { readonly id: Claim };

/** A claim about what a run did to things of its own. */
function ruleOf(words: Words): Rule {
  return { ...words, severity: 'error', judge: (evidence) => judgeStory(words.id, evidence) };
}

function judgeStory(claim: Claim, { story, description, kind }: Evidence): Judgement {
  if (!story) {
    return { violations: [], tests: 0, untested: makesThings(description) ? [reasonFor(kind)] : [] };
  }
  const deeds = story.deeds.filter((deed) => deed.claim === claim);
  return {
    violations: deeds.flatMap((deed) => judgeDeed(deed) ?? []),
    tests: deeds.length,
    untested: story.untried.filter((each) => each.claim === claim).map(({ reason }) => reason),
  };
}

/** Why nothing was tried with things of the run's own. */
export function reasonFor(kind: Evidence['kind']): string {
  return kind === 'recorded'
    ? 'recorded traffic does not show it; judge a running server with --set-up'
    : 'it takes things that the run makes itself; let it, with --set-up';
}

/** Statuses that the description does not list, and failures of the server, have rules of their own. */
function judgeDeed({ call, expected, words }: Deed): Violation | undefined {
  const { status = 0, described } = call;
  if (described === undefined || status >= 500) {
    return undefined;
  }
  const problem = problemOf(call, expected);
  return problem && { call, kind: words, source: call.operation.where, ...problem };
}

type Problem = Pick<Violation, 'expected' | 'actual'> & { readonly pointer?: string };

function problemOf(call: Call, expected: Expectation): Problem | undefined {
  if (expected.kind === 'refused') {
    const isRefused = call.status === expected.status;
    return isRefused ? undefined : { expected: String(expected.status), actual: outcomeOf(call) };
  }
  if (!isSuccess(call)) {
    return { expected: 'a success', actual: outcomeOf(call) };
  }
  switch (expected.kind) {
    case 'shows':
      return shownProblem(call, expected);
    case 'lists':
      return listedProblem(call, expected);
    case 'says':
      return valueProblem(call, expected.pointer, [expected.value]);
    case 'state':
      return valueProblem(call, expected.pointer, expected.states);
    default:
      return undefined;
  }
}

function valueProblem(call: Call, pointer: string, values: readonly Json[]): Problem | undefined {
  const body = answered(call);
  const value = body === undefined ? undefined : valueAt(body, pointer);
  const isFine = values.some((each) => each === value);
  return isFine ? undefined : { pointer, expected: values.map(told).join(' or '), actual: told(value) };
}

function shownProblem(
  call: Call,
  { pointers, key, like }: Expectation & { kind: 'shows' },
): Problem | undefined {
  const [match] = keysIn(call, pointers);
  const [pointer = ''] = pointers;
  const isKey = key === undefined ? typeof match?.value === 'string' : match?.value === key;
  return match && isKey
    ? likenessProblem(call, match.pointer, like)
    : { pointer: match?.pointer ?? pointer, expected: told(key), actual: told(match?.value) };
}

function listedProblem(
  call: Call,
  { pointers, key, times, like }: Expectation & { kind: 'lists' },
): Problem | undefined {
  const matches = keysIn(call, pointers).filter(({ value }) => value === key);
  if (matches.length !== times) {
    return { expected: `${told(key)} ${sayTimes(times)}`, actual: `it ${sayTimes(matches.length)}` };
  }
  const [match] = matches;
  return match && likenessProblem(call, match.pointer, like);
}

function sayTimes(times: number): string {
  return times === 0 ? 'not at all' : times === 1 ? 'once' : `${times} times`;
}

/** What beside the key differs from what the thing was made with: of the values that the examples show there. */
function likenessProblem(call: Call, at: string, like: Json): Problem | undefined {
  const place = around(at);
  const body = answered(call);
  const shown = body === undefined ? undefined : valueAt(body, place);
  if (!isObject(shown) || !isObject(like)) {
    return undefined;
  }
  const documented = exampleAt(call, at);
  for (const [name, given] of Object.entries(like)) {
    const isExpected = shown[name] !== undefined || (isObject(documented) && documented[name] !== undefined);
    if (isExpected && !isLike(given, shown[name])) {
      return { pointer: `${place}/${name}`, expected: told(given), actual: told(shown[name]) };
    }
  }
  return undefined;
}

/** What stands around a value in the examples: around the first item where it is one of a list. */
function exampleAt({ described }: Call, pointer: string): Json | undefined {
  const place = around(pointer.replace(/\/\d+(?=\/)/g, '/0'));
  const examples = described?.mediaTypes.flatMap((mediaType) => mediaType.examples) ?? [];
  return examples.map(({ value }) => valueAt(value, place)).find((value) => value !== undefined);
}

/** Whether a thing has a value that it was given; it may have got more members. */
function isLike(given: Json, shown: Json | undefined): boolean {
  if (given === null) {
    return true;
  }
  if (isArray(given)) {
    return (
      isArray(shown) &&
      shown.length === given.length &&
      given.every((each, index) => isLike(each, shown[index]))
    );
  }
  if (isObject(given)) {
    return Object.entries(given).every(([name, value]) => isObject(shown) && isLike(value, shown[name]));
  }
  return given === shown;
}

function told(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
