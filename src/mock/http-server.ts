import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { KitError } from '../errors.ts';
import { LIMITS, type Limits } from './limits.ts';

/** What happens on the connections of a server. */
export interface ServerEvents {
  /** A request whose head could be read. */
  request(request: IncomingMessage, response: ServerResponse): void;
  /** What came is no HTTP request, is too large, or did not come in time. */
  unreadable(error: NodeJS.ErrnoException, socket: Socket): void;
  /** A client wants a tunnel (RFC 9110 9.3.6). */
  tunnel(request: IncomingMessage, socket: Socket): void;
  /** A connection could not be accepted. */
  failed(error: Error): void;
  /** Whether a request of this connection still waits for its answer. */
  isAwaited(socket: Socket): boolean;
  /** A client has come. */
  connected(socket: Socket): void;
  /** A request whose client wants to be told to send its body (RFC 9110 10.1.1). */
  hesitant(request: IncomingMessage, response: ServerResponse): void;
}

/** A node:http server within `LIMITS`. */
export class HttpServer {
  readonly #server: Server;
  readonly #isAwaited: ServerEvents['isAwaited'];
  readonly #limits: Limits;
  readonly #sockets = new Set<Socket>();

  constructor(events: ServerEvents, limits: Limits = LIMITS) {
    this.#server = createServer({
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: limits.checkMs,
      // A request without Host is answered by the mock, which says what is wrong with it.
      requireHostHeader: false,
    });
    this.#isAwaited = events.isAwaited;
    this.#limits = limits;
    this.#server.setTimeout(limits.silenceMs);
    // A client that has said all it wants to say may close its half and wait (RFC 9112 9.6); the types do not know this.
    Object.assign(this.#server, { httpAllowHalfOpen: true });
    this.#server.on('request', events.request);
    this.#server.on('checkExpectation', events.request);
    this.#server.on('clientError', events.unreadable);
    this.#server.on('connect', events.tunnel);
    this.#server.on('checkContinue', events.hesitant);
    this.#server.on('connection', (socket) => {
      this.#track(socket);
      events.connected(socket);
    });
    this.#server.on('listening', () => this.#server.on('error', events.failed));
  }

  /**
   * Listens; gives the port, which for 0 is any free one.
   * @throws KitError PORT_IN_USE, HOST_UNAVAILABLE
   */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenMistake(error, port, host)));
      this.#server.listen({ port, host }, resolve);
    });
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /** Accepts no more, lets running answers be finished for `closingMs`, and ends every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.once('close', resolve));
    // The server's own close() would cut off answers that are written but not yet sent.
    NetServer.prototype.close.call(this.#server);
    this.#endIdle();
    const sweep = setInterval(() => this.#endIdle(), this.#limits.sweepMs);
    const deadline = setTimeout(() => this.#endAll(), this.#limits.closingMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(deadline);
    this.#server.close();
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #endAll(): void {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  #endIdle(): void {
    for (const socket of this.#sockets) {
      if (socket.writableLength === 0 && !this.#isAwaited(socket)) {
        socket.destroy();
      }
    }
  }
}

function listenMistake(error: NodeJS.ErrnoException, port: number, host: string): KitError {
  return error.code === 'EADDRINUSE'
    ? KitError.of('PORT_IN_USE', { port, host })
    : KitError.of('HOST_UNAVAILABLE', { port, host, reason: error.message });
}
