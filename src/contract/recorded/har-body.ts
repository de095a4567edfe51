import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { parseJson } from './json-text.ts';

/**
 * The content of an answer; undefined where the HAR file does not hold it, or not all of it. A body of which a tool kept
 * only a part must not be taken for a server's mistake.
 */
export async function bodyOf(response: JsonObject, folder: string): Promise<Buffer | undefined> {
  const content = response['content'];
  // What stands beside a 304 is the browser's own copy.
  if (!isObject(content) || isBrokenOff(response) || response['status'] === 304) {
    return undefined;
  }
  const body = await heldBody(content, folder);
  return body && isWhole(body, content['size']) ? body : undefined;
}

/** Chromium and Playwright say so when the transfer ended early, be it that the page was left. */
function isBrokenOff(response: JsonObject): boolean {
  return Boolean(response['_error'] ?? response['_failureText']);
}

async function heldBody(content: JsonObject, folder: string): Promise<Buffer | undefined> {
  const { text, encoding, _file: file } = content;
  if (typeof text === 'string') {
    return Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
  }
  return typeof file === 'string' ? await readAttachment(file, folder) : undefined;
}

/** Playwright can keep bodies in files beside the HAR file (`content: 'attach'`); what lies elsewhere is not read. */
async function readAttachment(file: string, folder: string): Promise<Buffer | undefined> {
  const path = resolve(folder, file);
  if (!path.startsWith(resolve(folder) + sep)) {
    return undefined;
  }
  return await readFile(path).catch(() => undefined);
}

/** Tools cut long bodies (Firefox at 1 MB): one shorter than its size is whole only if it still is a JSON text. */
function isWhole(body: Buffer, size: Json | undefined): boolean {
  return typeof size !== 'number' || body.length >= size || parseJson(body.toString()) !== undefined;
}
