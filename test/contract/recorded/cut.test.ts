import { expect, test } from '@jest/globals';
import { looksCut } from '../../../src/contract/recorded/cut.ts';

const list = JSON.stringify(Array.from({ length: 200 }, (_, index) => `job-${index}`));

test.each([100, 400, 1024])('JSON that stops after %i characters looks cut', (length) => {
  expect(looksCut(Buffer.from(list.slice(0, length)))).toBe(true);
});

test('JSON that stops elsewhere, or that is whole, does not, nor does anything else', () => {
  expect(looksCut(Buffer.from(list.slice(0, 399)))).toBe(false);
  expect(looksCut(Buffer.from(`["${'a'.repeat(96)}"]`))).toBe(false);
  expect(looksCut(Buffer.from('x'.repeat(100)))).toBe(false);
  expect(looksCut(Buffer.from(''))).toBe(false);
});
