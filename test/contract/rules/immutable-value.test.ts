import { expect, test } from '@jest/globals';
import { findingsIn } from '../companions.ts';
import type { Special } from '../exchanges.ts';

const job = (jobId: string, creator = 'ada', createTime = '2025-08-11T09:30:00Z') => ({
  jobId,
  jobTemplateName: 'nightly',
  status: 'succeeded',
  audit: { creator, createTime },
});
const list = (...jobs: readonly object[]): Special => ({ body: { code: 0, jobs } });
const changes = (...specials: readonly Special[]) =>
  findingsIn(...specials).map(({ check, pointer }) => `${check} ${pointer}`);

test('an item of which several values changed is one finding', () => {
  const [before, after] = [list(job('job-1')), list(job('job-1', 'eve', '2025-09-01T00:00:00Z'))];
  expect(changes(before, after)).toEqual(['immutable-value /jobs/0/audit/creator']);
});

test('items of which different values changed are one each', () => {
  const before = list(job('job-1'), job('job-2'));
  const after = list(job('job-1', 'eve'), job('job-2', 'ada', '2025-09-01T00:00:00Z'));
  expect(changes(before, after)).toEqual([
    'immutable-value /jobs/0/audit/creator',
    'immutable-value /jobs/1/audit/createTime',
  ]);
});
