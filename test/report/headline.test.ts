import { expect, test } from '@jest/globals';
import { headlineOf } from '../../src/report/headline.ts';
import { finding, report, waiver } from './sample.ts';

test('the headline is the verdict with its counts', () => {
  expect(headlineOf(report(), false)).toEqual({
    meaning: 'violates',
    word: 'VIOLATES',
    text: '1 error, 1 warning',
  });
});

test('the headline says what is waived', () => {
  const waived = [{ finding: finding(), waiver: waiver() }];
  expect(headlineOf(report({ verdict: 'conforms', findings: [], waived }), true)).toEqual({
    meaning: 'conforms',
    word: 'CONFORMS',
    text: '0 errors, 0 warnings, 1 waived',
  });
});

test('with strict a warning is the meaning of the headline', () => {
  const warned = report({ verdict: 'conforms', findings: [finding({ severity: 'warning' })] });
  expect(headlineOf(warned, false).meaning).toBe('conforms');
  expect(headlineOf(warned, true)).toEqual({
    meaning: 'violates',
    word: 'FAILS',
    text: '0 errors, 1 warning; with --strict a warning fails the run',
  });
});

test('without a verdict the headline is the reason', () => {
  const none = report({ verdict: 'no-verdict', reason: 'Nothing\nlistens.', findings: [] });
  expect(headlineOf(none, true)).toEqual({
    meaning: 'no-verdict',
    word: 'NO VERDICT',
    text: 'Nothing\\nlistens.',
  });
});
