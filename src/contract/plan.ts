import { createHash } from 'node:crypto';
import type { Description, Operation, Parameter } from '../description/model.ts';
import { isObject } from '../json.ts';
import { documentedTypes } from './accept.ts';
import type { Call } from './call.ts';
import type { HeaderLine } from './exchange.ts';
import { itemsAt } from './lists.ts';
import type { Draft } from './send.ts';
import { subjectOf } from './subject.ts';

/** How many values of a filter are learnt from a list. */
const LEARNT = 3;

export interface PlanOptions {
  readonly description: Description;
  /** In front of every path, without a trailing slash. */
  readonly base: string;
  /** Names of things that exist; where there are none, the example of the description. */
  readonly names: readonly string[];
  /** What made-up names are made of. */
  readonly seed: string;
}

/** Yields requests one by one and learns from the call that each became. Only reads, all of them harmless. */
export type Plan = Generator<Draft, void, Call>;

/** An operation with a value for everything that it requires. */
interface Target {
  readonly operation: Operation;
  readonly base: string;
  /** Values by the parameter's name. */
  readonly values: ReadonlyMap<string, string>;
}

/** The requests that judge a server: for each operation the named things first, then names that do not exist. */
export function* planOf({ description, base, names, seed }: PlanOptions): Plan {
  for (const operation of description.operations.filter(isPlannable)) {
    const subject = subjectOf(operation);
    const aim = (name: string): Target => ({ operation, base, values: valuesFor(operation, name) });
    if (!subject) {
      yield* planThing(aim(''), 'its list', seed);
      continue;
    }
    const existing = namesFor(operation, names);
    for (const name of existing) {
      yield* planThing(aim(name), `"${name}"`, seed);
    }
    const { documented } = subject.identifies;
    yield draftOf(aim(invent(seed, operation.id)), 'a name that nothing has');
    if (documented !== undefined && !existing.includes(documented)) {
      yield draftOf(aim(documented), 'the documented absent name');
    }
  }
}

/** The names under which an operation is asked for things that exist. */
export function namesFor(operation: Operation, given: readonly string[]): readonly string[] {
  const subject = subjectOf(operation);
  const example = subject && exampleOf(subject);
  return given.length > 0 ? given : example === undefined ? [] : [example];
}

/** Operations that no request is made for, with the reason. */
export function unplanned({ operations }: Description): readonly string[] {
  return operations
    .filter((operation) => !isPlannable(operation))
    .map(
      (operation) =>
        `${operation.id} was not asked: ${
          operation.method === 'GET'
            ? `its parameter ${missingExamples(operation)[0]?.name} has no example in the description`
            : `only reads are sent, and it is a ${operation.method}`
        }`,
    );
}

/** 16 lower-case letters that follow from the seed and what they are for. */
export function invent(seed: string, purpose: string): string {
  const digest = createHash('sha256').update(`${seed} ${purpose}`).digest();
  return [...digest.subarray(0, 16)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

/** The requests about one thing: its whole list twice, under each Accept, filtered, and its whole list again. */
function* planThing(target: Target, thing: string, seed: string): Plan {
  const first = yield draftOf(target, thing);
  yield draftOf(target, `${thing} at once again`);
  for (const [accept, words] of ACCEPTS) {
    yield draftOf(target, `${thing}, ${words}`, { accept });
  }
  for (const parameter of target.operation.parameters.filter(({ filters }) => filters)) {
    const values = [...learntValues(first, parameter), invent(seed, `${thing} ${parameter.name}`), ''];
    for (const value of values) {
      yield draftOf(target, `${thing}, ${parameter.name} "${value}"`, { query: [parameter.name, value] });
    }
  }
  yield draftOf(target, `${thing} at last`);
}

/** Besides the documented media type. Undefined stands for no Accept at all. */
const ACCEPTS: readonly (readonly [accept: string | undefined, words: string])[] = [
  [undefined, 'without Accept'],
  ['*/*', 'accepting anything'],
  ['application/*', 'accepting any application type'],
  ['application/json', 'accepting application/json alone'],
];

/** Different values of the filtered field, those first that need the most care: not letters, digits and underscores alone. */
function learntValues(first: Call, { filters }: Parameter): readonly string[] {
  const items = filters ? (itemsAt(first, filters.items) ?? []) : [];
  const fields = items.map((item) => (isObject(item) && filters ? item[filters.by] : undefined));
  const values = [...new Set(fields.filter((field) => typeof field === 'string' && field !== ''))].map(
    String,
  );
  return values.toSorted((a, b) => Number(/^\w+$/.test(a)) - Number(/^\w+$/.test(b))).slice(0, LEARNT);
}

function isPlannable(operation: Operation): boolean {
  return operation.method === 'GET' && missingExamples(operation).length === 0;
}

/** Required parameters for which the description gives no value; the subject may be named by the user instead. */
function missingExamples(operation: Operation): readonly Parameter[] {
  const subject = subjectOf(operation);
  return operation.parameters.filter(
    (parameter) => parameter.required && parameter !== subject && exampleOf(parameter) === undefined,
  );
}

function exampleOf({ examples }: Parameter): string | undefined {
  const value = examples[0]?.value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function valuesFor(operation: Operation, name: string): ReadonlyMap<string, string> {
  const subject = subjectOf(operation);
  return new Map(
    operation.parameters
      .filter(({ required }) => required)
      .map((parameter) => [parameter.name, parameter === subject ? name : (exampleOf(parameter) ?? '')]),
  );
}

interface Variant {
  readonly accept?: string | undefined;
  readonly query?: readonly [name: string, value: string];
}

/** A request for a target; `accept` is the documented media type unless the variant says something else. */
function draftOf({ operation, base, values }: Target, purpose: string, variant: Variant = {}): Draft {
  const accept = 'accept' in variant ? variant.accept : documentedTypes(operation)[0];
  const valued = operation.parameters.filter(({ name }) => values.has(name));
  const path = operation.path.replace(/\{([^{}]*)\}/g, (_, name: string) =>
    encodeURIComponent(values.get(name) ?? ''),
  );
  const pairs = valued
    .filter((each) => each.in === 'query')
    .map(({ name }) => [name, values.get(name) ?? ''] as const);
  const query = [...pairs, ...(variant.query ? [variant.query] : [])]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const headers = valued
    .filter((each) => each.in === 'header')
    .map(({ name }): HeaderLine => [name, values.get(name) ?? '']);
  return {
    id: `${operation.id}: ${purpose}`,
    method: operation.method,
    target: `${base}${path}${query === '' ? '' : `?${query}`}`,
    headers: [...headers, ...(accept === undefined ? [] : [['Accept', accept] as const])],
  };
}
