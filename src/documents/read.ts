import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { KitError } from '../errors.ts';
import { parseDocument, type SourceDocument } from './document.ts';

/** Seconds that a document behind a URL may take. */
const FETCH_SECONDS = 20;

/**
 * Reads a YAML or JSON document from a file path, a `file:` URL or an `http(s):` URL.
 * @throws KitError DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX
 */
export async function readDocument(source: string | URL): Promise<SourceDocument> {
  const url = toUrl(source);
  return parseDocument(await readText(url), displayName(url));
}

/** The URL of a path or URL; paths are taken from the working directory. */
export function toUrl(source: string | URL): URL {
  if (source instanceof URL) {
    return source;
  }
  return /^(https?|file):\/\//i.test(source) ? new URL(source) : pathToFileURL(resolve(source));
}

/** How a document is called in messages: a path from the working directory where that is shorter, or the URL without userinfo. */
export function displayName(url: URL): string {
  if (url.protocol !== 'file:') {
    const shown = new URL(url);
    shown.username = '';
    shown.password = '';
    return shown.href;
  }
  const absolute = fileURLToPath(url);
  const fromHere = relative(process.cwd(), absolute);
  return fromHere.startsWith('..') ? absolute : fromHere;
}

async function readText(url: URL): Promise<string> {
  try {
    return url.protocol === 'file:' ? await readFile(url, 'utf8') : await fetchText(url);
  } catch (error) {
    throw KitError.of('DOCUMENT_UNREADABLE', { source: displayName(url), reason: reasonOf(error) });
  }
}

async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_SECONDS * 1000) });
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}`);
  }
  return await response.text();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if ('code' in error && error.code === 'ENOENT') {
    return 'no such file';
  }
  if ('code' in error && error.code === 'EISDIR') {
    return 'it is a folder';
  }
  return error.cause instanceof Error ? error.cause.message : error.message;
}
