import { STATUS_CODES } from 'node:http';
import { isControl } from '../control.ts';
import type { Answer } from '../reply.ts';
import type { Question, Responder, Wire } from '../responder.ts';
import { splitTarget } from '../target.ts';
import { rewritten } from './accept.ts';
import { sayApi } from './api.ts';
import { badMessage } from './pages.ts';
import { decode } from './resources.ts';
import { type Said, type ServerParts, type ServerRequest, sayPage, saySupported } from './said.ts';
import { ServerWire } from './server-wire.ts';
import { sayOutside } from './servlets.ts';

/** Why a request cannot be understood: the status, and its name where that is another one. */
interface Bad {
  readonly bad: number;
  readonly reason?: string;
}

/** Answers as a server with certain habits does, byte by byte. */
export class ServerResponder implements Responder {
  readonly wire: Wire = new ServerWire(this);
  readonly #parts: ServerParts;
  readonly #usual: Responder;

  /** `usual` answers the requests to the mock itself. */
  constructor(parts: ServerParts, usual: Responder) {
    this.#parts = parts;
    this.#usual = usual;
  }

  readonly refuse: Responder['refuse'] = (...refusal) => this.#usual.refuse(...refusal);

  async answer(question: Question): Promise<Answer> {
    if (isControl(question.target)) {
      return this.#usual.answer(question);
    }
    try {
      return this.#withFaults(await this.#say(question), question);
    } catch (error) {
      return this.refuse('mock-failed', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** The answer to what cannot be understood as a request; the connection is closed after it. */
  bad(status: number, reason = STATUS_CODES[status] ?? ''): Answer {
    const { type, text } = badMessage(status, reason);
    const body = Buffer.from(text);
    const content = ['Content-Type', type, 'Content-Length', String(body.length)];
    const headers = [...content, 'Connection', 'close', 'Server', this.#parts.habits.software];
    return { ...BARE, status, reason, headers, body, why: `bad message: ${reason}` };
  }

  /** The answer to CONNECT, about which no servlet is asked. */
  tunnel(question: Question): Answer {
    return this.#answerOf({ status: 501, isDated: false, why: 'no tunnels' }, question);
  }

  async #say(question: Question): Promise<Said | Bad> {
    const { method, headers } = question;
    const wrong = objection(question);
    if (wrong) {
      return wrong;
    }
    const target = Buffer.from(question.target, 'latin1').toString().replace(/#.*$/s, '');
    if (target === '*') {
      return saySupported();
    }
    const { path, query } = splitTarget(target);
    if (/%(?![0-9a-f]{2})|%00/i.test(path) || !path.startsWith('/')) {
      return { bad: 400 };
    }
    const { habits } = this.#parts;
    const isApi = isBelow(habits.base, path);
    const accept = habits.accept === 'rewritten' && isApi ? rewritten(headers.accept) : headers.accept;
    const request: ServerRequest = { ...question, path, query, isApi, accept };
    if (method === 'TRACE' && habits.trace === 403) {
      return sayPage(request, { status: 403 }, habits);
    }
    return isApi ? await sayApi(request, this.#parts) : sayOutside(request, this.#parts);
  }

  #withFaults(said: Said | Bad, question: Question): Answer {
    const { delayMs, failure } = this.#parts.scenarios.current.faults;
    const failing = failure && {
      strikes: failure.strikes,
      answer: this.#answerOf({ status: failure.status, isDated: true, why: 'fault' }, question),
    };
    return { ...this.#answerOf(said, question), delayMs, failure: failing };
  }

  #answerOf(said: Said | Bad, question: Question): Answer {
    if ('bad' in said) {
      return this.bad(said.bad, said.reason);
    }
    const { status, reason, first = [], further = [], type, body = Buffer.alloc(0), isDated, why } = said;
    const length = said.isChunked
      ? ['Transfer-Encoding', 'chunked']
      : ['Content-Length', String(body.length)];
    const headers = [
      ...connectionOf(question),
      ...(isDated ? ['Date', new Date().toUTCString()] : []),
      ...first,
      ...(type === undefined ? [] : ['Content-Type', type]),
      ...further,
      ...length,
      'Server',
      this.#parts.habits.software,
    ];
    return { ...BARE, status, ...(reason !== undefined && { reason }), headers, body, why };
  }
}

/** What all answers have that are made here: nothing is added to their headers, and they are not kept. */
const BARE = {
  isBare: true,
  transport: undefined,
  delayMs: 0,
  repeatable: false,
  failure: undefined,
} as const;

/** What is wrong with the head of a request, whatever it asks for. */
function objection({ httpVersion, headers, isFolded }: Question): Bad | undefined {
  if (httpVersion === '0.9') {
    return { bad: 505, reason: 'HTTP/0.9 not supported' };
  }
  if (httpVersion === '2.0') {
    return { bad: 426 };
  }
  if (isFolded) {
    return { bad: 400, reason: 'Header Folding' };
  }
  return headers.host === undefined && httpVersion === '1.1' ? { bad: 400, reason: 'No Host' } : undefined;
}

/** Whether a path leads below a base path, its dots resolved. */
function isBelow(base: string, path: string): boolean {
  const segments: string[] = [];
  for (const segment of decode(path).split('/')) {
    const plain = segment.replace(/;.*$/, '');
    if (plain === '..') {
      segments.pop();
    } else if (plain !== '.') {
      segments.push(plain);
    }
  }
  const resolved = segments.join('/');
  return resolved === base || resolved.startsWith(`${base}/`);
}

/** The server says that it closes a connection, or keeps one that HTTP/1.0 would close. */
function connectionOf({ httpVersion, headers }: Question): readonly string[] {
  const tokens = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/);
  if (tokens.includes('close')) {
    return ['Connection', 'close'];
  }
  return httpVersion === '1.0' && tokens.includes('keep-alive') ? ['Connection', 'keep-alive'] : [];
}
