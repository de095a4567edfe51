import type { Call, Done, Refusal, RefusalName } from './model.ts';

/** The facts of a refusal, as far as there are any. */
export type Facts = Readonly<Record<string, string | undefined>>;

/** The outcome of an operation that was done. */
export function done<Value>(value: Value): Done<Value> {
  return { value };
}

/** The outcome of an operation that was not done; facts that are undefined are left out. */
export function refused(refusal: RefusalName, facts: Facts): Refusal {
  const told = Object.entries(facts).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact]]));
  return { refusal, facts: Object.fromEntries(told) };
}

/** Whether the operation knows a refusal. */
export function mayRefuse(call: Call, refusal: RefusalName): boolean {
  return call.refuses.includes(refusal);
}
