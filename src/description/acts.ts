import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Act } from './model.ts';
import type { Reading } from './reading.ts';

const KINDS = ['creates', 'reads', 'lists', 'changes', 'removes'] as const;

/** What `x-creates` and the like say of an operation, once `checkExtensions` has found nothing wrong with it. */
export function readActs({ origins }: Reading, operation: JsonObject): readonly Act[] {
  return KINDS.flatMap((kind) => {
    const value = operation[`x-${kind}`];
    return isObject(value) ? [readAct(kind, value, origins.locate(operation, `x-${kind}`))] : [];
  });
}

function readAct(kind: Act['kind'], value: JsonObject, where: Act['where']): Act {
  const { thing, request, response = [], uses, removed, query, ends } = value;
  return {
    kind,
    thing: String(thing),
    request: typeof request === 'string' ? request : undefined,
    response: (isArray(response) ? response : [response]).map(String),
    uses: texts(uses),
    removed: typeof removed === 'string' ? removed : undefined,
    query: texts(query),
    ends: ends === true,
    where,
  };
}

function texts(map: Json | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(isObject(map) ? map : {});
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
