import { expect, test } from '@jest/globals';
import { fateOf } from '../../../src/world/state/runs.ts';
import { templateRecord } from '../../../src/world/state/template.ts';

const USUAL = { outcome: 'succeeded', queuedSeconds: 1, runningSeconds: 2, missing: false };

function run(executable: string, jobConf = {}, seed = 'seed') {
  return { template: templateRecord({ jobType: 'shell', name: 't1', executable }, {}), jobConf, seed };
}

test('without rules a run succeeds after three seconds', () => {
  expect(fateOf(run('/opt/ok.sh', { arg1: 'value1', arg2: 'success' }))).toMatchObject(USUAL);
});

test.each([
  ['an entry of the configuration says fail', run('/opt/test.sh', { arg1: 'x', arg2: 'fail' })],
  ['the program is named so', run('/opt/fail-often.sh')],
])('without rules a run fails where %s', (_why, asked) => {
  expect(fateOf(asked)).toMatchObject({ ...USUAL, outcome: 'failed' });
});

test('without rules a program that sleeps runs for five minutes', () => {
  expect(fateOf(run('https://example.com/sleep.sh'))).toMatchObject({ ...USUAL, runningSeconds: 300 });
});

test('a name that only holds the word, or a folder of that name, means nothing', () => {
  expect(fateOf(run('/fail/safe-failover.sh', { a: 'failure' }))).toMatchObject(USUAL);
});

test('the first rule that matches decides, before what everybody expects', () => {
  const rules = [
    { when: { template: 'other' }, runningSeconds: 9 },
    { when: { template: 't*', jobConf: { 'arg*': 'f*l' } }, queuedSeconds: 0 },
    { runningSeconds: 7 },
  ];
  expect(fateOf(run('/opt/a.sh', { arg2: 'fail' }), rules)).toMatchObject({ ...USUAL, queuedSeconds: 0 });
  expect(fateOf(run('/opt/a.sh', { b: 'fail' }), rules)).toMatchObject({ ...USUAL, runningSeconds: 7 });
});

test.each([
  ['*.sh', '/opt/a.sh', true],
  ['a.sh', '/opt/a.sh', true],
  ['a.sh', '/opt/axsh', false],
  ['/opt/*/a.sh', '/opt/b/a.sh', true],
  ['/opt/a*', '/opt2/a.sh', false],
  ['*', 'line\nbreak', true],
  ['[a]+(', '[a]+(', true],
])('the pattern %s against the program %s: %s', (executable, program, matches) => {
  const { runningSeconds } = fateOf(run(program), [{ when: { executable }, runningSeconds: 50 }]);
  expect(runningSeconds).toBe(matches ? 50 : 2);
});

test('a rule matches by the kind of template', () => {
  const rules = [{ when: { jobType: 'spark' as const }, outcome: 'failed' as const }];
  const spark = templateRecord({ jobType: 'spark', name: 's', executable: 'a.jar' }, {});
  expect(fateOf({ template: spark, jobConf: {}, seed: '' }, rules).outcome).toBe('failed');
  expect(fateOf(run('a.jar'), rules).outcome).toBe('succeeded');
});

test('a rule with a share decides about so many runs, the same ones for the same seed', () => {
  const rules = [{ share: 0.25, outcome: 'failed' as const }];
  const outcomes = () =>
    Array.from({ length: 1000 }, (_, index) => fateOf(run('a', {}, `${index}`), rules).outcome);
  const failed = outcomes().filter((outcome) => outcome === 'failed').length;
  expect(failed).toBeGreaterThan(200);
  expect(failed).toBeLessThan(300);
  expect(outcomes()).toEqual(outcomes());
});
