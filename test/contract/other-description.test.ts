import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { verify } from '../../src/contract/verify.ts';
import { loadDescription } from '../../src/description/load.ts';
import { decodeOnce } from '../../src/http/percent.ts';
import type { JsonObject } from '../../src/json.ts';
import { serve } from '../servers/listen.ts';
import { checksOf } from './described.ts';

const fault = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
const book = {
  type: 'object',
  required: ['isbn', 'genre'],
  properties: {
    isbn: { type: 'string', 'x-key': true },
    genre: { type: 'string', enum: ['novel', 'poem'] },
  },
};

function json(schema: JsonObject): JsonObject {
  return { description: 'so', content: { 'application/json': { schema } } };
}

/** A library: the books of a shelf, and what the library is. */
function library(openapi: string): JsonObject {
  const shelf = {
    name: 'shelf',
    in: 'path',
    required: true,
    schema: { type: 'string' },
    'x-identifies': { absent: 404 },
    example: 'top',
  };
  const genre = {
    name: 'genre',
    in: 'query',
    schema: { type: 'string' },
    'x-filters': { items: '/books', by: 'genre', unmatched: ['empty', 400] },
  };
  const books = { type: 'object', properties: { books: { type: 'array', items: book } } };
  const name = openapi.startsWith('3.1') ? { type: ['string', 'null'] } : { type: 'string', nullable: true };
  return {
    openapi,
    info: { title: 'Library', version: '1' },
    paths: {
      '/shelves/{shelf}/books': {
        get: {
          operationId: 'listBooks',
          parameters: [shelf, genre],
          responses: { 200: json(books), 400: json(fault), 404: json(fault) },
        },
      },
      '/about': {
        get: {
          operationId: 'about',
          responses: { 200: json({ type: 'object', required: ['name'], properties: { name } }) },
        },
      },
    },
  };
}

const shelves = new Map([
  ['top', [1, 2, 3].map((count) => ({ isbn: `${count}`, genre: count % 2 ? 'novel' : 'poem' }))],
  ['bottom', [{ isbn: '9', genre: 'poem' }]],
]);

type Faults = { readonly prefix?: boolean; readonly about?: unknown };

function answer(request: IncomingMessage, faults: Faults): readonly [status: number, body: unknown] {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/about') {
    return [200, { name: null, ...(faults.about === undefined ? {} : { name: faults.about }) }];
  }
  const [, segment] = /^\/shelves\/([^/]+)\/books$/.exec(pathname) ?? [];
  const shelf = decodeOnce(segment ?? '');
  const found = [...shelves].find(([name]) =>
    faults.prefix && shelf ? name.startsWith(shelf) : name === shelf,
  );
  if (segment === undefined || !found) {
    return [404, { title: 'nothing there' }];
  }
  const genre = searchParams.get('genre');
  return [200, { books: found[1].filter((each) => !genre || each.genre === genre) }];
}

function serveLibrary(faults: Faults): Promise<string> {
  return serve((request: IncomingMessage, response: ServerResponse) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const excluded = request.headers.accept === 'application/json;q=0';
    const [status, body] = isRead ? answer(request, faults) : [405, { title: 'no' }];
    response.writeHead(excluded ? 406 : status, { 'Content-Type': 'application/json', Allow: 'GET, HEAD' });
    response.end(JSON.stringify(body));
  });
}

test.each(['3.0.3', '3.1.0'])(
  'a library described in OpenAPI %s is judged by what it says',
  async (openapi) => {
    const description = await loadDescription(library(openapi));
    const judge = async (faults: Faults) =>
      await verify({ description, url: await serveLibrary(faults), names: ['top', 'bottom'] });
    const conforming = await judge({});
    expect(conforming.findings).toEqual([]);
    expect(conforming.verdict).toBe('conforms');
    expect(checksOf(await judge({ prefix: true }))).toEqual(['other-name']);
    expect(checksOf(await judge({ about: 7 }))).toEqual(['schema']);
  },
);
