import type { Problem } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Origins } from './origins.ts';

/** What a reader of the description needs beside the tree: where things are, and where to put what is wrong. */
export interface Reading {
  readonly origins: Origins;
  readonly problems: Problem[];
}

/** Notes something wrong with a member of `node` (or the node itself) and what to do about it. */
export function complain(reading: Reading, node: object, key: string, reason: string, advice: string): void {
  const where = reading.origins.locate(node, key);
  reading.problems.push({ code: 'DESCRIPTION_INVALID', facts: { reason, advice }, where });
}

/** The object at a key; an empty one where it is absent or, which is complained of, something else. */
export function objectAt(reading: Reading, node: JsonObject, key: string): JsonObject {
  const value = node[key];
  if (value !== undefined && !isObject(value)) {
    complain(reading, node, key, `"${key}" is no object`, 'Write members below it.');
  }
  return isObject(value) ? value : {};
}

/** The members of the object at a key that are objects themselves; others are complained of. */
export function entriesAt(
  reading: Reading,
  node: JsonObject,
  key: string,
): (readonly [string, JsonObject])[] {
  const parent = objectAt(reading, node, key);
  return Object.entries(parent).flatMap(([name, value]) => {
    if (name.startsWith('x-') && key !== 'headers') {
      return [];
    }
    if (!isObject(value)) {
      complain(reading, parent, name, `"${name}" is no object`, `Correct the entry of "${key}".`);
      return [];
    }
    return [[name, value] as const];
  });
}

/** The list at a key; an empty one where it is absent or, which is complained of, something else. */
export function listAt(reading: Reading, node: JsonObject, key: string): readonly Json[] {
  const value = node[key];
  if (value !== undefined && !isArray(value)) {
    complain(reading, node, key, `"${key}" is no list`, 'Write its members with a dash each.');
  }
  return isArray(value) ? value : [];
}

/** The text at a key, or undefined where it is absent or, which is complained of, something else. */
export function textAt(reading: Reading, node: JsonObject, key: string): string | undefined {
  const value = node[key];
  if (value !== undefined && typeof value !== 'string') {
    complain(reading, node, key, `"${key}" is no text`, 'Put it in quotes.');
  }
  return typeof value === 'string' ? value : undefined;
}
