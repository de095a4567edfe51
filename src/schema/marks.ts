import { appendToken, tokensOf, toPointer } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Mark } from './schema.ts';
import { schemaAt } from './schema-at.ts';

const EXTENSIONS = ['x-key', 'x-immutable', 'x-not-before', 'x-lifecycle'];

/** Collects the `x-key`, `x-immutable`, `x-not-before` and `x-lifecycle` of every property below a schema. */
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
      const where = locate(node, 'x-not-before');
      marks.push({ kind: 'not-before', at, earlier: fromItem(schema, at, earlier), where });
    }
    const lifecycle = node['x-lifecycle'];
    if (isObject(lifecycle)) {
      const where = locate(node, 'x-lifecycle');
      marks.push({ kind: 'lifecycle', at, ...statesOf(lifecycle, texts(node['enum'])), where });
    }
    return marks;
  }

  return hasMarks(schema) ? walk(schema, '') : [];
}

/** Most schemas have none; to learn that, each part is looked at once, however many ways lead to it. */
function hasMarks(schema: JsonObject): boolean {
  const parts = new Set([schema]);
  for (const part of parts) {
    for (const [child] of childrenOf(part, '')) {
      parts.add(child);
    }
  }
  return [...parts].some((part) => EXTENSIONS.some((mark) => mark in part));
}

/**
 * A pointer as it starts from the innermost item around a property. It is written for the thing that has the property; in
 * an answer that shows one thing, that may stand a level or more below the root.
 */
function fromItem(root: JsonObject, at: string, pointer: string): string {
  const [item = ''] = /^.*\/\*(?=\/|$)/.exec(at) ?? [];
  const holders = tokensOf(at.slice(item.length)).map((_, index, tokens) =>
    toPointer(tokens.slice(0, index)),
  );
  const holder = holders.find((each) => schemaAt(root, item + each + pointer));
  return (holder ?? '') + pointer;
}

function statesOf({ initial, moves }: JsonObject, values: readonly string[]) {
  const followers = isObject(moves) ? moves : {};
  return {
    initial: texts(initial),
    moves: Object.fromEntries(Object.entries(followers).map(([state, next]) => [state, texts(next)])),
    final: values.filter((value) => !Object.hasOwn(followers, value)),
  };
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === 'string') : [];
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
