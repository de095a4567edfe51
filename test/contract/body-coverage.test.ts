import { expect, test } from '@jest/globals';
import { bodyCoverageOf } from '../../src/contract/body-coverage.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { toStandard } from '../../src/schema/standard.ts';

/** What was seen of a schema: `/a` or, where it was never seen, `-/a`; members of enums behind it. */
function seen(schema: JsonObject, ...bodies: readonly Json[]): readonly string[] {
  const places = [...bodyCoverageOf(toStandard(schema), bodies)];
  return places.map(({ pointer, seen: isSeen, values = [] }) => {
    const members = values.map((each) => ` ${each.seen ? '' : '-'}${each.value}`);
    return `${isSeen ? '' : '-'}${pointer}${members.join('')}`;
  });
}

const TEXT = { type: 'string' };

test('properties are found at every depth, in arrays too', () => {
  const schema = {
    properties: {
      a: { properties: { 'b/c~d': { items: { items: { properties: { e: TEXT, f: TEXT } } } } } },
    },
  };
  expect(seen(schema, { a: { 'b/c~d': [[], [{ e: 1 }]] } }, { a: 1 }, null)).toEqual([
    '/a',
    '/a/b~1c~0d',
    '/a/b~1c~0d/*/*/e',
    '-/a/b~1c~0d/*/*/f',
  ]);
});

test('what each branch describes counts, and what several describe counts once', () => {
  const schema = {
    allOf: [{ properties: { all: TEXT } }],
    oneOf: [
      { properties: { kind: { enum: ['cat'] }, tail: TEXT } },
      { properties: { kind: { const: 'dog' }, nose: { anyOf: [{ properties: { wet: TEXT } }, TEXT] } } },
    ],
    if: { properties: { unasked: TEXT } },
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
    then: { properties: { yes: TEXT } },
    else: { properties: { no: TEXT } },
    dependentSchemas: { all: { properties: { also: TEXT } } },
    not: { properties: { never: TEXT } },
  };
  expect(seen(schema, { all: '', kind: 'dog', nose: { wet: '' } })).toEqual([
    '/all',
    '/kind -"cat" "dog"',
    '-/tail',
    '/nose',
    '/nose/wet',
    '-/yes',
    '-/no',
    '-/also',
  ]);
});

test('members of an enum are told apart by their JSON, wherever the enum stands', () => {
  const schema = {
    properties: {
      mixed: { enum: [1, '1', null, true, ['x']] },
      list: { type: 'array', items: { enum: ['a', 'b'] } },
      pair: { type: 'array', prefixItems: [{ enum: ['first'] }, { enum: ['second'] }] },
    },
  };
  const body = { mixed: '1', list: ['b', 'c'], pair: ['first'] };
  expect(seen(schema, body, { mixed: null }, { mixed: ['x'] })).toEqual([
    '/mixed -1 "1" null -true ["x"]',
    '/list',
    '/list/* -"a" "b"',
    '/pair',
    '/pair/0 "first"',
    '-/pair/1 -"second"',
  ]);
  expect(seen({ enum: ['a', 'b'] }, 'b')).toEqual([' -"a" "b"']);
  expect(seen({ items: { enum: ['a', 'b'] } }, ['a'])).toEqual(['/* "a" -"b"']);
});

test('properties without a name in the schema are one place', () => {
  const schema = {
    properties: {
      a: TEXT,
      map: { properties: { known: TEXT }, additionalProperties: { properties: { b: TEXT } } },
      labels: { patternProperties: { '^x': { enum: ['on', 'off'] } } },
      closed: { additionalProperties: false },
    },
  };
  expect(seen(schema, { map: { known: { b: 1 } }, labels: { x1: 'on' } })).toEqual([
    '-/a',
    '/map',
    '/map/known',
    '-/map/*',
    '-/map/*/b',
    '/labels',
    '/labels/* "on" -"off"',
    '-/closed',
  ]);
});

test('a schema that contains itself is entered once', () => {
  const tree: Record<string, Json> = { properties: { name: TEXT } };
  tree['properties'] = { name: TEXT, children: { type: 'array', items: tree } };
  expect(seen(tree, { children: [{ name: 'a' }] })).toEqual(['-/name', '/children']);
  expect(seen({ properties: { left: tree, right: tree } }, { right: { name: 'a' } })).toEqual([
    '-/left',
    '-/left/name',
    '-/left/children',
    '/right',
    '/right/name',
    '-/right/children',
  ]);
});

test('what only requests have, or nothing may have, is no place', () => {
  const schema = { properties: { password: { type: 'string', writeOnly: true }, b: false, c: true } };
  expect(seen(schema, { password: 'x', c: 1 })).toEqual(['/c']);
});
