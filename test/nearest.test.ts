import { expect, test } from '@jest/globals';
import { didYouMean } from '../src/nearest.ts';

test('the known name with the fewest letters to change is asked for', () => {
  expect(didYouMean('metalak', ['mark', 'metalake', 'metal'])).toBe('Did you mean "metalake"?');
  expect(didYouMean('xyz', ['a', 'bcdef'])).toBe('Did you mean "a"?');
});

test('where nothing is known, nothing is asked', () => {
  expect(didYouMean('metalak', [])).toBe('');
});
