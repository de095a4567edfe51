import type { Socket } from 'node:net';

/** One header line or one of a reply. */
export type HeaderLine = readonly [name: string, value: string];

/** A request as it came over a connection. */
export interface Received {
  readonly method: string;
  /** As on the request line, each byte one character. */
  readonly target: string;
  /** The minor version of HTTP/1. */
  readonly minor: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
  /** The status with which a request that cannot be understood is refused, before the connection ends. */
  readonly refusal?: number;
}

const HEAD_LIMIT = 32 * 1024;
const BODY_LIMIT = 1024 * 1024;
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const REQUEST_LINE = new RegExp(`^(${TOKEN}) (\\S+) HTTP/(\\d)\\.(\\d)$`);
const HEADER_LINE = new RegExp(`^(${TOKEN}):[ \\t]*(.*?)[ \\t]*$`, 's');

/** The first value of a header; undefined where it is absent. */
export function headerOf(headers: readonly HeaderLine[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The requests of a connection in order, pipelined ones too; ends after the first that cannot be understood. */
export async function* readRequests(socket: Socket): AsyncGenerator<Received, void> {
  let buffer = Buffer.alloc(0);
  const chunks = chunksOf(socket);
  const more = async (): Promise<boolean> => {
    const chunk = await chunks.next();
    buffer = chunk.done ? buffer : Buffer.concat([buffer, chunk.value]);
    return !chunk.done;
  };
  for (;;) {
    const head = await readHead(() => buffer, more);
    if (head === undefined) {
      return;
    }
    buffer = buffer.subarray(head.length);
    const request = parseHead(head.text);
    if (
      request.refusal === undefined &&
      hasBody(request) &&
      /100-continue/i.test(headerOf(request.headers, 'expect') ?? '')
    ) {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    }
    const body = request.refusal === undefined ? await readBody(request, () => buffer, more) : undefined;
    buffer = buffer.subarray(body?.length ?? 0);
    yield { ...request, ...(body && { body: body.bytes, ...(body.refusal && { refusal: body.refusal }) }) };
    if (request.refusal !== undefined || body?.refusal !== undefined) {
      return;
    }
  }
}

async function* chunksOf(socket: Socket): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      yield chunk as Buffer;
    }
  } catch {
    // The client has gone.
  }
}

async function readHead(
  buffer: () => Buffer,
  more: () => Promise<boolean>,
): Promise<{ text: string; length: number } | undefined> {
  for (;;) {
    const text = buffer().toString('latin1');
    // Empty lines before a request are ignored, and a bare LF ends a line too (RFC 9112 2.2).
    const match = /^(?:\r?\n)*(\S.*?)\r?\n\r?\n/s.exec(text);
    if (match) {
      return { text: match[1] ?? '', length: match[0].length };
    }
    if (text.length > HEAD_LIMIT) {
      return { text: 'too long', length: text.length };
    }
    if (!(await more())) {
      return undefined;
    }
  }
}

function parseHead(text: string): Received {
  const [first = '', ...lines] = text.split(/\r?\n/);
  const [, method, target, major, minor] = REQUEST_LINE.exec(first) ?? [];
  const headers = lines.map((line): HeaderLine | undefined => {
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    return name === undefined || value === undefined ? undefined : [name, value];
  });
  const request = {
    method: method ?? 'GET',
    target: target ?? '/',
    minor: Number(minor ?? 1),
    headers: headers.filter((line) => line !== undefined),
    body: Buffer.alloc(0),
  };
  const refusal = refusalOf(text, method === undefined || headers.includes(undefined), major, request);
  return refusal === undefined ? request : { ...request, refusal };
}

function refusalOf(
  text: string,
  isMalformed: boolean,
  major: string | undefined,
  { minor, headers, target }: Received,
): number | undefined {
  if (text === 'too long' || text.length > HEAD_LIMIT / 2) {
    return target.length > HEAD_LIMIT / 4 ? 414 : 431;
  }
  if (isMalformed) {
    return 400;
  }
  const count = (name: string) => headers.filter(([each]) => each.toLowerCase() === name).length;
  const isHostWrong = count('host') > 1 || (minor > 0 && count('host') === 0);
  const isFramingWrong =
    count('content-length') > 1 || (count('content-length') > 0 && count('transfer-encoding') > 0);
  return major !== '1' ? 505 : isHostWrong || isFramingWrong ? 400 : undefined;
}

function hasBody({ headers }: Received): boolean {
  return (
    headerOf(headers, 'transfer-encoding') !== undefined ||
    Number(headerOf(headers, 'content-length') ?? 0) > 0
  );
}

interface Body {
  readonly bytes: Buffer;
  /** How many bytes of the connection it took. */
  readonly length: number;
  readonly refusal?: number;
}

async function readBody(
  { headers }: Received,
  buffer: () => Buffer,
  more: () => Promise<boolean>,
): Promise<Body> {
  const isChunked = headerOf(headers, 'transfer-encoding') !== undefined;
  const size = headerOf(headers, 'content-length') ?? '0';
  const none = Buffer.alloc(0);
  if (!/^\d+$/.test(size)) {
    return { bytes: none, length: 0, refusal: 400 };
  }
  for (;;) {
    const body = isChunked ? chunkedBody(buffer()) : sizedBody(buffer(), Number(size));
    if (body) {
      return body;
    }
    if (buffer().length > BODY_LIMIT || Number(size) > BODY_LIMIT) {
      return { bytes: none, length: 0, refusal: 413 };
    }
    if (!(await more())) {
      return { bytes: none, length: 0, refusal: 400 };
    }
  }
}

function sizedBody(buffer: Buffer, size: number): Body | undefined {
  return buffer.length < size ? undefined : { bytes: buffer.subarray(0, size), length: size };
}

/** The chunks are not looked into: nothing here reads a body. */
function chunkedBody(buffer: Buffer): Body | undefined {
  const end = /(?:^|\r\n)0+(?:;[^\r]*)?\r\n(?:[^\r]+\r\n)*\r\n/.exec(buffer.toString('latin1'));
  return end ? { bytes: Buffer.alloc(0), length: end.index + end[0].length } : undefined;
}
