import { promisify, types } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** The most bytes of one body that are kept, before and after decoding: 64 MiB. */
export const BODY_LIMIT = 64 * 1024 * 1024;

/** A body after content decoding, or why there is none. */
export type Decoded =
  | { readonly body: Buffer }
  | { readonly problem: { readonly kind: 'coding' | 'size'; readonly detail: string } };

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

/**
 * Undoes the codings of a `Content-Encoding` field, the last one first (RFC 9110 8.4). Stricter than browsers: a stream
 * that is cut short or fails its checksum is a problem.
 */
export async function decodeContent(bytes: Buffer, field: string | undefined): Promise<Decoded> {
  let body = bytes;
  for (const coding of codingsOf(field).toReversed()) {
    const decoder = DECODERS.get(coding);
    if (!decoder) {
      return problem('coding', `its content coding "${coding}" is unknown here`);
    }
    try {
      body = await decoder(body);
    } catch (error) {
      return failureOf(coding, error);
    }
  }
  return { body };
}

function codingsOf(field: string | undefined): readonly string[] {
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
    ? problem('size', `it decodes to more than ${BODY_LIMIT / 1024 / 1024} MiB`)
    : problem('coding', `its bytes are not ${coding}: ${message}`);
}

function isTooLarge(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function problem(kind: 'coding' | 'size', detail: string): Decoded {
  return { problem: { kind, detail } };
}
