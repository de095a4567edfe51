import type { JsonObject } from '../../../src/json.ts';

/** Nothing of this API is named as in the project's own description. */
export const BOOKS = 'application/vnd.library+json';
export const PROBLEM = 'application/problem+json';

export type Version = '3.0.3' | '3.1.0';

/** A library in terms of OpenAPI 3.0 or 3.1: the books of a shelf, an author, and what the library says of itself. */
export function library(openapi: Version): JsonObject {
  const faults = { '400': answer(PROBLEM, problem), '404': answer(PROBLEM, problem) };
  return {
    openapi,
    info: { title: 'Library', version: '7' },
    servers: [{ url: 'http://localhost:1234/v7' }],
    paths: {
      '/shelves/{shelf}/books': read('listBooks', [shelf, genre], {
        '200': listOf(book(openapi)),
        ...faults,
      }),
      '/authors/{author}': read('showAuthor', [author], { '200': answer(BOOKS, person), ...faults }),
      '/about': read('about', [], { '200': answer(BOOKS, about(openapi)) }),
    },
  };
}

const shelf = {
  name: 'shelf',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  example: 'top',
  'x-identifies': { absent: 404 },
};

const author = { ...shelf, name: 'author', example: 'Ada' };

const genre = {
  name: 'genre',
  in: 'query',
  schema: { type: 'string' },
  'x-filters': { items: '/books', by: 'genre', unmatched: ['empty'] },
};

const person = { type: 'object', required: ['pseudonym'], properties: { pseudonym: { type: 'string' } } };

const problem = {
  type: 'object',
  required: ['title', 'detail'],
  properties: { title: { type: 'string' }, detail: { type: 'string' } },
};

const time = { type: 'string', format: 'date-time' };

function book(openapi: Version): JsonObject {
  const pages =
    openapi === '3.1.0'
      ? { type: ['integer', 'null'], exclusiveMinimum: 0 }
      : { type: 'integer', nullable: true, minimum: 0, exclusiveMinimum: true };
  return {
    type: 'object',
    required: ['isbn', 'genre', 'pages', 'acquired'],
    properties: {
      isbn: { type: 'string', 'x-key': true },
      genre: { type: 'string', enum: ['novel', 'poem'] },
      pages,
      acquired: { ...time, 'x-immutable': true },
      lent: { ...time, 'x-not-before': '/acquired' },
    },
  };
}

/** A person is named or a group is, and never both. */
function about(openapi: Version): JsonObject {
  const motto = openapi === '3.1.0' ? { const: 'read' } : { type: 'string', enum: ['read'] };
  const owner = (kind: string) => ({ required: [kind], properties: { [kind]: { type: 'string' } } });
  return {
    type: 'object',
    required: ['motto'],
    properties: { motto },
    oneOf: [owner('founder'), owner('guild')],
  };
}

function listOf(item: JsonObject): JsonObject {
  const books = { type: 'object', properties: { books: { type: 'array', items: item } } };
  const headers = { 'Library-Edition': { required: true, schema: { type: 'integer' } } };
  return { ...answer(BOOKS, books), headers, 'x-always': ['books'] };
}

function read(operationId: string, parameters: JsonObject[], responses: JsonObject): JsonObject {
  return { get: { operationId, parameters, responses } };
}

function answer(type: string, schema: JsonObject): JsonObject {
  return { description: 'so', content: { [type]: { schema } } };
}
