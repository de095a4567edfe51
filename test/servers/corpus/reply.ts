import { STATUS_CODES } from 'node:http';
import type { Json } from '../../../src/json.ts';
import { type HeaderLine, headerOf } from './request.ts';

/** An answer before it is written. */
export interface Reply {
  readonly status: number;
  /** Undefined for the usual one. */
  readonly reason?: string;
  readonly headers: readonly HeaderLine[];
  /** Written as JSON unless there are `bytes`; undefined for none. */
  readonly body: Json | undefined;
  readonly bytes?: Buffer;
  /** How the end of the body is told. */
  readonly framing: 'length' | 'chunked' | 'close';
}

/** An answer as it is written. */
export interface Message {
  /** Status line and header lines with the empty line, each byte one character. */
  readonly head: string;
  /** With its chunk framing. */
  readonly body: Buffer;
  /** Whether the connection ends with it. */
  readonly closes: boolean;
}

/** A part of what is done to a connection to answer: write bytes, wait (milliseconds), or end it one way or the other. */
export type Step = Buffer | string | { readonly wait: number } | 'CLOSE' | 'RESET' | 'HANG';

export const VENDOR = 'application/vnd.gravitino.v1+json';

export function jsonReply(status: number, body: Json): Reply {
  return { status, headers: [['Content-Type', VENDOR]], body, framing: 'length' };
}

/** An answer in the documented error model. */
export function errorReply(status: number, type: string, message: string, code = 1003): Reply {
  return jsonReply(status, { code, type, message, stack: [`${type}: ${message}`] });
}

/** An answer in plain text or HTML, as routers and proxies give it. */
export function textReply(status: number, text: string, type = 'text/html; charset=utf-8'): Reply {
  return {
    status,
    headers: [['Content-Type', type]],
    body: undefined,
    bytes: Buffer.from(text),
    framing: 'length',
  };
}

/** An answer with neither body nor media type. */
export function bareReply(status: number, headers: readonly HeaderLine[] = []): Reply {
  return { status, headers, body: undefined, framing: 'length' };
}

export function bytesOf({ body, bytes }: Reply): Buffer {
  return bytes ?? Buffer.from(body === undefined ? '' : JSON.stringify(body));
}

/** The same answer with a header set, all lines of that name replaced; undefined removes them. */
export function withHeader(reply: Reply, name: string, value: string | undefined): Reply {
  const headers = reply.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...reply, headers: value === undefined ? headers : [...headers, [name, value]] };
}

/** What writing depends on besides the answer. */
export interface Writing {
  readonly method: string;
  readonly minor: number;
  /** Whether the client asked for the end of the connection. */
  readonly closes: boolean;
  /** Lines that every answer of the server has. */
  readonly common: readonly HeaderLine[];
}

/** Writes an answer by RFC 9112. */
export function messageOf(reply: Reply, { method, minor, closes: asked, common }: Writing): Message {
  const bytes = bytesOf(reply);
  const isBodiless = reply.status === 204 || reply.status === 304 || reply.status < 200;
  const framing = reply.framing === 'chunked' && minor === 0 ? 'close' : reply.framing;
  const closes = asked || framing === 'close' || /close/i.test(headerOf(reply.headers, 'connection') ?? '');
  const own: readonly HeaderLine[] = [
    ...(isBodiless || framing === 'close'
      ? []
      : [
          framing === 'chunked'
            ? (['Transfer-Encoding', 'chunked'] as const)
            : (['Content-Length', String(bytes.length)] as const),
        ]),
    ...(closes && headerOf(reply.headers, 'connection') === undefined
      ? [['Connection', 'close'] as const]
      : []),
  ];
  const lines = [
    ...common.filter(([name]) => headerOf(reply.headers, name.toLowerCase()) === undefined),
    ...reply.headers,
    ...own,
  ];
  const reason = reply.reason ?? STATUS_CODES[reply.status] ?? '';
  const head = [
    `HTTP/1.1 ${reply.status} ${reason}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ];
  const body = framing === 'chunked' ? chunked(bytes) : bytes;
  return { head: head.join('\r\n'), body: method === 'HEAD' || isBodiless ? Buffer.alloc(0) : body, closes };
}

/** Chunked transfer coding (RFC 9112 7.1); `extension` and `trailer` are written as they are. */
export function chunked(bytes: Buffer, extension = '', trailer = '', size = 257): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    parts.push(Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(`0${extension}\r\n${trailer}\r\n`)]);
}
