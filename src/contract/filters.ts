import type { Filters, Parameter } from '../description/model.ts';
import { isObject, type Json } from '../json.ts';
import { type Call, isSuccess, valuesOf } from './call.ts';
import { keyedLists } from './lists.ts';
import { readsAround } from './reads.ts';

/** A call with one value of a parameter that filters (`x-filters`), and the whole list around it. */
export interface FilterCase {
  readonly call: Call;
  readonly filters: Filters;
  readonly value: string;
  /** The items of the whole list at the nearest read before, by key; undefined where there was none to compare with. */
  readonly before: Items | undefined;
  readonly after: Items | undefined;
  /** The calls that the case is made of, in order. */
  readonly calls: readonly Call[];
}

/** The items of a list by their key, as JSON. */
export type Items = ReadonlyMap<string, readonly Json[]>;

/** Every call that gives one value to a parameter that filters, and accepts the answer that the description binds. */
export function filterCases(calls: readonly Call[]): readonly FilterCase[] {
  const answered = calls.filter(({ status, acceptance }) => status !== undefined && acceptance === 'admits');
  return answered.flatMap((call) =>
    call.operation.parameters.flatMap((parameter) => {
      const { filters } = parameter;
      const [value, ...others] = valuesOf(call, parameter);
      const isCase = filters && value !== undefined && others.length === 0;
      return isCase ? [{ filters, value, call, ...aroundOf(calls, call, parameter, filters) }] : [];
    }),
  );
}

/** The items in a filtered answer, by key; undefined where it is no list. */
export function foundIn({ call, filters }: FilterCase): Items | undefined {
  return itemsIn(call, filters);
}

/** Whether a case can tell a filter that works from one that does not: the whole list around it has items. */
export function isTelling({ before, after }: FilterCase): boolean {
  return before !== undefined && before.size > 0 && after !== undefined;
}

/** The keys of the items that were there before and still are: a list may grow and shrink meanwhile. */
export function lastingKeys({ before, after }: FilterCase): readonly string[] {
  return [...(before?.keys() ?? [])].filter((key) => after?.has(key));
}

/** The keys of the items that had the value before and still have it. */
export function matchingKeys({ before, after, filters, value }: FilterCase): readonly string[] {
  const isMatch = (items: readonly Json[] | undefined) =>
    items?.some((item) => matches(item, filters, value));
  // A list that did not change is the same one: a long one is not gone through twice, nor copied.
  const isMatchNow = (key: string) => before === after || isMatch(after?.get(key));
  const keys: string[] = [];
  for (const [key, items] of before ?? []) {
    if (isMatch(items) && isMatchNow(key)) {
      keys.push(key);
    }
  }
  return keys;
}

/** Whether the filtered field of an item equals a value; other fields than texts are compared as JSON. */
export function matches(item: Json, filters: Filters, value: string): boolean {
  const field = fieldOf(item, filters);
  return typeof field === 'string' ? field === value : field !== undefined && JSON.stringify(field) === value;
}

/** The filtered field of an item; undefined where it has none. */
export function fieldOf(item: Json | undefined, { by }: Filters): Json | undefined {
  return isObject(item) ? item[by] : undefined;
}

function aroundOf(
  all: readonly Call[],
  call: Call,
  parameter: Parameter,
  filters: Filters,
): Pick<FilterCase, 'before' | 'after' | 'calls'> {
  const { before, after } = readsAround(all, call, parameter);
  return {
    before: itemsIn(before, filters),
    after: itemsIn(after, filters),
    calls: [before, call, after].filter((each) => each !== undefined),
  };
}

function itemsIn(call: Call | undefined, { items }: Filters): Items | undefined {
  return call && isSuccess(call) ? keyedLists(call).find(({ at }) => at === items)?.items : undefined;
}
