import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Call } from '../../../src/contract/call.ts';
import { answerSize, slowAnswer } from '../../../src/contract/rules/answer.ts';
import { RULES } from '../../../src/contract/rules/index.ts';
import type { Evidence } from '../../../src/contract/rules/rule.ts';
import { packageFile } from '../../../src/package-files.ts';
import { description } from '../described.ts';
import { callFrom } from '../exchanges.ts';

function live(calls: readonly Call[]): Evidence {
  return { kind: 'live', description, calls, existing: [], invented: [] };
}

test('an answer that took more than five seconds is slow, but not the first of a run', () => {
  const slow = callFrom({ durationMs: 5400 });
  const calls = [slow, callFrom({ durationMs: 5000 }), slow];
  expect(slowAnswer.judge(live(calls)).violations).toMatchObject([{ call: slow, actual: '5.4 s' }]);
});

test('a body that is too large to be judged is told', () => {
  const call = callFrom();
  const { exchange } = call;
  const large: Call = {
    ...call,
    exchange: {
      ...exchange,
      response: exchange.response && { ...exchange.response, bodyProblem: { kind: 'size', detail: 'large' } },
    },
  };
  expect(answerSize.judge(live([call, large])).violations).toMatchObject([{ call: large, actual: 'large' }]);
});

test('the name of every rule is unique and in kebab-case', () => {
  const ids = RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
});

test('docs/rules.md lists every rule as the code has it, and no other', () => {
  const lines = readFileSync(packageFile('docs/rules.md'), 'utf8').split('\n');
  const listed = lines.filter((line) => line.startsWith('| `'));
  expect(listed).toEqual(
    RULES.map(
      ({ id, severity, claim, basis, fix }) => `| \`${id}\` | ${severity} | ${claim} | ${basis} | ${fix} |`,
    ),
  );
});
