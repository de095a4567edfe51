import { expect, test } from '@jest/globals';
import { generateBody } from '../../src/generation/bodies.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { compileSchema } from '../../src/schema/compile.ts';

const compile = (schema: JsonObject) => compileSchema(schema, () => ({ file: '(test)', line: 1 }));

const orders = compile({
  type: 'object',
  properties: {
    total: { type: 'integer', nullable: true, minimum: 0 },
    orders: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'made'],
        properties: {
          id: { type: 'string', 'x-key': true },
          grade: { type: 'integer', minimum: 1, maximum: 3, 'x-key': true },
          made: { type: 'string', format: 'date-time' },
          changed: { type: 'string', format: 'date-time', 'x-not-before': '/made' },
        },
      },
    },
  },
});

async function bodyOf(seed: number): Promise<Json> {
  const made = await generateBody(orders, ['total', 'orders'], seed);
  if (made.kind === 'failed') {
    throw new Error(made.reason);
  }
  return made.body;
}

test('300 bodies conform, carry what is always there, and keep the relations', async () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const body = await bodyOf(seed);
    expect(orders.check(body)).toEqual([]);
    const { orders: list } = body as {
      orders: { id: string; grade?: number; made: string; changed?: string }[];
    };
    expect(body).toHaveProperty('total');
    expect(list.length >= 1 && list.length <= 20).toBe(true);
    expect(list.every(({ id }) => id.length >= 6)).toBe(true);
    expect(list.every(({ made, changed = made }) => Date.parse(made) <= Date.parse(changed))).toBe(true);
    const grades = list.flatMap(({ grade }) => grade ?? []);
    expect(new Set(grades).size).toBe(grades.length);
  }
});

test('the same seed makes the same body', async () => {
  expect(await bodyOf(4294967295)).toEqual(await bodyOf(4294967295));
  expect(await bodyOf(1)).not.toEqual(await bodyOf(2));
});

test('where one draft does not conform, others are made', async () => {
  const grades = compile({
    type: 'array',
    minItems: 2,
    maxItems: 2,
    items: { type: 'object', required: ['id'], properties: { id: { enum: [1, 2, 3], 'x-key': true } } },
  });
  for (let seed = 0; seed < 30; seed += 1) {
    expect(await generateBody(grades, [], seed)).toMatchObject({ kind: 'body', body: [{}, {}] });
  }
});

test('what is always there is there although a reference hides it', async () => {
  const node: Record<string, Json> = { type: 'object', properties: { name: { type: 'string' } } };
  node['properties'] = { name: { type: 'string' }, children: { type: 'array', items: node as JsonObject } };
  for (let seed = 0; seed < 20; seed += 1) {
    expect(await generateBody(compile(node), ['name', 'children'], seed)).toMatchObject({
      kind: 'body',
      body: { name: expect.stringMatching(/./), children: expect.any(Array) },
    });
  }
});

test('a schema that nothing conforms to fails with the reason', async () => {
  const impossible = compile({ type: 'integer', minimum: 5, not: { minimum: 5 } });
  expect(await generateBody(impossible, [], 1)).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/^expected .* at "", made \d+$/),
  });
});

test('a body that cannot carry what is always there fails with the reason', async () => {
  expect(await generateBody(compile({ type: 'integer' }), ['total'], 1)).toEqual({
    kind: 'failed',
    reason: '"total" is missing',
  });
});
