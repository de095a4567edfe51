import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parseQuery } from '../http/percent.ts';
import type { ReceivedRequest } from '../mock-handle.ts';
import { splitTarget } from './target.ts';

/** The most requests that are remembered. */
const REMEMBERED = 1000;

/** Is told of each request before it is answered; the answer waits for what it promises. */
export type OnRequest = (request: ReceivedRequest) => Promise<void>;

interface Note {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
  readonly at: number;
}

/** Remembers the last requests. Noting one is cheap; what people read is made when they read it. */
export class Journal {
  /** A ring: the oldest note stands at `#next` once all places are taken. */
  readonly #notes: Note[] = [];
  #next = 0;
  readonly #onRequest: OnRequest | undefined;

  constructor(onRequest?: OnRequest) {
    this.#onRequest = onRequest;
  }

  /** The answer is held back until what this promises. */
  note({ method = '', url = '', headers }: IncomingMessage, status: number): Promise<void> | undefined {
    const note = { method, target: url, headers, status, at: Date.now() };
    this.#notes[this.#next] = note;
    this.#next = (this.#next + 1) % REMEMBERED;
    return this.#onRequest?.(received(note));
  }

  /** The last requests, the oldest first. */
  requests(): readonly ReceivedRequest[] {
    return [...this.#notes.slice(this.#next), ...this.#notes.slice(0, this.#next)].map(received);
  }
}

function received({ method, target, headers, status, at }: Note): ReceivedRequest {
  const { path, query } = splitTarget(target);
  const first = new Map<string, string>();
  for (const [name, value = ''] of parseQuery(query)) {
    first.set(name, first.get(name) ?? value);
  }
  return { method, path, query: Object.fromEntries(first), headers, status, at };
}
