import { promisify, types } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { BodyProblem } from './exchange.ts';
import { BODY_LIMIT, sizeText } from './limits.ts';

/** A body after content decoding, or why there is none. */
export type Decoded = { readonly body: Buffer } | { readonly problem: BodyProblem };

type Decoder = (bytes: Buffer) => Promise<Buffer>;

const bounded = { maxOutputLength: BODY_LIMIT };
const gunzipAsync = promisify<Buffer, object, Buffer>(gunzip);
const brotliAsync = promisify<Buffer, object, Buffer>(brotliDecompress);
const inflateAsync = promisify<Buffer, object, Buffer>(inflate);
const inflateRawAsync = promisify<Buffer, object, Buffer>(inflateRaw);

/** By content coding (RFC 9110 8.4.1), in lower case. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['identity', (bytes) => Promise.resolve(bytes)],
  ['gzip', (bytes) => gunzipAsync(bytes, bounded)],
  ['x-gzip', (bytes) => gunzipAsync(bytes, bounded)],
  ['br', (bytes) => brotliAsync(bytes, bounded)],
  ['deflate', decodeDeflate],
]);

/** Registered codings that cannot be undone here (https://www.iana.org/assignments/http-parameters). */
const UNSUPPORTED = ['aes128gcm', 'compress', 'dcb', 'dcz', 'exi', 'pack200-gzip', 'x-compress', 'zstd'];

/**
 * Undoes the codings of a `Content-Encoding` field, the last one first (RFC 9110 8.4). Stricter than browsers: a stream
 * that is cut short or fails its checksum is a problem.
 */
export function decodeContent(bytes: Buffer, field: string | undefined): Promise<Decoded> {
  return undo(bytes, codingsOf(field));
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Undoes codings, given in lower case and in the order in which they were applied. One body at a time, since each may
 * take all the memory that one may take.
 */
export function undo(bytes: Buffer, codings: readonly string[]): Promise<Decoded> {
  const result = turn.then(() => undoAll(bytes, codings));
  turn = result;
  return result;
}

async function undoAll(bytes: Buffer, codings: readonly string[]): Promise<Decoded> {
  let body = bytes;
  for (const coding of codings.toReversed()) {
    const decoder = DECODERS.get(coding);
    if (!decoder) {
      const isRegistered = UNSUPPORTED.includes(coding);
      return isRegistered
        ? problem('unsupported', `its content coding "${coding}" cannot be undone here`)
        : problem('coding', `there is no content coding "${coding}"`);
    }
    try {
      body = await decoder(body);
    } catch (error) {
      return failureOf(coding, error);
    }
  }
  return { body };
}

/** The codings of a field, in lower case and in order. */
export function codingsOf(field: string | undefined): readonly string[] {
  const names = (field ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '');
}

/** "deflate" means the zlib format; many senders leave its wrapper out, and recipients accept that (RFC 9110 8.4.1.2). */
async function decodeDeflate(bytes: Buffer): Promise<Buffer> {
  try {
    return await inflateAsync(bytes, bounded);
  } catch (error) {
    if (isTooLarge(error)) {
      throw error;
    }
    return inflateRawAsync(bytes, bounded);
  }
}

function failureOf(coding: string, error: unknown): Decoded {
  const message = types.isNativeError(error) ? error.message : String(error);
  return isTooLarge(error)
    ? problem('size', `it decodes to more than ${sizeText(BODY_LIMIT)}`)
    : problem('coding', `its bytes are not ${coding}: ${message}`);
}

function isTooLarge(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function problem(kind: BodyProblem['kind'], detail: string): Decoded {
  return { problem: { kind, detail } };
}
