import type { SourceDocument } from '../documents/document.ts';
import { readDocument } from '../documents/read.ts';
import { KitError, type Location } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Origins } from './origins.ts';
import { complainAt, type Reading } from './reading.ts';
import { type Level, levelBelow } from './structure.ts';

/** The trees of all documents that a description consists of, by the URL they were read from. */
export type Trees = Map<string, Json>;

/** A `$ref` and what stands beside it. */
export interface Reference extends JsonObject {
  readonly $ref: string;
}

/** Whether a value is a reference, rather than data or a property that is called `$ref`. */
export function isReference(value: Json, level: Level): value is Reference {
  return level === 'keywords' && isObject(value) && typeof value['$ref'] === 'string';
}

/** The part of a `$ref` before `#`, resolved against the document that it stands in. */
export function referencedDocument(reference: string, base: string): string {
  const url = new URL(reference, base);
  url.hash = '';
  return url.href;
}

/** A copy of a document's value that overlays may change, with its lines noted. */
export function adopt(document: SourceDocument, origins: Origins): Json {
  const tree = structuredClone(document.value);
  origins.adopt(tree, document);
  return tree;
}

/** Reads every document that references lead to, and those that they lead to in turn; one that cannot be read is a problem. */
export async function readReferenced(base: string, tree: Json, reading: Reading): Promise<Trees> {
  const trees: Trees = new Map([[base, tree]]);
  const asked = new Set([base]);
  const pending = [base];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    for (const [reference, holder] of referencesIn(trees.get(from) ?? null)) {
      const where = reading.origins.locate(holder, '$ref');
      const url = documentUrl(reference, from, where, reading);
      if (url !== undefined && !asked.has(url)) {
        asked.add(url);
        const document = await readInto(reading, url, where);
        if (document) {
          trees.set(url, adopt(document, reading.origins));
          pending.push(url);
        }
      }
    }
  }
  return trees;
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

function documentUrl(reference: string, base: string, where: Location, reading: Reading): string | undefined {
  try {
    return referencedDocument(reference, base);
  } catch {
    complainAt(reading, 'reference', where, `the reference "${reference}" is no URL`, 'Correct it.');
    return undefined;
  }
}

async function readInto(reading: Reading, url: string, where: Location): Promise<SourceDocument | undefined> {
  try {
    return await readDocument(new URL(url), where);
  } catch (error) {
    if (!(error instanceof KitError)) {
      throw error;
    }
    reading.problems.push(...error.problems.map((problem) => ({ ...problem, rule: 'reference' as const })));
    return undefined;
  }
}
