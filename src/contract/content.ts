import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { types } from 'node:util';
import type { Json } from '../json.ts';
import { cutDeep } from './json-depth.ts';
import { DEEP, type Oddity, scanJson } from './json-scan.ts';
import { sizeOfJson } from './json-size.ts';
import { BEGINNING, sizeText } from './limits.ts';

/** What a body is when it is read as JSON. */
export type Content =
  /** There is no body to judge: no answer came, or a recording does not hold it, or it cannot be decoded or kept. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'empty' }
  /** `encoding` says how its bytes break RFC 8259 8.1 though they can be read. */
  | {
      readonly kind: 'json';
      /** What is nested deeper than 1000 levels is null. */
      readonly value: Json;
      readonly encoding: string | undefined;
      /** What the value does not show; absent where that is nothing. */
      readonly oddities?: readonly Oddity[];
    }
  /** No JSON text. `encoding` as above; `syntax` says what is wrong with the text. */
  | { readonly kind: 'other'; readonly syntax: string; readonly encoding: string | undefined };

/** The most memory that the different bodies of a live run may take once they are read: 64 MiB. */
export const SHELF = 64 * 1024 * 1024;

/** A body and what it is. */
export interface ReadBody {
  /** Its beginning, where it is long; undefined where it is not kept. */
  readonly body: Buffer | undefined;
  /** How many bytes it has, where not all of them are kept. */
  readonly bodySize?: number;
  readonly content: Content;
  /** Why it was not read to its end; absent where it was. */
  readonly excess?: string;
}

const NOT_READ: ReadBody = { body: undefined, content: { kind: 'unknown' } };

/** Reads bodies, equal ones once: a run asks for the same long list many times. */
export class Contents {
  /** By their length and digest. */
  readonly #kept = new Map<string, ReadBody>();
  readonly #others: ReadonlyMap<string, ReadBody>;
  #room: number;
  #dropped = 0;

  /** Different bodies may take so many bytes of memory, roughly; later ones are not kept. Those that others keep take none. */
  constructor(room = Number.POSITIVE_INFINITY, others?: Contents) {
    this.#room = room;
    this.#others = others ? others.#kept : new Map();
  }

  /** What a body is; the body that comes with it is the first one of the same bytes, so that the others can be let go. */
  read(body: Buffer | undefined): ReadBody {
    if (body === undefined) {
      return NOT_READ;
    }
    const key = `${body.length} ${hash('sha1', body, 'base64')}`;
    return this.#others.get(key) ?? this.#kept.get(key) ?? this.#readNew(body, key);
  }

  /** What was not kept, as reasons for what stays untested. */
  leftOut(): readonly string[] {
    const reason = `bodies beyond the ${sizeText(SHELF)} that different ones may take were not judged`;
    return this.#dropped === 0 ? [] : [`${reason}: ${this.#dropped}`];
  }

  #readNew(body: Buffer, key: string): ReadBody {
    const text = textOf(body);
    const { bytes, excess } = sizeOfJson(text);
    if (excess !== undefined) {
      return { ...NOT_READ, excess };
    }
    const isLong = body.length > BEGINNING;
    const taken = bytes + Math.min(body.length, BEGINNING);
    if (taken > this.#room) {
      this.#dropped += 1;
      return NOT_READ;
    }
    this.#room -= taken;
    const content = readContent(body, text);
    const read = isLong
      ? { body: Buffer.from(body.subarray(0, BEGINNING)), bodySize: body.length, content }
      : { body, content };
    this.#kept.set(key, read);
    return read;
  }
}

/** Reads a JSON text (RFC 8259): strictly by its grammar, and with what its bytes do against section 8.1. */
export function readContent(body: Buffer, text = textOf(body)): Content {
  if (body.length === 0) {
    return { kind: 'empty' };
  }
  const encoding = encodingProblem(body);
  try {
    const value: Json = JSON.parse(text);
    const oddities = scanJson(text);
    const isDeep = oddities.some(({ kind }) => kind === 'depth');
    const facts = {
      kind: 'json',
      value: isDeep ? JSON.parse(cutDeep(text, DEEP)) : value,
      encoding,
    } as const;
    return oddities.length > 0 ? { ...facts, oddities } : facts;
  } catch (error) {
    return { kind: 'other', syntax: types.isNativeError(error) ? error.message : String(error), encoding };
  }
}

function textOf(body: Buffer): string {
  return new TextDecoder('utf-8').decode(body);
}

function encodingProblem(body: Buffer): string | undefined {
  if (body.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) {
    return 'a byte order mark in front of it';
  }
  return isUtf8(body) ? undefined : 'bytes that are not UTF-8';
}
