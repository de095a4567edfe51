import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { LIMITS } from './limits.ts';
import type { Answer } from './reply.ts';
import type { TransportName } from './transport-answers.ts';

/** What node:http says of bytes that it could not read as a request. */
export interface ReadError extends NodeJS.ErrnoException {
  /** What was read last. */
  readonly rawPacket?: Buffer;
  /** The parser's own words. */
  readonly reason?: string;
}

/** Which transport answer fits what could not be read. */
export function transportNameOf({ code, rawPacket }: ReadError): TransportName {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return isLongTarget(rawPacket) ? 'target-too-long' : 'headers-too-large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request-timeout';
    default:
      return 'malformed-request';
  }
}

/** Whether the bytes begin with a request line whose end is far away, or has not come. */
function isLongTarget(packet: Buffer | undefined): boolean {
  const end = packet?.indexOf('\n') ?? 0;
  return /^[A-Z]+ /.test(packet?.toString('latin1', 0, 16) ?? '') && (end < 0 || end > LIMITS.targetLength);
}

/** Writes an answer where node:http gives no response object, and ends the connection. */
export function answerAndEnd(socket: Socket, { status, reason, headers, body, isBare }: Answer): void {
  const lines = [
    `HTTP/1.1 ${status} ${reason ?? STATUS_CODES[status]}`,
    ...(isBare ? [] : [`Date: ${new Date().toUTCString()}`, 'Connection: close']),
  ];
  for (let index = 0; index < headers.length; index += 2) {
    lines.push(`${headers[index]}: ${headers[index + 1]}`);
  }
  socket.on('error', () => socket.destroy());
  const content = body ?? Buffer.alloc(0);
  const sent = headers.includes('Transfer-Encoding') ? chunked(content) : content;
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), sent]));
  // A connection that is cut while the client still sends may lose what the client has not read yet.
  const linger = setTimeout(() => socket.destroy(), LIMITS.lingerMs).unref();
  socket.once('close', () => clearTimeout(linger));
}

/** A body as one chunk (RFC 9112 7.1). */
function chunked(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
}
