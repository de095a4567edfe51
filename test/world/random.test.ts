import { expect, test } from '@jest/globals';
import { seededRandom } from '../../src/world/random.ts';

function draw(seed: string, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
}

test('the same seed draws the same numbers, on every machine', () => {
  expect(draw('1 /open', 3)).toEqual([0.6832958122249693, 0.6958300117403269, 0.8619580667000264]);
});

test('seeds that differ in one character draw other numbers', () => {
  expect(draw('1', 1)).not.toEqual(draw('2', 1));
});

test('the numbers are spread evenly from 0 to 1', () => {
  const tenths = new Array(10).fill(0);
  for (const number of draw('spread', 100_000)) {
    tenths[Math.floor(number * 10)] += 1;
  }
  expect(Math.min(...tenths)).toBeGreaterThan(9_600);
  expect(Math.max(...tenths)).toBeLessThan(10_400);
});
