import { expect, test } from '@jest/globals';
import { appendToken, tokensOf, toPointer, valueAt, withAnyIndex } from '../../src/documents/pointer.ts';

test('slashes and tildes are escaped and unescaped (RFC 6901 3)', () => {
  expect(toPointer(['a/b', 'm~n', 0])).toBe('/a~1b/m~0n/0');
  expect(tokensOf('/a~1b/m~0n/~01')).toEqual(['a/b', 'm~n', '~1']);
  expect(appendToken('/a', 'b/c')).toBe('/a/b~1c');
});

test('a pointer to any item has a star for each index', () => {
  expect(withAnyIndex('/jobs/12/0/v1/2b/3')).toBe('/jobs/*/*/v1/2b/*');
});

test('a pointer leads to its value', () => {
  const root = { a: [{ 'b/c': 1 }], '': 2 };
  expect(valueAt(root, '')).toBe(root);
  expect(valueAt(root, '/a/0/b~1c')).toBe(1);
  expect(valueAt(root, '/')).toBe(2);
});

test.each(['/a/01', '/a/-', '/b', '/a/0/x', '/__proto__', '/a/length'])('%s leads to nothing', (pointer) => {
  expect(valueAt({ a: [{}] }, pointer)).toBeUndefined();
});
