import type { Ask, Piece } from './target.ts';

export const VENDOR = 'application/vnd.gravitino.v1+json';

/** The only metalake that these servers have. */
export const NAME = 'demo';

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** A whole answer with a length. */
export function message(status: string, body: string | Buffer, lines = ''): readonly Piece[] {
  const content = Buffer.from(body);
  return [`${headOf(status, lines)}Content-Length: ${content.length}\r\n\r\n`, content];
}

/** The beginning of a head, up to where it says how long the body is. */
export function headOf(status = '200 OK', lines = ''): string {
  return `HTTP/1.1 ${status}\r\nContent-Type: ${VENDOR}\r\n${lines}`;
}

/** A list, or the 404 that the description demands for a name that nothing has. */
export function list({ name }: Ask, body: string | Buffer, lines = ''): readonly Piece[] {
  return name === NAME ? message('200 OK', body, lines) : absent();
}

export function absent(): readonly Piece[] {
  const type = 'NoSuchMetalakeException';
  return message('404 Not Found', JSON.stringify({ code: 1003, type, message: 'there is none', stack: [] }));
}

/** The same piece again and again; without a count for ever. */
export function* repeated(piece: Piece, count = Number.POSITIVE_INFINITY): Generator<Piece, void> {
  for (let index = 0; index < count; index += 1) {
    yield piece;
  }
}

/** Bytes one at a time, with milliseconds in between. */
export function* dripped(text: string, wait: number): Generator<Piece, void> {
  for (const char of text) {
    yield { wait };
    yield char;
  }
}

/** A body in chunks of this size, without its end. */
export function chunk(bytes: string | Buffer): Buffer {
  const data = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
}

/** A job that is valid by the description but for what is given. */
export function jobOf(index: number, given: Readonly<Record<string, unknown>> = {}): object {
  return {
    jobId: `job-${index}`,
    jobTemplateName: `template-${index % 5}`,
    status: 'succeeded',
    audit: { creator: 'anonymous', createTime: '2025-08-12T02:14:28.205023Z' },
    ...given,
  };
}

/** A list as JSON. */
export function jobsBody(
  length: number,
  given?: (index: number) => Readonly<Record<string, unknown>>,
): string {
  const jobs = Array.from({ length }, (_, index) => jobOf(index, given?.(index)));
  return JSON.stringify({ code: 0, jobs });
}
