import { expect, test } from '@jest/globals';
import { admits, parseAccept, preferred } from '../../src/http/accept.ts';

const VENDOR = 'application/vnd.gravitino.v1+json';

test.each([undefined, '', ' ', ',', ' , ,'])('%j counts as absent', (field) => {
  expect(parseAccept(field)).toEqual({ kind: 'absent' });
});

test.each([
  'garbage',
  '*',
  '*/json',
  'a/b c/d',
  'a/b;q',
  'a/b;q=',
  'a/b;q=2',
  'a/b;q=1.5',
  'a/b;q=-1',
  'a/b;q=.5',
  'a/b;q=0.1234',
  'a/b;q=1.001',
  'a/b;q=x',
  'a/b, garbage',
])('%j is malformed', (field) => {
  expect(parseAccept(field)).toEqual({ kind: 'malformed' });
});

test('ranges keep their parameters and weights, and empty elements are passed over', () => {
  expect(parseAccept(', text/*;Level=1;Q=0.25 ,, */*;q=0.')).toEqual({
    kind: 'ranges',
    ranges: [
      { type: 'text', subtype: '*', essence: 'text/*', parameters: new Map([['level', '1']]), q: 0.25 },
      { type: '*', subtype: '*', essence: '*/*', parameters: new Map(), q: 0 },
    ],
  });
});

test.each([
  [undefined, true],
  ['garbage', true],
  ['*/*', true],
  ['application/*', true],
  ['APPLICATION/VND.GRAVITINO.V1+JSON', true],
  ['text/html, application/vnd.gravitino.v1+json;q=0.001', true],
  ['application/vnd.gravitino.v1+json; charset=utf-8', true],
  ['application/json', false],
  ['text/*', false],
  ['application/vnd.gravitino.v1+json;q=0', false],
  ['*/*;q=0', false],
  ['application/vnd.gravitino.v1+json;q=0, */*', false],
  ['*/*, application/*;q=0', false],
  ['*/*;q=0, application/*', true],
  ['application/vnd.gravitino.v1+json;q=0, application/vnd.gravitino.v1+json', true],
])('whether %j admits the vendor type: %j', (field, expected) => {
  expect(admits(parseAccept(field), VENDOR)).toBe(expected);
});

test('a range with a parameter goes before one without', () => {
  const accept = parseAccept('text/plain;format=flowed;q=0, text/plain');
  expect(admits(accept, 'text/plain;format=flowed')).toBe(false);
  expect(admits(accept, 'text/plain;format=fixed')).toBe(true);
});

test('nothing but everything admits what is no media type', () => {
  expect(admits(parseAccept('*/*'), 'garbage')).toBe(false);
  expect(admits(parseAccept(undefined), 'garbage')).toBe(true);
});

test.each([
  [undefined, 'a/first'],
  ['garbage', 'a/first'],
  ['*/*', 'a/first'],
  ['a/second, a/first', 'a/first'],
  ['a/first;q=0.5, a/second;q=0.6', 'a/second'],
  ['*/*;q=0.5, a/second', 'a/second'],
  ['a/first;q=0, */*', 'a/second'],
  ['b/*', undefined],
])('of the offered types %j prefers %j', (field, expected) => {
  expect(preferred(parseAccept(field), ['a/first', 'a/second'])).toBe(expected);
});

test('nothing is preferred where nothing is offered', () => {
  expect(preferred(parseAccept('*/*'), [])).toBeUndefined();
});
