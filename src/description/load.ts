import { documentOfValue, type SourceDocument } from '../documents/document.ts';
import { readDocument, toUrl } from '../documents/read.ts';
import { KitError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { checkSemantics } from './consistency.ts';
import { checkExtensions } from './extensions.ts';
import type { Description } from './model.ts';
import { readOperations } from './operations.ts';
import { Origins } from './origins.ts';
import { applyOverlay } from './overlay.ts';
import type { Reading } from './reading.ts';
import { resolveReferences } from './references.ts';
import { Schemas } from './schemas.ts';
import { readBasePaths } from './servers.ts';
import { adopt, readReferenced, type Trees } from './trees.ts';

export interface LoadOptions {
  /** OpenAPI Overlay 1.0 documents (paths or URLs), applied in this order. */
  readonly overlays?: readonly (string | URL)[];
}

/** A description as far as it could be read, whatever is wrong with it. */
export interface Draft {
  readonly description: Description;
  /** Where things are, and what is wrong. */
  readonly reading: Reading;
  /** Its schemas, compiled. */
  readonly compiled: Schemas;
  /** The documents that it consists of, after the overlays, with their references as they were written. */
  readonly trees: Trees;
  /** The URL of the first of them. */
  readonly entry: string;
}

/**
 * Loads a description: a file path, a URL, or an OpenAPI document as an object.
 * Overlays come first, then references, then the checks: schemas compile, examples obey them, extensions mean something.
 * @throws KitError DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX, OVERLAY_INVALID, DESCRIPTION_INVALID (all mistakes at once)
 */
export async function loadDescription(
  source: string | URL | JsonObject,
  options: LoadOptions = {},
): Promise<Description> {
  const { description, reading } = await readDescription(source, options);
  if (reading.problems.length > 0) {
    throw new KitError(reading.problems);
  }
  return description;
}

/**
 * The same for a description that may be wrong: its mistakes are in `reading.problems`.
 * @throws KitError where there is nothing to judge: DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX (of the document itself),
 * OVERLAY_INVALID, DESCRIPTION_INVALID for what is no OpenAPI 3.0 or 3.1.
 */
export async function readDescription(
  source: string | URL | JsonObject,
  options: LoadOptions = {},
): Promise<Draft> {
  const origins = new Origins();
  const reading: Reading = { origins, problems: [], unresolved: new WeakSet() };
  const entry = await readEntry(source);
  const tree = adopt(entry.document, origins);
  refuseOtherFormats(tree, entry.document);
  const overlays: string[] = [];
  for (const overlay of options.overlays ?? []) {
    const document = await readDocument(overlay);
    overlays.push(document.file);
    origins.adopt(document.value, document);
    await applyOverlay(tree, document, origins);
  }
  const trees = await readReferenced(entry.base, tree, reading);
  const root = resolveReferences(entry.base, trees, reading);
  const compiled = new Schemas(reading);
  const description = readModel(isObject(root) ? root : {}, reading, compiled);
  const named = { ...description, source: entry.document.file, overlays };
  return { description: named, reading, compiled, trees, entry: entry.base };
}

type Model = Omit<Description, 'source' | 'overlays'>;

function readModel(root: JsonObject, reading: Reading, schemas: Schemas): Model {
  checkExtensions(reading, root);
  // What an extension says is compared with the rest only where both are whole.
  const isWhole = reading.problems.length === 0;
  const operations = readOperations(reading, root, schemas);
  schemas.checkExamplesInside();
  for (const operation of isWhole ? operations : []) {
    checkSemantics(reading, operation);
  }
  const info = isObject(root['info']) ? root['info'] : {};
  return {
    title: String(info['title'] ?? ''),
    openapi: String(root['openapi']),
    document: root,
    basePaths: readBasePaths(reading, root),
    operations,
  };
}

async function readEntry(
  source: string | URL | JsonObject,
): Promise<{ document: SourceDocument; base: string }> {
  if (typeof source === 'string' || source instanceof URL) {
    const url = toUrl(source);
    return { document: await readDocument(url), base: url.href };
  }
  return { document: documentOfValue(source, '(object)'), base: toUrl('.').href };
}

function refuseOtherFormats(tree: Json, document: SourceDocument): void {
  const version = isObject(tree) ? tree['openapi'] : undefined;
  if (typeof version === 'string' && /^3\.[01]\.\d+/.test(version)) {
    return;
  }
  const found =
    version === undefined ? 'it has no "openapi" member' : `its version is ${JSON.stringify(version)}`;
  const facts = {
    reason: `this is no OpenAPI 3.0 or 3.1 description: ${found}`,
    advice: 'Give a document that starts with "openapi: 3.0.3" or the like.',
  };
  throw KitError.of('DESCRIPTION_INVALID', facts, document.locate('/openapi'));
}
