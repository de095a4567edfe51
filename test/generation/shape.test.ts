import { expect, test } from '@jest/globals';
import { shape } from '../../src/generation/shape.ts';

test('what is always there is required besides what the schema requires', () => {
  expect(shape({ type: 'object', required: ['a'] }, ['b', 'a'])).toEqual({
    type: 'object',
    required: ['a', 'b'],
  });
});

test('a list has 1 to 20 items and is not null, a list of lists holds at most 3 in each', () => {
  const inner = { type: 'array', items: { type: 'integer' } };
  expect(shape({ type: ['array', 'null'], items: inner }, [])).toMatchObject({
    type: 'array',
    minItems: 1,
    maxItems: 20,
    items: { type: 'array', minItems: 1, maxItems: 3 },
  });
});

test.each([
  [{ minItems: 5 }, { minItems: 5, maxItems: 20 }],
  [{ maxItems: 2 }, { minItems: 1, maxItems: 2 }],
  [{ maxItems: 0 }, { minItems: 0, maxItems: 0 }],
  [{ minItems: 30 }, { minItems: 30, maxItems: 30 }],
  [
    { minItems: 2, maxItems: 50 },
    { minItems: 2, maxItems: 20 },
  ],
])('a list with %j gets %j', (own, expected) => {
  expect(shape({ type: 'array', items: {}, ...own }, [])).toMatchObject(expected);
});

test('a list whose items the schema does not describe may stay empty', () => {
  expect(shape({ type: 'array' }, [])).not.toHaveProperty('minItems');
});

test.each([
  [{}, 6],
  [{ minLength: 9 }, 9],
  [{ maxLength: 2 }, 2],
  [{ maxLength: 0 }, 0],
  [{ pattern: '^[a-z]*$' }, 1],
])('a text with %j has at least %j characters', (own, expected) => {
  expect(shape({ type: 'string', ...own }, [])).toMatchObject({ minLength: expected });
});

test.each([{ enum: ['a'] }, { const: 'a' }, { format: 'date-time' }])(
  'a text with %j gets no length',
  (own) => {
    expect(shape({ type: 'string', ...own }, [])).not.toHaveProperty('minLength');
  },
);

test('properties and parts are shaped at every depth', () => {
  const schema = { properties: { a: { allOf: [{ properties: { b: { type: 'string' } } }] } } };
  expect(shape(schema, [])).toMatchObject({
    properties: { a: { allOf: [{ properties: { b: { minLength: 6 } } }] } },
  });
});

test('a list that recursion needs stays', () => {
  const pair = { type: 'array', minItems: 2, items: { $ref: '#/$defs/pair' } };
  expect(shape({ $ref: '#/$defs/pair', $defs: { pair } }, [])).toMatchObject({ $defs: { pair } });
});

test('a root that contains itself is written out, and within its definition recursion ends', () => {
  const reference = { $ref: '#/$defs/node' };
  const node = {
    type: 'object',
    required: ['twin'],
    properties: {
      children: { type: 'array', items: reference },
      next: reference,
      twin: reference,
      name: { type: 'string' },
    },
  };
  expect(shape({ $ref: '#/$defs/node', $defs: { node } }, ['children'])).toEqual({
    type: 'object',
    required: ['twin', 'children'],
    properties: {
      children: { type: 'array', minItems: 1, maxItems: 20, items: reference },
      next: reference,
      twin: reference,
      name: { type: 'string', minLength: 6 },
    },
    $defs: {
      node: {
        type: 'object',
        required: ['twin'],
        properties: {
          children: { type: 'array', maxItems: 0, items: reference },
          twin: reference,
          name: { type: 'string' },
        },
      },
    },
  });
});
