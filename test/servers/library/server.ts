import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeOnce } from '../../../src/http/percent.ts';
import { serve } from '../listen.ts';
import { BOOKS, PROBLEM } from './description.ts';

/** What a request to the library asks for. */
export interface Wish {
  readonly kind: 'books' | 'author' | 'about';
  /** The shelf or the author; empty where the path has none. */
  readonly key: string;
  /** The value of the filter; empty where there is none. */
  readonly genre: string;
  readonly accept: string;
  /** The how manyth request of the server this is, from 1. */
  readonly count: number;
}

/** An answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Written as JSON unless `text` is given. */
  readonly body: object;
  readonly text?: string | Buffer;
}

/** Spoils an answer. */
export type Spoil = (reply: Reply, wish: Wish) => Reply;

/** The shelves that exist, with their books. */
export const SHELVES: ReadonlyMap<string, readonly object[]> = new Map([
  ['top', [1, 2, 3, 4, 5].map(book)],
  ['bottom', [8, 9].map(book)],
]);

const AUTHORS = ['Ada', 'Grace'];

function book(number: number): object {
  return {
    isbn: `978-${number}`,
    genre: number % 2 ? 'novel' : 'poem',
    pages: number % 3 ? number * 100 : null,
    acquired: '2021-03-04T05:06:07Z',
    ...(number % 2 === 1 && { lent: '2022-03-04T05:06:07Z' }),
  };
}

/** Serves the library as it is described; `spoil` may change what it answers. Gives the server's URL. */
export function serveLibrary(spoil: Spoil = (reply) => reply): Promise<string> {
  let count = 0;
  return serve((request, response) => {
    count += 1;
    const wish = wishOf(request, count);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    write(response, wish && isRead ? spoil(replyTo(wish), wish) : refusal(wish ? 405 : 404));
  });
}

/** The answer that is described. */
export function replyTo({ kind, key, genre, accept }: Wish): Reply {
  if (accept === `${BOOKS};q=0`) {
    return refusal(406);
  }
  const shelf = SHELVES.get(key);
  if (kind === 'books' && shelf) {
    const books = genre === '' ? shelf : shelf.filter((each) => 'genre' in each && each.genre === genre);
    return { status: 200, headers: { 'Content-Type': BOOKS, 'Library-Edition': '3' }, body: { books } };
  }
  if (kind === 'author' && AUTHORS.includes(key)) {
    return { status: 200, headers: { 'Content-Type': BOOKS }, body: { pseudonym: key.toUpperCase() } };
  }
  return kind === 'about'
    ? { status: 200, headers: { 'Content-Type': BOOKS }, body: { motto: 'read', founder: 'Ada' } }
    : refusal(404);
}

function refusal(status: number): Reply {
  const headers = { 'Content-Type': PROBLEM, ...(status === 405 && { Allow: 'GET, HEAD' }) };
  return { status, headers, body: { title: `Refused with ${status}`, detail: 'Ask for something else.' } };
}

function wishOf({ url = '', headers }: IncomingMessage, count: number): Wish | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, about, shelf, author] =
    /^\/v7\/(?:(about)|shelves\/([^/]+)\/books|authors\/([^/]+))$/.exec(pathname) ?? [];
  const key = decodeOnce(shelf ?? author ?? '');
  const kind = about ? 'about' : shelf ? 'books' : author ? 'author' : undefined;
  const genre = searchParams.get('genre') ?? '';
  return kind && key !== undefined ? { kind, key, genre, accept: headers.accept ?? '', count } : undefined;
}

function write(response: ServerResponse, { status, headers, body, text }: Reply): void {
  response.writeHead(status, headers).end(text ?? JSON.stringify(body));
}
