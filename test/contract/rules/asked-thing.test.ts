import { expect, test } from '@jest/globals';
import { findingsIn } from '../companions.ts';
import type { Special } from '../exchanges.ts';

const read = (asked: string, jobId: string): Special => ({
  target: `/api/metalakes/m/jobs/runs/${asked}`,
  body: {
    code: 0,
    job: {
      jobId,
      jobTemplateName: 'a',
      status: 'queued',
      audit: { creator: 'c', createTime: '2025-08-11T09:30:00Z' },
    },
  },
});

test('the answer to a key that only looks like another one convicts', () => {
  expect(findingsIn(read('XXXX123', 'job-123'))).toMatchObject([
    {
      check: 'asked-thing',
      severity: 'error',
      pointer: '/job/jobId',
      message: 'getJob answers with "job-123" where "XXXX123" was asked for',
    },
  ]);
});

test('the answer to the key itself does not, however it is encoded', () => {
  expect(findingsIn(read('job-123', 'job-123'), read('%6Aob-1', 'job-1'))).toEqual([]);
});
