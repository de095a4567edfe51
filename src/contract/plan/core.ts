import type { Parameter } from '../../description/model.ts';
import { valueAt } from '../../documents/pointer.ts';
import { isObject } from '../../json.ts';
import type { Call } from '../call.ts';
import { itemsAt, keyedLists } from '../lists.ts';
import { type Probe, pairOf, probeOf, type Step, type Target } from './probe.ts';
import { invent } from './targets.ts';

/** How many values of a filter are learnt from a list. */
const LEARNT = 6;

/** Longer values, in characters, are not asked for. */
const LONGEST = 200;

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
    if (first && textsIn(first, parameter).some((text) => text.length > LONGEST)) {
      yield leaveOut(`no ${parameter.name} of more than ${LONGEST} characters was asked for`);
    }
    const others = first ? keyIn(first, parameter) : [];
    for (const value of [...learnt, ...others, inventedValue(target, parameter, seed), '']) {
      yield one(filtered(target, parameter, value));
    }
  }
  yield one(probeOf(target, ' at last'));
  return first && { target, first, values };
}

/** A step of no request, for what is not asked. */
export function leaveOut(leftOut: string): Step {
  return { probes: [], atOnce: false, leftOut };
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
function learntValues(first: Call, parameter: Parameter): readonly string[] {
  const values = [...new Set(textsIn(first, parameter).filter(isAskable))];
  return values.toSorted((a, b) => Number(/^\w+$/.test(a)) - Number(/^\w+$/.test(b))).slice(0, LEARNT);
}

/** The texts in the filtered field of all items. */
function textsIn(first: Call, { filters }: Parameter): readonly string[] {
  const items = filters ? (itemsAt(first, filters.items) ?? []) : [];
  const fields = items.map((item) => (isObject(item) && filters ? item[filters.by] : undefined));
  return fields.filter((field) => typeof field === 'string');
}

/** The key of the first item: a value that another field has. */
function keyIn(first: Call, { filters }: Parameter): readonly string[] {
  const list = keyedLists(first).find(({ at }) => at === filters?.items);
  const items = [...(list?.items.values() ?? [])].flat();
  const key = list && items[0] && valueAt(items[0], list.key);
  const isOther = items.every((item) => !isObject(item) || item[filters?.by ?? ''] !== key);
  return typeof key === 'string' && isAskable(key) && isOther ? [key] : [];
}

/** Half of a surrogate pair cannot be percent-encoded, and no server takes requests of any length. */
function isAskable(text: string): boolean {
  return text !== '' && text.length <= LONGEST && !/\p{Surrogate}/u.test(text);
}
