import { expect, test } from '@jest/globals';
import { samples } from '../../src/generation/samples.ts';
import type { JsonObject } from '../../src/json.ts';
import { compileSchema } from '../../src/schema/compile.ts';

const noLine = () => ({ file: '(test)', line: 1 });
const texts = { type: 'array', minItems: 3, maxItems: 3, items: { type: 'string', minLength: 9 } };

test('the same seed makes the same values', async () => {
  expect(await samples(texts, { count: 5, seed: 7 })).toEqual(await samples(texts, { count: 5, seed: 7 }));
});

test('each value is another, and no value of a close seed', async () => {
  const values = [
    ...(await samples(texts, { count: 50, seed: 7 })),
    ...(await samples(texts, { count: 50, seed: 8 })),
  ];
  expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(100);
});

test('fewer values of the same seed are the first ones', async () => {
  const many = await samples(texts, { count: 4, seed: 4294967295 });
  expect(await samples(texts, { count: 2, seed: 4294967295 })).toEqual(many.slice(0, 2));
});

test.each<[string, JsonObject]>([
  ['a date-time', { type: 'string', format: 'date-time' }],
  ['a date-time or null', { type: ['string', 'null'], format: 'date-time' }],
  ['base64', { type: 'string', format: 'byte' }],
  ['a UUID', { type: 'string', format: 'uuid' }],
  ['an address', { type: 'string', format: 'email' }],
  ['a pattern', { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_-]{0,63}$' }],
  ['an enumeration with null', { type: ['string', 'null'], enum: ['queued', 'started', null] }],
  ['limits', { type: 'integer', minimum: 1000, maximum: 1100 }],
  ['open limits', { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 3 }],
  ['32 bits', { type: 'integer', format: 'int32' }],
  ['64 bits', { type: 'integer', format: 'int64', minimum: 5 }],
  ['a fraction', { type: 'number', format: 'double', minimum: 0, maximum: 1 }],
  ['unique items', { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 2 }],
  [
    'parts',
    { allOf: [{ type: 'object', required: ['a'], properties: { a: { type: 'string' } } }], required: ['b'] },
  ],
  [
    'recursion',
    {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            children: { type: 'array', items: { $ref: '#/$defs/node' } },
          },
        },
      },
    },
  ],
])('%s comes out valid 200 times', async (_, schema) => {
  const compiled = compileSchema(schema, noLine);
  for (const value of await samples(schema, { count: 200, seed: 1 })) {
    expect(compiled.check(value)).toEqual([]);
  }
});

test('times are the same whatever the zone of the machine is, and lie in 2024 and 2025', async () => {
  const times = await samples({ type: 'string', format: 'date-time' }, { count: 200, seed: 3 });
  for (const time of times) {
    expect(time).toMatch(/^202[45]-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
});

test('the schema stays as it was', async () => {
  const schema = {
    type: 'object',
    required: ['at'],
    properties: { at: { $ref: '#/$defs/at' } },
    $defs: { at: { type: 'string', format: 'date-time' } },
  };
  const before = structuredClone(schema);
  await samples(schema, { count: 3, seed: 1 });
  expect(schema).toEqual(before);
});

test('a call leaves no trace in those at the same time and after it', async () => {
  const [alone] = await samples(texts, { count: 1, seed: 1 });
  const [together] = await Promise.all([
    samples(texts, { count: 1, seed: 1 }),
    samples({ type: 'integer' }, { count: 20, seed: 9 }),
  ]);
  expect(together).toEqual([alone]);
});
