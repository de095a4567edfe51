import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { endAfter } from '../../src/contract/run-end.ts';

test('a run ends with its time, its plan a little earlier', async () => {
  const end = endAfter(0.4, undefined);
  expect([end.reasonForPlan(), end.reason(), end.signal.aborted]).toEqual([undefined, undefined, false]);
  await delay(370);
  expect([end.reasonForPlan(), end.reason()]).toEqual(['its 0.4 s were over', undefined]);
  await delay(80);
  expect([end.reason(), end.signal.aborted, end.isInterrupted()]).toEqual([
    'its 0.4 s were over',
    true,
    false,
  ]);
  end.clear();
});

test('a run ends when it is interrupted, even before it began', () => {
  const interruption = new AbortController();
  const end = endAfter(60, interruption.signal);
  interruption.abort();
  const late = endAfter(60, interruption.signal);
  for (const each of [end, late]) {
    expect([each.reason(), each.signal.aborted, each.isInterrupted()]).toEqual([
      'it was interrupted',
      true,
      true,
    ]);
    each.clear();
  }
});
