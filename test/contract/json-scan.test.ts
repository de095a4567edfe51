import { expect, test } from '@jest/globals';
import { scanJson } from '../../src/contract/json-scan.ts';

test('a name that stands twice in its object is told with its place, escapes and composition aside', () => {
  expect(scanJson('{"a":[{"b":1,"c":{"b":2},"\\u0062":3}],"é":1,"e\u0301":2}')).toEqual([
    { kind: 'duplicate-key', pointer: '/a/0/b', text: '"\\u0062"' },
    { kind: 'duplicate-key', pointer: '/e\u0301', text: '"e\u0301"' },
  ]);
});

test('names of different objects, and texts that are no names, may be equal', () => {
  expect(scanJson('[{"a":"a"},{"a":["a","a"]}]')).toEqual([]);
});

test('half a character is told, a pair is not', () => {
  expect(scanJson('["\\ud83d\\ude00","\\ud83d","\\\\ud83d"]')).toEqual([
    { kind: 'lone-surrogate', pointer: '/1', text: '"\\ud83d"' },
  ]);
});

test('quotes and backslashes in texts do not end them', () => {
  expect(scanJson('{"a":"\\"","b":"\\\\","c":"\\\\\\"{"}')).toEqual([]);
});

test('depth beyond 1000 levels is told', () => {
  expect(scanJson('['.repeat(1000) + ']'.repeat(1000))).toEqual([]);
  expect(scanJson('['.repeat(1001) + ']'.repeat(1001))).toEqual([
    { kind: 'depth', pointer: '', text: '1001 levels' },
  ]);
});

test('what is long is cut, and what is many is told 20 times', () => {
  const [name, value] = ['n'.repeat(5000), '1'.repeat(5000)];
  const found = scanJson(`[${Array.from({ length: 30 }, () => `{"${name}":${value}}`).join(',')}]`);
  expect(found).toHaveLength(20);
  expect(found[0]).toEqual({
    kind: 'imprecise-number',
    pointer: `/0/${'n'.repeat(997)}`,
    text: `${'1'.repeat(60)}…`,
  });
});
