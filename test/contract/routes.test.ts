import { expect, test } from '@jest/globals';
import { createRouter } from '../../src/contract/routes.ts';
import { loadDescription } from '../../src/description/load.ts';

const responses = { 200: { description: 'fine' } };
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const description = await loadDescription({
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{id}': { get: { operationId: 'thing', parameters: [inPath('id')], responses } },
    '/things/all': { get: { operationId: 'all', responses } },
    '/things/{id}.json': { get: { operationId: 'file', parameters: [inPath('id')], responses } },
    '/a b/(x)': { get: { operationId: 'odd', responses } },
  },
});
const route = createRouter(description, ['/api', '']);

test('a target is routed by its method and its path below a base path', () => {
  expect(route('GET', '/api/things/7')?.operation.id).toBe('thing');
  expect(route('GET', '/things/7')?.operation.id).toBe('thing');
  expect(route('POST', '/api/things/7')).toBeUndefined();
  expect(route('GET', '/apis/things/7')).toBeUndefined();
});

test('a path without parameters comes first', () => {
  expect(route('GET', '/things/all')?.operation.id).toBe('all');
});

test('a path parameter is decoded once and never empty', () => {
  expect(route('GET', '/things/a%2Fb%2520')?.path.get('id')).toBe('a/b%20');
  expect(route('GET', '/things/%zz')?.path).toEqual(new Map([['id', undefined]]));
  expect(route('GET', '/things/')).toBeUndefined();
  expect(route('GET', '/things/7/')).toBeUndefined();
  expect(route('GET', '/things/7/8')).toBeUndefined();
});

test('the query is read in order', () => {
  expect(route('GET', '/things/7?b=1&a=x+y%3F?&b=%zz&c')?.query).toEqual([
    ['b', '1'],
    ['a', 'x y??'],
    ['b', undefined],
    ['c', ''],
  ]);
});

test('literal parts of a path are compared as they are sent', () => {
  expect(route('GET', '/a%20b/(x)')?.operation.id).toBe('odd');
  expect(route('GET', '/things/%61ll')?.operation.id).toBe('thing');
});
