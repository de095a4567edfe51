import { expect, test } from '@jest/globals';
import { isObject, type JsonObject } from '../../src/json.ts';
import { compileSchema, SchemaCompiler, SchemaMistake } from '../../src/schema/compile.ts';

const at = (_node: object, keyword: string) => ({ file: keyword, line: 1 });
const compile = (schema: JsonObject) => compileSchema(schema, at);
const broken = (schema: JsonObject, value: unknown) =>
  compile(schema)
    .check(value)
    .map(({ pointer, keyword, expected, actual }) => [pointer, keyword, expected, actual]);

test('a violation says where, what was expected and what was found', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string' },
      state: { enum: ['on', 'off'] },
      at: { type: 'string', format: 'date-time' },
    },
  };
  expect(broken(schema, { id: 5, state: 'ON', at: '2025-01-01 00:00:00Z' })).toEqual([
    ['/id', 'type', 'a string', '5'],
    ['/state', 'enum', 'one of "on", "off"', '"ON"'],
    ['/at', 'format', 'a date-time of RFC 3339', '"2025-01-01 00:00:00Z"'],
  ]);
  expect(broken(schema, {})).toEqual([['/id', 'required', 'the property "id"', 'absent']]);
  expect(broken(schema, [])).toEqual([['', 'type', 'an object', '[]']]);
});

test('a property too many is reported by its own name and value', () => {
  expect(broken({ properties: { a: {} }, additionalProperties: false }, { a: 1, b: 2 })).toEqual([
    ['/b', 'additionalProperties', 'no property "b"', '2'],
  ]);
});

test('numbers are judged by value and format', () => {
  const schema = { type: 'integer', format: 'int32', minimum: 1000, maximum: 1100 };
  expect(broken(schema, 1003.5)[0]).toEqual(['', 'type', 'an integer', '1003.5']);
  expect(broken(schema, 999)).toEqual([['', 'minimum', 'a number of at least 1000', '999']]);
  expect(broken({ type: 'integer', format: 'int32' }, 2 ** 31)[0]?.[1]).toBe('format');
  expect(broken(schema, JSON.parse('1.003e3'))).toEqual([]);
});

test('nullable of OpenAPI 3.0 admits null, and only where a type stands beside it', () => {
  expect(broken({ type: 'string', nullable: true }, null)).toEqual([]);
  expect(broken({ type: 'string' }, null)).toHaveLength(1);
  expect(broken({ nullable: true, enum: ['a'] }, null)).toHaveLength(1);
});

test('boolean exclusive limits of OpenAPI 3.0 exclude the limit', () => {
  expect(broken({ type: 'number', minimum: 1, exclusiveMinimum: true }, 1)).toHaveLength(1);
  expect(broken({ type: 'number', minimum: 1, exclusiveMinimum: false }, 1)).toEqual([]);
  expect(broken({ type: 'number', exclusiveMaximum: 2 }, 2)).toHaveLength(1);
});

test('a write-only property is not required of an answer', () => {
  const schema = {
    type: 'object',
    required: ['a', 'pw'],
    properties: { pw: { type: 'string', writeOnly: true } },
  };
  expect(broken(schema, { a: 1 })).toEqual([]);
});

test('a schema that contains itself is checked at every depth', () => {
  const tree: Record<string, unknown> = { type: 'object', required: ['name'] };
  tree['properties'] = { name: { type: 'string' }, children: { type: 'array', items: tree } };
  const schema = compile(isObject(tree) ? tree : {});
  expect(schema.check({ name: 'a', children: [{ name: 'b', children: [{ name: 5 }] }] })).toMatchObject([
    { pointer: '/children/0/children/0/name', keyword: 'type' },
  ]);
  expect(JSON.stringify(schema.standard)).toContain('$defs');
});

test('what is nested more deeply than can be checked is a violation', () => {
  const tree: Record<string, unknown> = {};
  tree['properties'] = { next: tree };
  let value: JsonObject = {};
  for (let depth = 0; depth < 200_000; depth += 1) {
    value = { next: value };
  }
  expect(broken(isObject(tree) ? tree : {}, value)).toEqual([
    ['', '', 'a value that can be checked to its end', 'one nested too deeply'],
  ]);
});

test('parts that schemas share are compiled once, and a mistake in one is found in each', () => {
  const located: unknown[] = [];
  const compiler = new SchemaCompiler((node, keyword) => {
    located.push(node);
    return at(node, keyword);
  }, 'answered');
  const part = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
  const whole = { properties: { one: part, many: { type: 'array', items: part } } };
  expect(compiler.compile(part).check({})).toMatchObject([{ pointer: '/id', keyword: 'required' }]);
  const schema = compiler.compile(whole);
  expect(schema.check({ one: { id: 1 }, many: [{ id: 'a' }, {}] })).toMatchObject([
    { pointer: '/one/id', keyword: 'type' },
    { pointer: '/many/1/id', keyword: 'required' },
  ]);
  expect(located.at(-1)).toBe(part);
  expect(schema.standard).toEqual(whole);
  const wrong = { type: 'strnig' };
  expect(() => compiler.compile({ items: wrong })).toThrow(SchemaMistake);
  expect(() => compiler.compile({ not: wrong })).toThrow(SchemaMistake);
});

test('a read-only property is not required of what is sent', () => {
  const schema = {
    required: ['id', 'pw'],
    properties: { id: { readOnly: true }, pw: { writeOnly: true } },
  };
  const missing = (direction: 'answered' | 'sent') =>
    new SchemaCompiler(at, direction)
      .compile(schema)
      .check({})
      .map(({ pointer }) => pointer);
  expect([missing('answered'), missing('sent')]).toEqual([['/id'], ['/pw']]);
});

test('several recursive schemas keep apart', () => {
  const chain = (type: string) => {
    const node: Record<string, unknown> = { type: 'object' };
    node['properties'] = { value: { type }, next: node };
    return isObject(node) ? node : {};
  };
  const schema = { properties: { a: chain('string'), b: chain('number'), c: chain('boolean') } };
  const value = { a: { next: { value: 1 } }, b: { next: { value: 'x' } }, c: { next: { value: true } } };
  expect(broken(schema, value).map(([pointer]) => pointer)).toEqual(['/a/next/value', '/b/next/value']);
});

test.each([
  [{ type: 'strnig' }, 'type'],
  [{ pattern: '(' }, 'pattern'],
  [{ required: 'name' }, 'required'],
  [{ properties: { a: { minimum: '5' } } }, 'minimum'],
  [{ items: 5 }, 'items'],
  [{ enum: [] }, 'enum'],
])('%j does not compile, and the message names %s', (schema, keyword) => {
  expect(() => compile(schema)).toThrow(SchemaMistake);
  expect(() => compile(schema)).toThrow(`"${keyword}"`);
});

test('a pattern is read with Unicode characters, or as ECMA-262 5.1 has it', () => {
  expect(broken({ pattern: '^.$' }, '\u{1f600}')).toEqual([]);
  expect(broken({ pattern: String.raw`^[a-z\:\-]+$` }, 'a:-')).toEqual([]);
  expect(broken({ pattern: String.raw`^[a-z\:\-]+$` }, 'A')).toHaveLength(1);
});

test('the marks of properties are found below lists and allOf', () => {
  const schema = {
    properties: {
      list: {
        type: 'array',
        items: {
          allOf: [{ properties: { id: { type: 'string', 'x-key': true } } }],
          properties: {
            made: { type: 'string', 'x-immutable': true },
            changed: { type: 'string', 'x-not-before': '/made' },
          },
        },
      },
    },
  };
  expect(compile(schema).marks).toEqual([
    { kind: 'immutable', at: '/list/*/made', where: { file: 'x-immutable', line: 1 } },
    { kind: 'not-before', at: '/list/*/changed', earlier: '/made', where: { file: 'x-not-before', line: 1 } },
    { kind: 'key', at: '/list/*/id', where: { file: 'x-key', line: 1 } },
  ]);
});

test('names of Object.prototype are properties like others', () => {
  expect(broken({ type: 'object', required: ['constructor', 'toString'] }, {})).toHaveLength(2);
  expect(broken({ properties: { constructor: { type: 'string' } } }, { constructor: 1 })).toHaveLength(1);
});
