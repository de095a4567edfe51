import { documentOfValue, type SourceDocument } from '../documents/document.ts';
import { readDocument, toUrl } from '../documents/read.ts';
import { KitError, type Location } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { checkSemantics } from './consistency.ts';
import { checkExtensions } from './extensions.ts';
import type { Description } from './model.ts';
import { readOperations } from './operations.ts';
import { Origins } from './origins.ts';
import { applyOverlay } from './overlay.ts';
import { complain, listAt, type Reading } from './reading.ts';
import { referencedDocument, referencesIn, resolveReferences, type Trees } from './references.ts';
import { Schemas } from './schemas.ts';

export interface LoadOptions {
  /** OpenAPI Overlay 1.0 documents (paths or URLs), applied in this order. */
  readonly overlays?: readonly (string | URL)[];
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
  const origins = new Origins();
  const entry = await readEntry(source);
  const tree = adopt(entry.document, origins);
  refuseOtherFormats(tree, entry.document);
  for (const overlay of options.overlays ?? []) {
    const document = await readDocument(overlay);
    origins.adopt(document.value, document);
    await applyOverlay(tree, document, origins);
  }
  const trees = await readReferenced(entry.base, tree, origins);
  const root = resolveReferences(entry.base, trees, origins);
  return readModel(isObject(root) ? root : {}, entry.document.file, origins);
}

function readModel(root: JsonObject, source: string, origins: Origins): Description {
  const reading: Reading = { origins, problems: [] };
  const schemas = new Schemas(reading);
  checkExtensions(reading, root);
  stopOn(reading);
  const operations = readOperations(reading, root, schemas);
  schemas.checkExamplesInside();
  for (const operation of operations) {
    checkSemantics(reading, operation);
  }
  const info = isObject(root['info']) ? root['info'] : {};
  const basePaths = readBasePaths(reading, root);
  stopOn(reading);
  return {
    source,
    title: String(info['title'] ?? ''),
    openapi: String(root['openapi']),
    document: root,
    basePaths,
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

/** A copy of a document's value that overlays may change, with its lines noted. */
function adopt(document: SourceDocument, origins: Origins): Json {
  const tree = structuredClone(document.value);
  origins.adopt(tree, document);
  return tree;
}

/** Reads every document that references lead to, and those that they lead to in turn. */
async function readReferenced(base: string, tree: Json, origins: Origins): Promise<Trees> {
  const trees: Trees = new Map([[base, tree]]);
  const pending = [base];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    for (const [reference, holder] of referencesIn(trees.get(from) ?? null)) {
      const where = origins.locate(holder, '$ref');
      const url = documentUrl(reference, from, where);
      if (!trees.has(url)) {
        trees.set(url, adopt(await readDocument(new URL(url), where), origins));
        pending.push(url);
      }
    }
  }
  return trees;
}

function documentUrl(reference: string, base: string, where: Location): string {
  try {
    return referencedDocument(reference, base);
  } catch {
    const facts = { reason: `the reference "${reference}" is no URL`, advice: 'Correct it.' };
    throw KitError.of('DESCRIPTION_INVALID', facts, where);
  }
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

/** The paths of `servers` without their trailing slash, variables replaced by their defaults; `['']` where there are none. */
function readBasePaths(reading: Reading, root: JsonObject): readonly string[] {
  const urls = listAt(reading, root, 'servers').flatMap((server) =>
    isObject(server) ? readUrl(reading, server) : [],
  );
  const paths = urls.map(({ pathname }) => pathname.replace(/\/+$/, ''));
  return paths.length > 0 ? [...new Set(paths)] : [''];
}

function readUrl(reading: Reading, server: JsonObject): URL[] {
  const variables = isObject(server['variables']) ? server['variables'] : {};
  const text = String(server['url'] ?? '/');
  const url = text.replace(/\{(\w+)\}/g, (_, name: string) => defaultOf(variables[name]));
  if (!URL.canParse(url, 'http://localhost/')) {
    complain(
      reading,
      server,
      'url',
      `the server "${text}" is no URL`,
      'Correct it, or the defaults of its variables.',
    );
    return [];
  }
  return [new URL(url, 'http://localhost/')];
}

function defaultOf(variable: Json | undefined): string {
  return isObject(variable) ? String(variable['default'] ?? '') : '';
}

function stopOn({ problems }: Reading): void {
  if (problems.length > 0) {
    throw new KitError(problems);
  }
}
