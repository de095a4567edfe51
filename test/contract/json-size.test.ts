import { expect, test } from '@jest/globals';
import { sizeOfJson } from '../../src/contract/json-size.ts';

test('a text takes memory by its values, containers more than others', () => {
  expect(sizeOfJson('{"a":[1,"x"],"b":{}}')).toEqual({ bytes: 3 * 100 + 4 * 16, excess: undefined });
});

test.each([
  ['objects', `[${'{},'.repeat(1e6)}{}]`],
  ['numbers', `[${'0,'.repeat(4.5e6)}0]`],
])('a text of very many %s has too many values', (_, text) => {
  expect(sizeOfJson(text).excess).toBe('it has more values than fit into the 64 MiB that they may take');
});

test('an object of very many names is too large, the same in several is not', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `"${index}":0`).join(',');
  expect(sizeOfJson(`{${names(100_001)}}`).excess).toBe(
    'it has an object of more than the 100000 names that are read',
  );
  expect(sizeOfJson(`[{${names(60_000)}},{${names(60_000)}}]`).excess).toBeUndefined();
});

test('commas and brackets in a text count for nothing', () => {
  expect(sizeOfJson(`"${'{[,'.repeat(1e6)}"`)).toEqual({ bytes: 16, excess: undefined });
});

test('a very long text is too large', () => {
  expect(sizeOfJson(`["${'x'.repeat(9e6)}"]`).excess).toBe(
    'it has a text of more than the 8388608 characters that are read',
  );
});
