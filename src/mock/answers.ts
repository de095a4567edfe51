import type { IncomingMessage } from 'node:http';
import { hasBody } from './delivery.ts';
import type { Answer } from './reply.ts';

/**
 * The most answers that are kept. Where no URL comes twice all of them are kept in vain, and what stays for a while before it
 * goes is what makes a process grow: 2,000 took 30 MB more.
 */
const COUNT_LIMIT = 250;

/** The most bytes of the bodies, headers and keys that are kept; 100,000 jobs are 24 MB. */
const BYTE_LIMIT = 64 * 2 ** 20;

/** What an entry takes beside its texts. */
const ENTRY_BYTES = 500;

/**
 * Answers that were made already, by all that an answer depends on beside the world. They stand in front of express and
 * replay what it made. The halves take turns: when the young one is full, the old one is dropped and it becomes the old.
 */
export class Answers {
  #young = new Map<string, Answer>();
  #old = new Map<string, Answer>();
  #youngBytes = 0;

  find(request: IncomingMessage): Answer | undefined {
    if (!isPlain(request)) {
      return undefined;
    }
    const key = keyOf(request);
    const young = this.#young.get(key);
    if (young) {
      return young;
    }
    const old = this.#old.get(key);
    if (old) {
      this.#put(key, old);
    }
    return old;
  }

  /** Keeps an answer for the next request like this one, if it is sure to be the same. */
  keep(request: IncomingMessage, answer: Answer): void {
    if (answer.repeatable && isPlain(request)) {
      this.#put(keyOf(request), answer);
    }
  }

  #put(key: string, answer: Answer): void {
    const bytes = sizeOf(key, answer);
    if (bytes > BYTE_LIMIT / 2) {
      return;
    }
    if (this.#young.size >= COUNT_LIMIT / 2 || this.#youngBytes + bytes > BYTE_LIMIT / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    this.#young.set(key, answer);
    this.#youngBytes += bytes;
  }
}

/** Whether the key says everything that matters: nothing follows the headers, and none of them is one that is refused. */
function isPlain(request: IncomingMessage): boolean {
  const { host, expect } = request.headers;
  return host !== undefined && expect === undefined && !hasBody(request);
}

/** All of a request that an answer depends on. Header values hold no line feeds, so different ones give different keys. */
function keyOf({ method, url, headers }: IncomingMessage): string {
  const { accept, prefer, origin } = headers;
  const key = `${method} ${url}\n${accept}\n${prefer}\n${origin}`;
  return method === 'OPTIONS' ? key + preflightKeyOf(headers) : key;
}

function preflightKeyOf(headers: IncomingMessage['headers']): string {
  const name = 'access-control-request';
  return `\n${headers[`${name}-method`]}\n${headers[`${name}-headers`]}\n${headers[`${name}-private-network`]}`;
}

function sizeOf(key: string, { headers, body }: Answer): number {
  return ENTRY_BYTES + 2 * key.length + headers.join().length + (body?.length ?? 0);
}
