import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createClock, timeText } from '../../../src/world/state/clock.ts';

const START = new Date('2026-01-01T00:00:00Z');

test('a clock shows the present, in microseconds', () => {
  const shown = createClock().now();
  expect(Math.abs(shown / 1000 - Date.now())).toBeLessThan(2000);
  expect(Number.isInteger(shown)).toBe(true);
});

test('a clock of speed 0 moves by hand only', async () => {
  const clock = createClock({ speed: 0, start: START });
  await sleep(5);
  expect(timeText(clock.now(), 6)).toBe('2026-01-01T00:00:00.000000Z');
  clock.advance(1.25);
  expect(timeText(clock.now(), 6)).toBe('2026-01-01T00:00:00.001250Z');
  clock.set(new Date('2026-01-02T00:00:00Z'));
  expect(timeText(clock.now(), 6)).toBe('2026-01-02T00:00:00.000000Z');
});

test('a clock of speed 1000 shows a second after a millisecond', async () => {
  const clock = createClock({ speed: 1000, start: START });
  await sleep(10);
  expect(clock.now() / 1e6 - START.getTime() / 1000).toBeGreaterThan(8);
});

test.each([
  ['back', -1, '-0.001 s'],
  ['by no number', Number.NaN, 'NaN s'],
  ['beyond the year 9999', 8000 * 366 * 86_400_000, '252979200000 s'],
])('a clock does not move %s', (_how, milliseconds, told) => {
  const clock = createClock({ speed: 0, start: START });
  expect(() => clock.advance(milliseconds)).toThrow(
    `the clock shows 2026-01-01T00:00:00.000000Z and cannot be moved by ${told}. ` +
      'It only goes forward, and not beyond the year 9999.',
  );
  expect(() => clock.set(new Date('2025-12-31T23:59:59Z'))).toThrow('cannot be moved by -1 s');
  expect(clock.now()).toBe(START.getTime() * 1000);
});

test('times have the digits that are asked for', () => {
  const instant = Date.UTC(2025, 7, 12, 2, 14, 28) * 1000 + 205_023;
  expect(timeText(instant, 3)).toBe('2025-08-12T02:14:28.205Z');
  expect(timeText(instant, 6)).toBe('2025-08-12T02:14:28.205023Z');
  expect(timeText(instant, 9)).toBe('2025-08-12T02:14:28.205023340Z');
});

test('of nine digits the last three are never all 0, which servers leave out', () => {
  const texts = Array.from({ length: 5000 }, (_, index) => timeText(index * 211, 9));
  expect(texts.filter((text) => /000Z$/.test(text))).toEqual([]);
  expect(texts).toEqual(texts.toSorted());
});
