import { createHash } from 'node:crypto';
import { types } from 'node:util';
import type { Json } from '../json.ts';
import { type Oddity, scanJson } from './json-scan.ts';

/** What a body is when it is read as JSON. */
export type Content =
  /** There is no body to judge: no answer came, or a recording does not hold it, or it cannot be decoded. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'empty' }
  /** `encoding` says how its bytes break RFC 8259 8.1 though they can be read. */
  | {
      readonly kind: 'json';
      readonly value: Json;
      readonly encoding: string | undefined;
      /** What the value does not show; absent where that is nothing. */
      readonly oddities?: readonly Oddity[];
    }
  /** No JSON text. `encoding` as above; `syntax` says what is wrong with the text. */
  | { readonly kind: 'other'; readonly syntax: string; readonly encoding: string | undefined };

/** A body and what it is. */
interface ReadBody {
  readonly body: Buffer | undefined;
  readonly content: Content;
}

/** Reads bodies, equal ones once: a run asks for the same long list many times. */
export class Contents {
  readonly #known = new Map<string, ReadBody>();

  /** What a body is; the body that comes with it is the first one of the same bytes, so that the others can be let go. */
  read(body: Buffer | undefined): ReadBody {
    if (body === undefined) {
      return { body, content: { kind: 'unknown' } };
    }
    const digest = createHash('sha256').update(body).digest('base64');
    const known = this.#known.get(digest) ?? { body, content: readContent(body) };
    this.#known.set(digest, known);
    return known;
  }
}

/** Reads a JSON text (RFC 8259): strictly by its grammar, and with what its bytes do against section 8.1. */
export function readContent(body: Buffer): Content {
  if (body.length === 0) {
    return { kind: 'empty' };
  }
  const encoding = encodingProblem(body);
  const text = new TextDecoder('utf-8').decode(body);
  try {
    const value: Json = JSON.parse(text);
    const oddities = scanJson(text);
    return oddities.length > 0
      ? { kind: 'json', value, encoding, oddities }
      : { kind: 'json', value, encoding };
  } catch (error) {
    return { kind: 'other', syntax: types.isNativeError(error) ? error.message : String(error), encoding };
  }
}

function encodingProblem(body: Buffer): string | undefined {
  if (body.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) {
    return 'a byte order mark in front of it';
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return undefined;
  } catch {
    return 'bytes that are not UTF-8';
  }
}
