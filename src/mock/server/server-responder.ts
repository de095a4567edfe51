import { STATUS_CODES } from 'node:http';
import { isControl } from '../control.ts';
import type { Answer } from '../reply.ts';
import type { Question, Responder, Wire } from '../responder.ts';
import { splitTarget } from '../target.ts';
import { rewritten } from './accept.ts';
import { sayApi } from './api.ts';
import type { ServerHabits } from './habits.ts';
import type { Bad } from './head-check.ts';
import { badMessage } from './pages.ts';
import { decode } from './resources.ts';
import { isAmong, type Said, type ServerParts, type ServerRequest, sayPage, saySupported } from './said.ts';
import { ServerWire } from './server-wire.ts';
import { sayOutside } from './servlets.ts';

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

  /** The answer to a request of which the body was never sent to its end; the connection is closed after it. */
  cut(): Answer {
    const headers = [
      'Date',
      new Date().toUTCString(),
      'Connection',
      'close',
      'Server',
      this.#parts.habits.software,
    ];
    const body = Buffer.alloc(0);
    return { ...BARE, status: 500, reason: 'Server Error', headers, body, why: 'the body ended too early' };
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
    const { habits } = this.#parts;
    if (target.startsWith('?')) {
      return { bad: 400, reason: 'Bad URI' };
    }
    if (target === '*') {
      return sayAbout(question, habits);
    }
    const { path, query } = splitTarget(target.replace(/^[a-z][-+.a-z0-9]*:\/\//i, 'http://'));
    const resolved = resolve(path);
    if (resolved === undefined || /^[a-z]+:\/\/[^/]*\?/i.test(target)) {
      return { bad: 400 };
    }
    const isRead = ['GET', 'HEAD'].includes(method);
    const isApi = isAmong([habits.base, ...(isRead ? habits.open : [])], resolved);
    const accept = habits.accept === 'rewritten' && isApi ? rewritten(headers.accept) : headers.accept;
    const request: ServerRequest = { ...question, path, resolved, query, isApi, accept };
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
    const length = lengthOf(said, isPersistent(question), question.httpVersion === '1.0');
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
function objection({ httpVersion, headers, problem }: Question): Bad | undefined {
  if (problem) {
    return problem;
  }
  if (httpVersion === '2.0') {
    return { bad: 426 };
  }
  if (httpVersion === '1.0') {
    return undefined;
  }
  if (headers.host === undefined) {
    return { bad: 400, reason: 'No Host' };
  }
  if (!/^(100-continue)?$/i.test(headers.expect ?? '')) {
    return { bad: 417 };
  }
  const isUpgrade = headers.upgrade !== undefined && !tokensOf(headers.connection).includes('upgrade');
  return isUpgrade ? { bad: 400 } : undefined;
}

/**
 * The path that servlets are found by: decoded, its dots resolved, without parameters. Undefined for one that leads out of
 * the root, or is none.
 */
function resolve(path: string): string | undefined {
  if (/%(?!u?[0-9a-f]{2})|%u(?![0-9a-f]{4})|%00/i.test(path) || !path.startsWith('/')) {
    return undefined;
  }
  const segments: string[] = [];
  for (const segment of decode(path).split('/')) {
    const plain = segment.replace(/;.*$/, '');
    if (plain === '..' && segments.length < 2) {
      return undefined;
    }
    if (plain === '..') {
      segments.pop();
    } else if (plain !== '.') {
      segments.push(plain);
    }
  }
  return segments.join('/');
}

/** The answer to a question about the server as a whole. */
function sayAbout(question: Question, habits: ServerHabits): Said {
  if (question.method === 'OPTIONS') {
    return saySupported();
  }
  const request = { ...question, path: '*', resolved: '*', query: '', isApi: false, accept: undefined };
  return sayPage(request, { status: 400 }, habits);
}

function tokensOf(connection: string | undefined): readonly string[] {
  return (connection ?? '').toLowerCase().split(/\s*,\s*/);
}

/** Whether the connection is kept after the answer. */
function isPersistent({ httpVersion, headers }: Question): boolean {
  const tokens = tokensOf(headers.connection);
  return httpVersion === '1.0' ? tokens.includes('keep-alive') : !tokens.includes('close');
}

/** The server says that it closes a connection, or keeps one that HTTP/1.0 would close. */
function connectionOf(question: Question): readonly string[] {
  const is10 = question.httpVersion === '1.0';
  return isPersistent(question) === is10 ? ['Connection', is10 ? 'keep-alive' : 'close'] : [];
}

/** Where the connection is closed after it, an answer needs no length: none is told but one that is known and not 0. */
function lengthOf(
  { body, isChunked, isMeasured }: Said,
  persistent: boolean,
  is10 = false,
): readonly string[] {
  const size = body?.length ?? 0;
  if (isChunked) {
    return persistent && !is10 ? ['Transfer-Encoding', 'chunked'] : [];
  }
  return persistent || size > 0 || isMeasured ? ['Content-Length', String(size)] : [];
}
