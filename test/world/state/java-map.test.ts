import { expect, test } from '@jest/globals';
import { hashed } from '../../../src/world/state/java-map.ts';

/** As servers showed the properties of metalakes. */
test.each([
  [['z', 'b', 'a', 'gamma', ''], ['in-use'], ['', 'a', 'z', 'b', 'gamma', 'in-use']],
  [['z', 'b', 'a', 'gamma', ''], ['x'], ['', 'x', 'a', 'z', 'b', 'gamma']],
  [['', 'x', 'a', 'z', 'b', 'gamma'], [], ['', 'a', 'b', 'x', 'z', 'gamma']],
  [['k'], ['in-use'], ['in-use', 'k']],
  [['k'], ['a b'], ['a b', 'k']],
])('%j and %j are shown as %j', (entries, added, expected) => {
  const given = Object.fromEntries(entries.map((key) => [key, '']));
  const shown = hashed(given, (map) => {
    for (const key of added) {
      map.put(key, '');
    }
  });
  expect(Object.keys(shown)).toEqual(expected);
});

test('what was removed is gone', () => {
  expect(hashed({ a: 1, b: 2 }, (map) => map.remove('a'))).toEqual({ b: 2 });
});
