import { expect, test } from '@jest/globals';
import { firstQueryValue, isSoundTarget, splitTarget } from '../../src/mock/target.ts';

test.each([
  ['/a/b?c=d?e', { path: '/a/b', query: 'c=d?e' }],
  ['/a', { path: '/a', query: '' }],
  ['*', { path: '*', query: '' }],
  ['http://host:1/a?b', { path: '/a', query: 'b' }],
  ['HTTPS://me:secret@host', { path: '/', query: '' }],
  ['http://host?b', { path: '/', query: 'b' }],
  ['//host/a', { path: '//host/a', query: '' }],
])('%s is split', (text, parts) => {
  expect(splitTarget(text)).toEqual(parts);
});

test.each(['/%zz', '/%', '/%4', '/%FF', '/%C3%28', '/%ED%A0%80', '/a b', '/ä', '/\u007f'])(
  '%j is not sound',
  (text) => {
    expect(isSoundTarget(text)).toBe(false);
  },
);

test.each(['/%20', '/%C3%BC?%F0%9F%98%80', '/%00', "/~!$&'()*+,;=:@[]{}|^`<>"])('%j is sound', (text) => {
  expect(isSoundTarget(text)).toBe(true);
});

test('the first value of a parameter counts', () => {
  expect(firstQueryValue('a=1&b=2&b=3', 'b')).toBe('2');
  expect(firstQueryValue('a=1', 'b')).toBeUndefined();
  expect(firstQueryValue('__proto__=1', 'b')).toBeUndefined();
});
