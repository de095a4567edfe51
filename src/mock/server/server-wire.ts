import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { SERVER_LIMITS } from '../limits.ts';
import type { Answer } from '../reply.ts';
import type { Question, Wire } from '../responder.ts';
import type { ReadError } from '../unreadable.ts';
import { type Bad, problemOfHead } from './head-check.ts';
import { Heads } from './heads.ts';
import { readUnread } from './unread-request.ts';

/** Who answers what was read. */
interface Answering {
  answer(question: Question): Promise<Answer>;
  bad(status: number, reason?: string): Answer;
  /** The client sends no more, though its body is not at its end. */
  cut(): Answer;
  tunnel(question: Question): Answer;
}

/** Sees in the bytes of requests what a server sees there and the HTTP library does not tell. */
export class ServerWire implements Wire {
  readonly #heads = new Heads();
  readonly #problems = new WeakMap<IncomingMessage, Bad>();
  readonly #answering: Answering;

  constructor(answering: Answering) {
    this.#answering = answering;
  }

  follow(socket: Socket): void {
    this.#heads.follow(socket);
  }

  take(request: IncomingMessage): void {
    const size = Number(request.headers['content-length'] ?? 0);
    const problem = problemOfHead(this.#heads.take(request.socket, size));
    if (problem) {
      this.#problems.set(request, problem);
    }
  }

  problemOf(request: IncomingMessage): Bad | undefined {
    return this.#problems.get(request);
  }

  headersOf({ headers, headersDistinct }: IncomingMessage): IncomingHttpHeaders {
    const types = headersDistinct['content-type'] ?? [];
    return types.length > 1 ? { ...headers, 'content-type': types.join(', ') } : headers;
  }

  hasBody({ socket }: IncomingMessage): boolean {
    return this.#heads.hasMore(socket);
  }

  async unread(socket: Socket, { code }: ReadError): Promise<Answer> {
    const bytes = this.#heads.unread(socket);
    if (code === 'HPE_HEADER_OVERFLOW') {
      const end = bytes.indexOf('\n');
      return this.#answering.bad(end < 0 || end > SERVER_LIMITS.headerBytes ? 414 : 431);
    }
    if (code === 'HPE_INVALID_EOF_STATE') {
      return this.#heads.isInBody(socket) ? this.#answering.cut() : this.#answering.bad(400);
    }
    const unread = readUnread(bytes);
    if ('bad' in unread) {
      return this.#answering.bad(unread.bad, unread.reason);
    }
    const answer = await this.#answering.answer(unread.question);
    return unread.question.method === 'HEAD' ? { ...answer, body: Buffer.alloc(0) } : answer;
  }

  tunnel({ httpVersion, method = '', url: target = '', headers }: IncomingMessage): Answer {
    return this.#answering.tunnel({
      httpVersion,
      method,
      target,
      headers,
      body: async () => Buffer.alloc(0),
    });
  }
}
