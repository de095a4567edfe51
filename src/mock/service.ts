import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Answers } from './answers.ts';
import { createApplication } from './application.ts';
import { deliver, hasBody, readBody, skipBody } from './delivery.ts';
import type { ServerEvents } from './http-server.ts';
import type { Journal } from './journal.ts';
import type { Log } from './log.ts';
import type { Answer } from './reply.ts';
import type { Responder } from './responder.ts';
import { answerAndEnd, type ReadError, transportNameOf } from './unreadable.ts';

interface ServiceParts {
  readonly responder: Responder;
  /** The answers that are kept now; undefined where none are to be. */
  readonly answers: () => Answers | undefined;
  readonly log: Log;
  readonly journal: Journal;
  /** Whether a request is one to the mock itself: then it is not remembered. */
  readonly isControl: (target: string) => boolean;
}

/** Answers what comes to the server: from the kept answers, else by way of express. */
export class Service implements ServerEvents {
  readonly #parts: ServiceParts;
  readonly #application = createApplication((request, response) => this.#answer(request, response));
  /** The last request on a connection. */
  readonly #latest = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>();
  /** The connections that were given their last answer. */
  readonly #ended = new WeakSet<Socket>();

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  readonly request = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const before = this.#latest.get(socket);
    if (before && !before.response.shouldKeepAlive) {
      // It was the last one on this connection.
      return;
    }
    this.#latest.set(socket, { request, response });
    this.#parts.responder.wire?.take(request);
    if (!before || before.response.writableFinished || (isSafe(before.request) && isSafe(request))) {
      this.#take(request, response);
      return;
    }
    // Only requests that change nothing may be done at the same time on one connection (RFC 9112 9.3.2).
    before.response.once('close', () => {
      if (!socket.destroyed) {
        this.#take(request, response);
      }
    });
  };

  #take(request: IncomingMessage, response: ServerResponse): void {
    const kept = this.#parts.answers()?.find(request);
    if (kept) {
      this.#deliver(request, response, kept, performance.now());
    } else {
      this.#application(request, response);
    }
  }

  readonly unreadable = (error: ReadError, socket: Socket): void => {
    // What follows on the connection is reported again.
    if (this.#ended.has(socket)) {
      return;
    }
    const { request, response } = this.#latest.get(socket) ?? {};
    const { wire } = this.#parts.responder;
    if (wire && request && (wire.problemOf(request) || !response?.shouldKeepAlive)) {
      // Its own answer says so, or was the last one.
      return;
    }
    const isInBody = request?.complete === false && response?.headersSent;
    if (isInBody || socket.bytesRead === 0 || !socket.writable) {
      // Words to somebody who was answered already, or who never said one, would be taken for something else.
      socket.destroy();
      return;
    }
    if (wire) {
      this.#ended.add(socket);
      void wire.unread(socket, error).then((answer) => this.#end(socket, { method: '-', url: '-' }, answer));
      return;
    }
    const answer = this.#parts.responder.refuse(transportNameOf(error), {
      reason: error.reason ?? error.message,
    });
    this.#end(socket, { method: '-', url: '-' }, answer);
  };

  readonly connected = (socket: Socket): void => {
    this.#parts.responder.wire?.follow(socket);
  };

  readonly hesitant = (request: IncomingMessage, response: ServerResponse): void => {
    // A server that looks at the bytes themselves sees whether the client has gone on already.
    if (!this.#parts.responder.wire?.hasBody(request)) {
      response.writeContinue();
    }
    this.request(request, response);
  };

  readonly tunnel = (request: IncomingMessage, socket: Socket): void => {
    const { method = '', url = '' } = request;
    const { wire } = this.#parts.responder;
    if (wire) {
      this.#end(socket, request, wire.tunnel(request));
      return;
    }
    const allow = 'GET, HEAD, OPTIONS';
    const facts = { path: url, method, allow };
    this.#end(socket, request, this.#parts.responder.refuse('method-not-allowed', facts, ['Allow', allow]));
  };

  readonly failed = ({ message }: Error): void => {
    this.#parts.log({
      kind: 'notice',
      level: 'error',
      message: `a connection could not be accepted: ${message}`,
    });
  };

  readonly isAwaited = (socket: Socket): boolean => {
    const { request, response } = this.#latest.get(socket) ?? {};
    return request?.complete === true && response?.writableFinished === false;
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const since = performance.now();
    const answers = this.#parts.answers();
    const { httpVersion, method = '', url: target = '' } = request;
    const body = () => readBody(request);
    const { wire } = this.#parts.responder;
    const headers = wire?.headersOf(request) ?? request.headers;
    const problem = wire?.problemOf(request);
    const question = { httpVersion, method, target, headers, body, ...(problem && { problem }) };
    const answer = await this.#parts.responder.answer(question);
    if (hasBody(request) && !request.readableFlowing) {
      skipBody(request);
    }
    answers?.keep(request, answer);
    // A body that turned out to be unreadable was answered meanwhile.
    if (request.complete || !this.#ended.has(request.socket)) {
      this.#deliver(request, response, answer, since);
    }
  }

  #deliver(request: IncomingMessage, response: ServerResponse, answer: Answer, since: number): void {
    deliver(request, response, answer, {
      before: ({ status }) => {
        const { journal, isControl } = this.#parts;
        return isControl(request.url ?? '') ? undefined : journal.note(request, status);
      },
      after: (chosen, fate) => {
        const told =
          fate === 'sent' ? chosen : { ...chosen, why: `${chosen.why}; the client left before it` };
        this.#log(request, told, performance.now() - since);
      },
    });
  }

  /** Gives the last answer on a connection, after that to a request which still waits for its own. */
  #end(socket: Socket, request: Pick<IncomingMessage, 'method' | 'url'>, answer: Answer): void {
    this.#ended.add(socket);
    const end = () => {
      answerAndEnd(socket, answer);
      this.#log(request, answer, 0);
    };
    if (this.isAwaited(socket)) {
      this.#latest.get(socket)?.response.once('finish', end);
    } else {
      end();
    }
  }

  #log({ method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>, answer: Answer, ms: number): void {
    const { status, why, transport } = answer;
    this.#parts.log({ kind: 'request', method, target: url, status, ms, why, transport });
  }
}

/** Whether a request changes nothing (RFC 9110 9.2.1). */
function isSafe({ method = '' }: IncomingMessage): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
}
