import { expect, test } from '@jest/globals';
import { Executor, type Plan } from '../../../src/world/state/executor.ts';

function plan(turn: number, ready: number, lasts: number): Plan {
  return { turn, ready, lasts, outcome: 'succeeded' };
}

function executorOf(atOnce: number, plans: readonly Plan[]): Executor {
  const executor = new Executor(atOnce);
  for (const each of plans) {
    executor.take(each);
  }
  return executor;
}

/** The plans as [started, ended]. */
function times(plans: readonly Plan[]): readonly (readonly (number | undefined)[])[] {
  return plans.map(({ started, ended }) => [started, ended]);
}

test('without a limit each starts when it is ready', () => {
  const plans = [plan(1, 10, 100), plan(2, 5, 1)];
  const executor = executorOf(Number.POSITIVE_INFINITY, plans);
  executor.advance(9);
  expect(times(plans)).toEqual([
    [undefined, undefined],
    [5, 6],
  ]);
  executor.advance(10);
  expect(times(plans)).toEqual([
    [10, 110],
    [5, 6],
  ]);
});

test('with room for two the third starts when one of them ends, even if nobody looked then', () => {
  const plans = [plan(1, 0, 10), plan(2, 0, 100), plan(3, 5, 20), plan(4, 6, 1), plan(5, 7, 1)];
  const executor = executorOf(2, plans);
  executor.advance(1000);
  expect(times(plans)).toEqual([
    [0, 10],
    [0, 100],
    [10, 30],
    [30, 31],
    [31, 32],
  ]);
});

test('who waited for room does not start before it was there', () => {
  const plans = [plan(1, 0, 10), plan(2, 1, 10)];
  const executor = executorOf(1, plans);
  executor.advance(9);
  executor.advance(10);
  expect(times(plans)).toEqual([
    [0, 10],
    [10, 20],
  ]);
});

test('cancelling a running one makes room at once; a waiting one never starts; an ended one stays', () => {
  const [running, waiting, next] = [plan(1, 0, 100), plan(2, 1, 100), plan(3, 2, 100)];
  const executor = executorOf(1, [running, waiting, next]);
  executor.advance(50);
  executor.cancel(running);
  executor.cancel(waiting);
  executor.advance(60);
  expect(times([running, waiting, next])).toEqual([
    [0, 51],
    [undefined, 51],
    [51, 151],
  ]);
  executor.advance(151);
  executor.cancel(next);
  expect([running, waiting, next].map(({ outcome }) => outcome)).toEqual([
    'cancelled',
    'cancelled',
    'succeeded',
  ]);
});

test('plans that were under way are taken as they were', () => {
  const running = { ...plan(1, 0, 100), started: 0, ended: 100 };
  const cancelled = { ...plan(2, 0, 100), ended: 3 };
  const waiting = plan(3, 5, 10);
  const executor = executorOf(1, [running, cancelled, waiting]);
  executor.advance(200);
  expect(times([running, cancelled, waiting])).toEqual([
    [0, 100],
    [undefined, 3],
    [100, 110],
  ]);
});
