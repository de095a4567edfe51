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

/** Each successful read with the next one whose request was written in the same way. */
export function repeatedReads(calls: readonly Call[]): readonly ReadPair[] {
  return pairsBy(calls, (call) => `${call.exchange.request.target} ${identityOf(call)}`);
}

/** Each successful read with the next one about the same thing, whatever else the two asked for. */
export function readsOfOneThing(calls: readonly Call[]): readonly ReadPair[] {
  return pairsBy(calls, ({ exchange: { request }, operation, path, epoch }) => {
    const persons = ['Host', 'Authorization', 'Cookie'].map(
      (name) => headerValue(request.headers, name) ?? null,
    );
    return JSON.stringify([operation.id, request.origin, persons, [...path], epoch]);
  });
}

function pairsBy(calls: readonly Call[], keyOf: (call: Call) => string): readonly ReadPair[] {
  const last = new Map<string, Call>();
  const pairs: ReadPair[] = [];
  for (const call of calls.filter(isRead)) {
    const key = keyOf(call);
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
  parameter: Pick<Parameter, 'name'>,
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
  parameter?: Pick<Parameter, 'name'>,
): string {
  const headers = IDENTITY.map((name) => headerValue(request.headers, name) ?? null);
  const rest = query.filter(([name]) => name !== parameter?.name);
  return JSON.stringify([operation.id, request.origin, headers, [...path], rest, epoch]);
}
