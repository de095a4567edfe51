import type { Socket } from 'node:net';

/** The most bytes that are remembered of what is not understood yet. */
const LIMIT = 2 ** 18;

/**
 * The heads of requests as they came over the wire. The HTTP library tells neither how they were written, nor what it could
 * not read.
 */
export class Heads {
  readonly #unread = new WeakMap<Socket, { bytes: Buffer; skip: number }>();

  /** Begins to remember what comes on a connection. */
  follow(socket: Socket): void {
    const unread = { bytes: Buffer.alloc(0), skip: 0 };
    this.#unread.set(socket, unread);
    // Before the library reads it.
    socket.prependListener('data', (chunk: Buffer) => {
      const rest = chunk.subarray(unread.skip);
      unread.skip = Math.max(0, unread.skip - chunk.length);
      if (unread.bytes.length < LIMIT) {
        unread.bytes = Buffer.concat([unread.bytes, rest]);
      }
    });
  }

  /** The head of the next request, which the library has read; so many bytes after it are its body. */
  take(socket: Socket, bodyBytes: number): string {
    const unread = this.#unread.get(socket);
    if (!unread) {
      return '';
    }
    const { head, rest } = splitHead(unread.bytes);
    unread.bytes = rest.subarray(bodyBytes);
    unread.skip = Math.max(0, bodyBytes - rest.length);
    return head;
  }

  /** Whether more than the head of the next request has come. */
  hasMore(socket: Socket): boolean {
    return splitHead(this.unread(socket)).rest.length > 0;
  }

  /** Whether some of the body of the last request is still to come. */
  isInBody(socket: Socket): boolean {
    return (this.#unread.get(socket)?.skip ?? 0) > 0;
  }

  /** What has come that no request was made of. */
  unread(socket: Socket): Buffer {
    return this.#unread.get(socket)?.bytes ?? Buffer.alloc(0);
  }
}

/** Splits bytes after the first empty line; those before the head do not count. */
export function splitHead(bytes: Buffer): { readonly head: string; readonly rest: Buffer } {
  const text = bytes.toString('latin1');
  const start = /^[\r\n]*/.exec(text)?.[0].length ?? 0;
  const empty = /\r?\n\r?\n/g;
  empty.lastIndex = start;
  const { index = bytes.length, 0: end = '' } = empty.exec(text) ?? {};
  return { head: text.slice(start, index), rest: bytes.subarray(index + end.length) };
}
