import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { KitError, type Location } from '../errors.ts';
import { parseDocument, type SourceDocument } from './document.ts';

/** Seconds that a document behind a URL may take. */
const FETCH_SECONDS = 20;

/**
 * Reads a YAML or JSON document from a file path, a `file:` URL or an `http(s):` URL. `askedAt` is where another document
 * names it.
 * @throws KitError DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX
 */
export async function readDocument(source: string | URL, askedAt?: Location): Promise<SourceDocument> {
  const url = toUrl(source);
  return parseDocument(await readText(url, askedAt), displayName(url));
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

/**
 * The text behind a `file:` or `http(s):` URL.
 * @throws KitError DOCUMENT_UNREADABLE
 */
export async function readText(url: URL, askedAt?: Location): Promise<string> {
  try {
    return url.protocol === 'file:' ? await readFile(url, 'utf8') : await fetchText(url);
  } catch (error) {
    throw KitError.of('DOCUMENT_UNREADABLE', { source: displayName(url), reason: reasonOf(error) }, askedAt);
  }
}

async function fetchText(url: URL): Promise<string> {
  const { username, password } = url;
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  const credentials = Buffer.from(decodeURIComponent(`${username}:${password}`)).toString('base64');
  const response = await fetch(bare, {
    headers: username || password ? { authorization: `Basic ${credentials}` } : {},
    signal: AbortSignal.timeout(FETCH_SECONDS * 1000),
  });
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}`);
  }
  return await response.text();
}

/** The words for the failures that are common; others speak for themselves. */
const REASONS = new Map([
  ['ENOENT', 'no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
]);

function reasonOf(error: unknown): string {
  const { code, cause, message } = new Object(error) as { code?: string; cause?: unknown; message?: string };
  return REASONS.get(code ?? '') ?? (cause === undefined ? (message ?? String(error)) : reasonOf(cause));
}
