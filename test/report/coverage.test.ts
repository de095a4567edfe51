import { expect, test } from '@jest/globals';
import { summaryOf } from '../../src/report/coverage.ts';
import { COVERAGE } from './sample.ts';

test('what was seen is counted by its kind, what was not is named, the largest first', () => {
  expect(summaryOf(COVERAGE)).toEqual({
    tallies: [
      { kind: 'operations', seen: 1, all: 2 },
      { kind: 'responses', seen: 1, all: 3 },
      { kind: 'media types', seen: 1, all: 2 },
      { kind: 'uses of parameters', seen: 2, all: 4 },
      { kind: 'properties', seen: 2, all: 4 },
      { kind: 'enum values', seen: 2, all: 5 },
    ],
    unseen: [
      'getJob',
      'listJobs 5XX',
      'listJobs without sort',
      'listJobs 200 /jobs/*/end',
      'listJobs with sort "time"',
      'listJobs 200 /jobs/*/status "failed"',
    ],
  });
});

test('the only operation is neither named nor counted, and nothing that the description lacks', () => {
  const [first] = COVERAGE;
  const only = first && { ...first, parameters: [], responses: first.responses.slice(1) };
  expect(summaryOf(only ? [only] : [])).toEqual({
    tallies: [
      { kind: 'responses', seen: 0, all: 1 },
      { kind: 'media types', seen: 0, all: 1 },
      { kind: 'properties', seen: 0, all: 1 },
    ],
    unseen: ['5XX'],
  });
  expect(summaryOf(COVERAGE.slice(1)).unseen).toEqual(['getJob']);
});

test('of several media types of an answer each is named', () => {
  const type = (name: string, seen: boolean) => ({
    type: name,
    seen,
    properties: [{ pointer: '', seen: false }],
  });
  const mediaTypes = [type('a/b', true), type('c/d', false)];
  const responses = [{ status: '200', seen: 1, mediaTypes }];
  const operation = { operation: 'o', requests: 1, parameters: [], responses };
  expect(summaryOf([operation]).unseen).toEqual(['200 c/d', '200 a/b the body']);
});

test('nothing is counted where nothing was judged', () => {
  expect(summaryOf([])).toEqual({ tallies: [], unseen: [] });
});
