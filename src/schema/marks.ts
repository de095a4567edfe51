import { appendToken } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { isArray, isObject, type JsonObject } from '../json.ts';
import type { Mark } from './schema.ts';

/** Collects the `x-key`, `x-immutable` and `x-not-before` of every property below a schema. */
export function marksOf(
  schema: JsonObject,
  locate: (node: object, keyword: string) => Location,
): readonly Mark[] {
  const open = new Set<JsonObject>();

  function walk(node: JsonObject, at: string): Mark[] {
    if (open.has(node)) {
      return [];
    }
    open.add(node);
    const found = [
      ...ownMarks(node, at),
      ...childrenOf(node, at).flatMap(([child, place]) => walk(child, place)),
    ];
    open.delete(node);
    return found;
  }

  function ownMarks(node: JsonObject, at: string): Mark[] {
    const marks: Mark[] = [];
    if (node['x-key'] === true) {
      marks.push({ kind: 'key', at, where: locate(node, 'x-key') });
    }
    if (node['x-immutable'] === true) {
      marks.push({ kind: 'immutable', at, where: locate(node, 'x-immutable') });
    }
    const earlier = node['x-not-before'];
    if (typeof earlier === 'string') {
      marks.push({ kind: 'not-before', at, earlier, where: locate(node, 'x-not-before') });
    }
    return marks;
  }

  return walk(schema, '');
}

function childrenOf(node: JsonObject, at: string): (readonly [JsonObject, string])[] {
  const { properties, items, allOf } = node;
  const named = isObject(properties) ? Object.entries(properties) : [];
  return [
    ...named.flatMap(([name, child]) => (isObject(child) ? [[child, appendToken(at, name)] as const] : [])),
    ...(isObject(items) ? [[items, `${at}/*`] as const] : []),
    ...(isArray(allOf) ? allOf.filter(isObject).map((part) => [part, at] as const) : []),
  ];
}
