import type { Parameter } from '../../description/model.ts';
import { isObject } from '../../json.ts';
import type { Call } from '../call.ts';
import { itemsAt } from '../lists.ts';
import { type Probe, pairOf, probeOf, type Step, type Target } from './probe.ts';
import { invent } from './targets.ts';

/** How many values of a filter are learnt from a list. */
const LEARNT = 6;

/** What the first answer about a thing showed. */
export interface Learnt {
  readonly target: Target;
  readonly first: Call;
  /** Different values of the filtered field, by parameter. */
  readonly values: ReadonlyMap<Parameter, readonly string[]>;
}

/** The requests about one thing: its whole list twice, under each Accept, filtered, and its whole list again. */
export function* planThing(
  target: Target,
  seed: string,
): Generator<Step, Learnt | undefined, readonly Call[]> {
  const [first] = yield one(probeOf(target, ''));
  yield one(probeOf(target, ' at once again'));
  for (const [accept, words] of ACCEPTS) {
    yield one(probeOf(target, `, ${words}`, { accept }));
  }
  const values = new Map(filtersOf(target).map((each) => [each, first ? learntValues(first, each) : []]));
  for (const [parameter, learnt] of values) {
    for (const value of [...learnt, inventedValue(target, parameter, seed), '']) {
      yield one(filtered(target, parameter, value));
    }
  }
  yield one(probeOf(target, ' at last'));
  return first && { target, first, values };
}

/** A step of one request. */
export function one(probe: Probe): Step {
  return { probes: [probe], atOnce: false };
}

/** The request with one value of a parameter. */
export function filtered(target: Target, { name }: Parameter, value: string): Probe {
  return probeOf(target, `, ${name} "${value}"`, { query: pairOf(name, value) });
}

/** A value of a parameter that nothing has. */
export function inventedValue({ thing }: Target, { name }: Parameter, seed: string): string {
  return invent(seed, `${thing} ${name}`);
}

/** The parameters that filter and are still free. */
export function filtersOf({ operation, values }: Target): readonly Parameter[] {
  return operation.parameters.filter(({ filters, name }) => filters && !values.has(name));
}

/** Besides the documented media type. Undefined stands for no Accept at all. */
const ACCEPTS: readonly (readonly [accept: string | undefined, words: string])[] = [
  [undefined, 'without Accept'],
  ['*/*', 'accepting anything'],
  ['application/*', 'accepting any application type'],
  ['application/json', 'accepting application/json alone'],
];

/** Those first that need the most care: not letters, digits and underscores alone. */
function learntValues(first: Call, { filters }: Parameter): readonly string[] {
  const items = filters ? (itemsAt(first, filters.items) ?? []) : [];
  const fields = items.map((item) => (isObject(item) && filters ? item[filters.by] : undefined));
  const values = [...new Set(fields.filter((field) => typeof field === 'string' && isAskable(field)))].map(
    String,
  );
  return values.toSorted((a, b) => Number(/^\w+$/.test(a)) - Number(/^\w+$/.test(b))).slice(0, LEARNT);
}

/** Half of a surrogate pair cannot be percent-encoded. */
function isAskable(text: string): boolean {
  return text !== '' && !/\p{Surrogate}/u.test(text);
}
