import { expect, test } from '@jest/globals';
import { decodeOnce, decodeQueryValue, parseQuery } from '../../src/http/percent.ts';

test.each([
  ['plain', 'plain'],
  ['a%2Fb%20c', 'a/b c'],
  ['%2525', '%25'],
  ['%C3%BC%F0%9F%9A%80', 'ü🚀'],
  ['a+b', 'a+b'],
  ['%00', '\u0000'],
])('%j is decoded once, to %j', (text, expected) => {
  expect(decodeOnce(text)).toBe(expected);
});

test.each(['%', '%2', '%zz', '%FF', '%C3', '%C0%AF', '%ED%A0%80'])('%j is no encoding of UTF-8', (text) => {
  expect(decodeOnce(text)).toBeUndefined();
});

test('in a query, plus is a blank and an encoded plus is a plus', () => {
  expect(decodeQueryValue('a+b%2Bc')).toBe('a b+c');
});

test('a query is read in order, with repeated names, empty values and malformed ones', () => {
  expect(parseQuery('b=2&a&b=1%261&&=x&c=&d=1=2&%zz=1&e=%FF&f+g=h')).toEqual([
    ['b', '2'],
    ['a', ''],
    ['b', '1&1'],
    ['', 'x'],
    ['c', ''],
    ['d', '1=2'],
    ['%zz', undefined],
    ['e', undefined],
    ['f g', 'h'],
  ]);
});

test('an empty query has no parameters', () => {
  expect(parseQuery('')).toEqual([]);
});
