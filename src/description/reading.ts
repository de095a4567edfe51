import type { Location, Problem } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Origins } from './origins.ts';
import type { RuleId } from './rules.ts';

/** Something wrong with the description, and the rule that says so. */
export interface Mistake extends Problem {
  readonly rule: RuleId;
  /** The choice that a value breaks; where nothing can satisfy it, that is the mistake, and this one its consequence. */
  readonly choice?: Location;
}

/** What a reader of the description needs beside the tree: where things are, and where to put what is wrong. */
export interface Reading {
  readonly origins: Origins;
  readonly problems: Mistake[];
  /** The empty objects that stand for references that lead nowhere: that they lack something is no news. */
  readonly unresolved: WeakSet<object>;
}

/** Notes something wrong with a member of `node` (or the node itself) and what to do about it. */
export function complain(
  reading: Reading,
  rule: RuleId,
  node: object,
  key: string,
  reason: string,
  advice: string,
  choice?: Location,
): void {
  if (!reading.unresolved.has(node)) {
    complainAt(reading, rule, reading.origins.locate(node, key), reason, advice, choice);
  }
}

/** Notes something wrong at a place that is known already. */
export function complainAt(
  { problems }: Reading,
  rule: RuleId,
  where: Location,
  reason: string,
  advice: string,
  choice?: Location,
): void {
  const facts = { reason, advice };
  problems.push({ rule, code: 'DESCRIPTION_INVALID', facts, where, ...(choice && { choice }) });
}

/** Whether one of some values is missing because a reference leads nowhere: then what it would hold is not known. */
export function anyUnresolved({ unresolved }: Reading, values: readonly Json[]): boolean {
  return values.some((value) => isObject(value) && unresolved.has(value));
}

/** The object at a key; an empty one where it is absent or, which is complained of, something else. */
export function objectAt(reading: Reading, node: JsonObject, key: string): JsonObject {
  const value = node[key];
  if (value !== undefined && !isObject(value)) {
    complain(reading, 'structure', node, key, `"${key}" is no object`, 'Write members below it.');
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
      complain(
        reading,
        'structure',
        parent,
        name,
        `"${name}" is no object`,
        `Correct the entry of "${key}".`,
      );
      return [];
    }
    return [[name, value] as const];
  });
}

/** The list at a key; an empty one where it is absent or, which is complained of, something else. */
export function listAt(reading: Reading, node: JsonObject, key: string): readonly Json[] {
  const value = node[key];
  if (value !== undefined && !isArray(value)) {
    complain(reading, 'structure', node, key, `"${key}" is no list`, 'Write its members with a dash each.');
  }
  return isArray(value) ? value : [];
}

/** The text at a key, or undefined where it is absent or, which is complained of, something else. */
export function textAt(reading: Reading, node: JsonObject, key: string): string | undefined {
  const value = node[key];
  if (value !== undefined && typeof value !== 'string') {
    complain(reading, 'structure', node, key, `"${key}" is no text`, 'Put it in quotes.');
  }
  return typeof value === 'string' ? value : undefined;
}
