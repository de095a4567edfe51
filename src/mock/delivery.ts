import type { IncomingMessage, ServerResponse } from 'node:http';
import { LIMITS } from './limits.ts';
import type { Answer } from './reply.ts';

/** Who is told of a delivery, and of which answer it was in the end. */
export interface Witness {
  /** Told before the answer is written; what it promises is waited for. */
  readonly before: (answer: Answer) => Promise<void> | undefined;
  /** Told when the answer was written, or could not be. */
  readonly after: (answer: Answer, fate: 'sent' | 'client left') => void;
}

/** Writes an answer, or the failure that takes its place, when its time has come. */
export function deliver(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  witness: Witness,
): void {
  const chosen = answer.failure?.strikes() ? answer.failure.answer : answer;
  const finish = () => {
    write(request, response, chosen);
    witness.after(chosen, 'sent');
  };
  const send = () => {
    const told = witness.before(chosen);
    if (told === undefined) {
      finish();
    } else {
      void told.then(finish, finish);
    }
  };
  if (answer.delayMs === 0) {
    send();
    return;
  }
  // Nothing moves on the connection meanwhile.
  request.socket.setTimeout(answer.delayMs + LIMITS.silenceMs);
  const leave = () => {
    clearTimeout(timer);
    void witness.before(chosen);
    witness.after(chosen, 'client left');
  };
  response.once('close', leave);
  const timer = setTimeout(() => {
    response.off('close', leave);
    send();
  }, answer.delayMs);
}

/** Whether a request says that a body follows (RFC 9112 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** A body; `too-large` beyond `LIMITS.bodyBytes`, `cut` where it did not come whole. */
export type BodyBytes = Buffer | 'too-large' | 'cut';

/** Reads a body, if there is one. What is too large is skipped. */
export function readBody(request: IncomingMessage): Promise<BodyBytes> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > LIMITS.bodyBytes) {
        chunks.length = 0;
        resolve('too-large');
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => resolve('cut'));
    skipBody(request);
  });
}

/** Skips a body, and cuts the connection where it is too long. */
export function skipBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LIMITS.skippedBytes) {
      request.socket.destroy();
    }
  });
}

function write(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, reason, headers, body, isBare } = answer;
  if (isBare) {
    response.sendDate = false;
    response.removeHeader('Connection');
    response.removeHeader('Content-Length');
    response.removeHeader('Transfer-Encoding');
    response.shouldKeepAlive &&= hasLength(answer.headers);
  }
  response.writeHead(status, reason, headers);
  const content = request.method === 'HEAD' ? undefined : body;
  if (request.complete || !hasBody(request)) {
    response.end(content);
  } else {
    // Ending it now would cut a connection that is not kept while the client still sends, and with it this answer.
    response.flushHeaders();
    if (content) {
      response.write(content);
    }
    request.once('close', () => response.end());
  }
}

/** Whether the end of a body shows by other means than that of the connection. */
function hasLength(headers: readonly string[]): boolean {
  return headers.includes('Content-Length') || headers.includes('Transfer-Encoding');
}
