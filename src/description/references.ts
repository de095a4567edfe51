import { valueAt } from '../documents/pointer.ts';
import { KitError } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Origins } from './origins.ts';
import { type Level, levelBelow } from './structure.ts';

/** The trees of all documents that a description consists of, by the URL they were read from. */
export type Trees = Map<string, Json>;

/** The part of a `$ref` before `#`, resolved against the document that it stands in. */
export function referencedDocument(reference: string, base: string): string {
  const url = new URL(reference, base);
  url.hash = '';
  return url.href;
}

/** Every `$ref` below a value, with the object that holds it; data such as examples hold none. */
export function* referencesIn(
  value: Json,
  level: Level = 'keywords',
): Generator<readonly [string, JsonObject]> {
  if (typeof value !== 'object' || value === null || level === 'data') {
    return;
  }
  if (isReference(value, level)) {
    yield [value.$ref, value];
  }
  for (const [key, child] of Object.entries(value)) {
    yield* referencesIn(child, isArray(value) ? level : levelBelow(level, key, child));
  }
}

/**
 * Replaces every reference by what it names (OpenAPI 3.0.3 "Reference Object"). Equal references become one object, so a
 * schema that contains itself becomes a cyclic object.
 * @throws KitError DESCRIPTION_INVALID for a reference that leads nowhere or to itself.
 */
export function resolveReferences(entry: string, trees: Trees, origins: Origins): Json {
  const copies = new Map<object, Json>();

  function resolve(value: Json, base: string, level: Level): Json {
    if (typeof value !== 'object' || value === null || level === 'data') {
      return value;
    }
    if (isReference(value, level)) {
      return resolveReference(value, base);
    }
    return copies.get(value) ?? copy(value, base, level);
  }

  function copy(value: JsonObject | readonly Json[], base: string, level: Level): Json {
    const made: Json[] | Record<string, Json> = isArray(value) ? [] : {};
    copies.set(value, made);
    origins.copy(made, value);
    for (const [key, child] of Object.entries(value)) {
      const resolved = resolve(child, base, isArray(value) ? level : levelBelow(level, key, child));
      Object.defineProperty(made, key, {
        value: resolved,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return made;
  }

  function resolveReference(node: Reference, base: string): Json {
    const { value, base: home } = follow(node, base, trees, origins);
    const target = resolve(value, home, 'keywords');
    const { $ref: _, ...siblings } = node;
    return isObject(target) && Object.keys(siblings).length > 0
      ? withSiblings(target, siblings, node, base)
      : target;
  }

  /** OpenAPI 3.1: `summary` and `description` replace the target's; in a schema other keywords hold beside it. */
  function withSiblings(target: JsonObject, siblings: JsonObject, node: Reference, base: string): Json {
    if (!isVersion31(trees.get(entry))) {
      return target;
    }
    const own = resolve({ ...siblings }, base, 'keywords');
    const onlyWords = Object.keys(siblings).every((key) => key === 'summary' || key === 'description');
    const merged = onlyWords
      ? { ...target, ...siblings }
      : { ...(isObject(own) ? own : {}), allOf: [target] };
    origins.copy(merged, onlyWords ? target : node);
    return merged;
  }

  return resolve(trees.get(entry) ?? null, entry, 'keywords');
}

interface Reference extends JsonObject {
  readonly $ref: string;
}

function isReference(value: Json, level: Level): value is Reference {
  return level === 'keywords' && isObject(value) && typeof value['$ref'] === 'string';
}

/** The value that a reference ends at, through references that name references. */
function follow(
  node: Reference,
  base: string,
  trees: Trees,
  origins: Origins,
): { value: Json; base: string } {
  const seen = new Set<JsonObject>();
  let value: Json = node;
  let home = base;
  while (isReference(value, 'keywords')) {
    if (seen.has(value)) {
      throw dangling(node, 'leads back to itself', origins);
    }
    seen.add(value);
    const url: string = referencedDocument(value.$ref, home);
    const target: Json | undefined = valueAt(trees.get(url) ?? null, pointerOf(value.$ref, origins, node));
    if (target === undefined) {
      throw dangling(value, 'names nothing', origins);
    }
    value = target;
    home = url;
  }
  return { value, base: home };
}

function pointerOf(reference: string, origins: Origins, node: JsonObject): string {
  const [, fragment = ''] = reference.split('#', 2);
  try {
    const pointer = decodeURIComponent(fragment);
    if (pointer === '' || pointer.startsWith('/')) {
      return pointer;
    }
  } catch {
    // A malformed escape is reported like a fragment that is no JSON pointer.
  }
  throw dangling(node, 'has a fragment that is no JSON pointer', origins);
}

function dangling(node: JsonObject, what: string, origins: Origins): KitError {
  return KitError.of(
    'DESCRIPTION_INVALID',
    {
      reason: `the reference "${node['$ref']}" ${what}`,
      advice: 'Correct it, or add what it should name; a pointer starts with "#/".',
    },
    origins.locate(node, '$ref'),
  );
}

function isVersion31(root: Json | undefined): boolean {
  return isObject(root) && String(root['openapi']).startsWith('3.1');
}
