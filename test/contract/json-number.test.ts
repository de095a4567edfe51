import { expect, test } from '@jest/globals';
import { isImprecise } from '../../src/contract/json-number.ts';

test.each([
  '0',
  '-1',
  '9007199254740991',
  '0.1',
  '1e3',
  '1.50',
  '100000000000000000000',
  '1e-7',
  'true',
  'null',
])('%s is the same as a double', (token) => {
  expect(isImprecise(token)).toBe(false);
});

test.each(['9007199254740993', '1e400', '0.00000000000000000000000001e-400', '1.0000000000000000001'])(
  '%s is another number as a double',
  (token) => {
    expect(isImprecise(token)).toBe(true);
  },
);

test('a number of a million digits takes no time', () => {
  const start = performance.now();
  expect(isImprecise(`1${'0'.repeat(1e6)}1`)).toBe(true);
  expect(isImprecise(`0.${'0'.repeat(1e6)}1e1000001`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});
