import { valueAt } from '../documents/pointer.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { complain, type Reading } from './reading.ts';
import { type Level, levelBelow } from './structure.ts';
import { isReference, type Reference, referencedDocument, type Trees } from './trees.ts';

/**
 * Replaces every reference by what it names (OpenAPI 3.0.3 "Reference Object"). Equal references become one object, so a
 * schema that contains itself becomes a cyclic object. One that leads nowhere, or to itself, becomes a problem of the
 * reading and an empty object.
 */
export function resolveReferences(entry: string, trees: Trees, reading: Reading): Json {
  const copies = new Map<object, Json>();
  const follow = follower(trees, reading);

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
    reading.origins.copy(made, value);
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
    const end = follow(node, base);
    if (!end) {
      return placeholder(node, reading);
    }
    const target = resolve(end.value, end.base, 'keywords');
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
    reading.origins.copy(merged, onlyWords ? target : node);
    return merged;
  }

  return resolve(trees.get(entry) ?? null, entry, 'keywords');
}

/** A value, and the URL of the document that it stands in. */
interface End {
  readonly value: Json;
  readonly base: string;
}

/** Finds what a reference ends at, through references that name references; each that is broken is complained of once. */
function follower(trees: Trees, reading: Reading): (node: Reference, base: string) => End | undefined {
  const broken = new Set<object>();

  function refuse(node: Reference, what: string): undefined {
    if (!broken.has(node)) {
      broken.add(node);
      const advice = 'Correct it, or add what it should name; a pointer starts with "#/".';
      complain(reading, 'reference', node, '$ref', `the reference "${node.$ref}" ${what}`, advice);
    }
  }

  /** One step; undefined where there is none, which was complained of here or when the documents were read. */
  function step(node: Reference, base: string): End | undefined {
    const url = URL.canParse(node.$ref, base) ? referencedDocument(node.$ref, base) : '';
    const tree = trees.get(url);
    if (tree === undefined) {
      return undefined;
    }
    const pointer = pointerOf(node.$ref);
    if (pointer === undefined) {
      return refuse(node, 'has a fragment that is no JSON pointer');
    }
    const value = valueAt(tree, pointer);
    return value === undefined ? refuse(node, 'names nothing') : { value, base: url };
  }

  return (node, base) => {
    const seen = new Set<Json>();
    let end: End | undefined = { value: node, base };
    while (end && isReference(end.value, 'keywords')) {
      if (seen.has(end.value)) {
        return refuse(node, 'leads back to itself');
      }
      seen.add(end.value);
      end = step(end.value, end.base);
    }
    return end;
  };
}

/** The JSON pointer in the fragment of a reference; undefined where the fragment is none. */
function pointerOf(reference: string): string | undefined {
  const [, fragment = ''] = reference.split('#', 2);
  try {
    const pointer = decodeURIComponent(fragment);
    return pointer === '' || pointer.startsWith('/') ? pointer : undefined;
  } catch {
    return undefined;
  }
}

/** What stands for a reference that leads nowhere: it allows everything, and nothing that it lacks is complained of. */
function placeholder(node: Reference, { origins, unresolved }: Reading): JsonObject {
  const empty = {};
  origins.copy(empty, node);
  unresolved.add(empty);
  return empty;
}

function isVersion31(root: Json | undefined): boolean {
  return isObject(root) && String(root['openapi']).startsWith('3.1');
}
