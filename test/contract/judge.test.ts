import { expect, test } from '@jest/globals';
import { findingsOf, groupsOf, judge } from '../../src/contract/judge.ts';
import type { Evidence, Rule, Violation } from '../../src/contract/rules/rule.ts';
import { VENDOR } from '../servers/jobs-api.ts';
import { description } from './described.ts';
import { callFrom } from './exchanges.ts';

const rule: Rule = {
  id: 'a-rule',
  claim: 'It holds.',
  severity: 'error',
  basis: 'RFC 1',
  fix: 'Mend it.',
  message: '{operation}: {pointer} is {actual} instead of {expected}',
  unproven: 'nothing was seen; give {option}',
  judge: () => ({ violations: [], tests: 1 }),
};

const call = callFrom();
const evidence: Evidence = { kind: 'live', description, calls: [call], existing: [], invented: [] };

function violation(special: Partial<Violation> = {}): Violation {
  return { call, kind: 'k', pointer: '/a/0', expected: 'x', actual: 'y', ...special };
}

function judged(rules: readonly Rule[], on: Evidence = evidence) {
  const { groups, untested, tested } = judge(on, rules);
  return { findings: findingsOf(groups, () => 'curl'), untested, tested };
}

test('violations of one kind at one place of a list have one root cause', () => {
  const others = [callFrom(), callFrom()];
  const violations = [
    violation({ actual: '1' }),
    violation({ pointer: '/a/7', actual: '2' }),
    ...others.map((each) => violation({ call: each, pointer: '/a/1', actual: '3' })),
    violation({ actual: '4' }),
  ];
  expect(findingsOf(groupsOf(rule, violations), () => 'curl')).toEqual([
    {
      severity: 'error',
      check: 'a-rule',
      message: 'listJobs: /a/0 is 1, 2, 3 and 1 more instead of x',
      expected: 'x',
      actual: '1, 2, 3 and 1 more',
      pointer: '/a/0',
      source: 'RFC 1',
      curl: 'curl',
      count: 3,
      operation: { id: 'listJobs', where: description.operations[0]?.where },
      values: ['1', '2', '3', '4'],
      evidence: {
        request: `GET /api/metalakes/sales/jobs/runs HTTP/1.1\nAccept: ${VENDOR}`,
        response: `HTTP/1.1 200\nContent-Type: ${VENDOR}\n\n{"code":0,"jobs":[]}`,
        marked: undefined,
      },
    },
  ]);
});

test('another kind, or another place, is another root cause', () => {
  const violations = [violation(), violation({ kind: 'l' }), violation({ pointer: '/b/0' })];
  expect(groupsOf(rule, violations)).toHaveLength(3);
});

test('errors come before warnings, and otherwise rules in their order', () => {
  const make = (id: string, severity: Rule['severity']): Rule => ({
    ...rule,
    id,
    severity,
    judge: () => ({ violations: [violation()], tests: 1 }),
  });
  const { findings } = judged([make('w', 'warning'), make('b', 'error'), make('a', 'error')]);
  expect(findings.map(({ check }) => check)).toEqual(['b', 'a', 'w']);
});

test('a claim that was never tested is untested, with what would change that', () => {
  const idle: Rule = { ...rule, judge: () => ({ violations: [], tests: 0 }) };
  expect(judged([idle])).toEqual({
    findings: [],
    untested: [{ check: 'a-rule', reason: 'nothing was seen; give --metalake' }],
    tested: [],
  });
});

test('a claim that was tested in part tells the rest', () => {
  const partly: Rule = { ...rule, judge: () => ({ violations: [], tests: 1, untested: ['the rest'] }) };
  expect(judged([partly])).toEqual({
    findings: [],
    untested: [{ check: 'a-rule', reason: 'the rest' }],
    tested: ['a-rule'],
  });
});

test('a claim that the description does not make is untested', () => {
  const { untested } = judged([{ ...rule, extension: 'x-key' }], {
    ...evidence,
    description: { ...description, operations: [] },
  });
  expect(untested).toEqual([{ check: 'a-rule', reason: 'the description does not say it: it has no x-key' }]);
});

test.each([
  ['bytes', 'recorded traffic does not hold the bytes; judge a running server'],
  ['server', 'recorded traffic does not show it; judge a running server'],
] as const)('a rule that needs %s does not judge recorded traffic', (needs, reason) => {
  const broken: Rule = { ...rule, needs, judge: () => ({ violations: [violation()], tests: 1 }) };
  expect(judged([broken], { ...evidence, kind: 'recorded' })).toEqual({
    findings: [],
    untested: [{ check: 'a-rule', reason }],
    tested: [],
  });
});
