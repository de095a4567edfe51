import type { Parameter } from '../description/model.ts';
import { type Call, isSuccess } from './call.ts';
import { headerValue } from './exchange.ts';

/** Request headers on which the data of an answer may depend. */
const IDENTITY = ['Host', 'Accept', 'Accept-Language', 'Authorization', 'Cookie'];

/** Two successful reads between which nobody is known to have changed anything. */
export interface ReadPair {
  readonly earlier: Call;
  readonly later: Call;
}

/** Each successful read with the next one of the same request. */
export function repeatedReads(calls: readonly Call[]): readonly ReadPair[] {
  const last = new Map<string, Call>();
  const pairs: ReadPair[] = [];
  for (const call of calls.filter(isRead)) {
    const key = identityOf(call);
    const earlier = last.get(key);
    if (earlier) {
      pairs.push({ earlier, later: call });
    }
    last.set(key, call);
  }
  return pairs;
}

/** The nearest successful reads before and after a call that differ from it in having no value for the parameter. */
export function readsAround(
  calls: readonly Call[],
  call: Call,
  parameter: Parameter,
): { readonly before: Call | undefined; readonly after: Call | undefined } {
  const identity = identityWithout(call, parameter);
  const alike = (other: Call) => other !== call && isRead(other) && identityOf(other) === identity;
  const index = calls.indexOf(call);
  return { before: calls.slice(0, index).findLast(alike), after: calls.slice(index).find(alike) };
}

function isRead(call: Call): boolean {
  return isSuccess(call) && call.content.kind === 'json';
}

const identities = new WeakMap<Call, string>();

/** Equal for calls that ask the same of the same server in the same state of its data. */
function identityOf(call: Call): string {
  const identity = identities.get(call) ?? identityWithout(call);
  identities.set(call, identity);
  return identity;
}

function identityWithout(
  { exchange: { request }, operation, path, query, epoch }: Call,
  parameter?: Parameter,
): string {
  const headers = IDENTITY.map((name) => headerValue(request.headers, name) ?? null);
  const rest = query.filter(([name]) => name !== parameter?.name);
  return JSON.stringify([operation.id, request.origin, headers, [...path], rest, epoch]);
}
