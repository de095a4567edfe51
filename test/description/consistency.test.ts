import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { KitError } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';

const ORDER = {
  type: 'object',
  properties: { id: { type: 'string' }, state: { type: 'string', enum: ['open', 'shut'] } },
};

/** A description of one operation with these extensions, and with this schema of the property `state`. */
function withExtensions(
  extensions: JsonObject,
  state: JsonObject = {},
  parameter: JsonObject = {},
): JsonObject {
  const properties = { ...ORDER.properties, state: { ...ORDER.properties.state, ...state } };
  const json = (schema: JsonObject) => ({ 'application/json': { schema } });
  return {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/orders/{order}': {
        put: {
          parameters: [
            { name: 'order', in: 'path', required: true, schema: { type: 'string' }, ...parameter },
          ],
          requestBody: { content: json(ORDER) },
          responses: {
            200: {
              description: '',
              content: json({
                type: 'object',
                properties: { order: { ...ORDER, properties } },
              }),
            },
            404: { description: '', content: { 'application/json': { examples: { Gone: { value: 1 } } } } },
          },
          ...extensions,
        },
      },
    },
  };
}

async function load(...parts: Parameters<typeof withExtensions>) {
  return (await loadDescription(withExtensions(...parts))).operations[0];
}

async function mistakeIn(...parts: Parameters<typeof withExtensions>): Promise<string> {
  return await load(...parts).then(
    () => 'it was loaded',
    (error) => (error instanceof KitError ? error.message : `no KitError: ${error}`),
  );
}

test('what the extensions of an operation say is read', async () => {
  const operation = await load(
    {
      'x-changes': { thing: 'order', request: '/id', response: '/order/id', ends: true },
      'x-refuses': [{ when: 'absent-order', status: 404, example: 'Gone' }],
    },
    {},
    { 'x-thing': 'order' },
  );
  expect(operation?.acts).toMatchObject([
    { kind: 'changes', thing: 'order', request: '/id', response: ['/order/id'], ends: true, uses: {} },
  ]);
  expect(operation?.refuses).toMatchObject([{ when: 'absent-order', status: 404, example: 'Gone' }]);
  expect(operation?.parameters[0]?.thing).toBe('order');
});

test.each([
  [{ 'x-creates': { thing: 'order', request: '/no' } }, '/no is no property of the request'],
  [{ 'x-creates': { thing: 'order', uses: { shop: '/no' } } }, '/no is no property of the request'],
  [{ 'x-reads': { thing: 'order', response: '/order/no' } }, '/order/no is no property of the 200 answer'],
  [{ 'x-removes': { thing: 'order', removed: '/no' } }, '/no is no property of the 200 answer'],
  [{ 'x-removes': { thing: 'order', query: { force: 'true' } } }, 'there is no query parameter "force"'],
  [{ 'x-lists': { thing: 'order', response: ['/order/id'] } }, '"x-lists" is not as defined'],
  [{ 'x-reads': { thing: 'Order', response: '/order/id' } }, '"x-reads" is not as defined'],
  [{ 'x-refuses': [{ when: 'a', status: 409, example: 'Gone' }] }, 'tells a by 409, which is no response'],
  [{ 'x-refuses': [{ when: 'a', status: 404, example: 'No' }] }, 'tells a by "No", which is no example'],
])('%j is refused', async (extensions, words) => {
  expect(await mistakeIn(extensions)).toContain(words);
});

test.each([
  [{ initial: ['open'], moves: { open: ['gone'] } }, 'names "gone", which is no value of the property'],
  [{ initial: ['new'], moves: {} }, 'names "new", which is no value of the property'],
  [{ initial: ['open'], moves: { open: ['shut'], shut: ['open'] } }, 'nothing ever ends'],
])('the lifecycle %j is refused', async (lifecycle, words) => {
  expect(await mistakeIn({}, { 'x-lifecycle': lifecycle })).toContain(words);
});

test('x-thing belongs to a path parameter', async () => {
  expect(await mistakeIn({ 'x-thing': 'order' })).toContain('It belongs to a path parameter');
});

test('the nearest servers count, and no others', async () => {
  const document = withExtensions({});
  const item = { servers: [{ url: '/item/' }], get: { responses: { 200: { description: '' } } } };
  const own = { servers: [{ url: 'http://a/own' }], responses: { 200: { description: '' } } };
  const { operations } = await loadDescription({
    ...document,
    servers: [{ url: '/root' }],
    paths: { '/a': { ...item, post: own }, '/b': { get: { responses: { 200: { description: '' } } } } },
  });
  expect(operations.map(({ method, path, basePaths }) => [method, path, ...basePaths])).toEqual([
    ['GET', '/a', '/item'],
    ['POST', '/a', '/own'],
    ['GET', '/b', '/root'],
  ]);
});
