import { expect, test } from '@jest/globals';
import type { Call } from '../../../src/contract/call.ts';
import { answer, slowAnswer } from '../../../src/contract/rules/answer.ts';
import { description } from '../described.ts';
import { callFrom } from '../exchanges.ts';

function hung(): Call {
  const call = callFrom();
  return { ...call, exchange: { ...call.exchange, hungOnReuse: true } };
}

test('a used connection that hangs once is slow, and twice it is no answer', () => {
  const count = (calls: readonly Call[]) => {
    const evidence = { kind: 'live', description, calls, existing: [], invented: [] } as const;
    return [answer, slowAnswer].map((rule) => rule.judge(evidence).violations.length);
  };
  expect(count([callFrom(), hung()])).toEqual([0, 1]);
  expect(count([callFrom(), hung(), hung()])).toEqual([2, 0]);
});
