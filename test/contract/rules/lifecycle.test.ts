import { expect, test } from '@jest/globals';
import { VENDOR } from '../../servers/jobs-api.ts';
import { findingsIn } from '../companions.ts';
import type { Special } from '../exchanges.ts';

const job = (status: string, jobId = 'job-1') => ({
  jobId,
  jobTemplateName: 'a',
  status,
  audit: { creator: 'c', createTime: '2025-08-11T09:30:00Z' },
});
const run = (status: string): Special => ({
  method: 'POST',
  target: '/api/metalakes/m/jobs/runs',
  headers: [
    ['Accept', VENDOR],
    ['Content-Type', 'application/json'],
  ],
  requestBody: '{"jobTemplateName":"a"}',
  body: { code: 0, job: job(status) },
});
const read = (status: string, metalake = 'm'): Special => ({
  target: `/api/metalakes/${metalake}/jobs/runs/job-1`,
  body: { code: 0, job: job(status) },
});
const list = (...statuses: readonly string[]): Special => ({
  target: '/api/metalakes/m/jobs/runs',
  body: { code: 0, jobs: statuses.map((status, index) => job(status, `job-${index + 1}`)) },
});

test.each([
  ['every state', [run('queued'), read('started'), list('cancelling'), read('canceled'), list('canceled')]],
  ['states that nobody saw', [run('queued'), list('succeeded')]],
  ['a success after the order to stop', [read('cancelling'), read('succeeded')]],
  ['the states of another thing', [read('succeeded'), read('queued', 'other'), list('succeeded', 'queued')]],
])('%s may follow', (_, specials) => {
  expect(findingsIn(...specials)).toEqual([]);
});

test.each([
  [
    'what has ended goes on',
    [read('succeeded'), list('started')],
    '"started" after "succeeded"',
    '/jobs/0/status',
  ],
  [
    'what was told to stop waits',
    [read('cancelling'), read('queued')],
    '"queued" after "cancelling"',
    '/job/status',
  ],
  ['what is new has begun', [run('started')], '"started"', '/job/status'],
])('a server where %s is convicted', (_, specials, actual, pointer) => {
  expect(findingsIn(...specials)).toMatchObject([{ check: 'lifecycle', severity: 'error', actual, pointer }]);
});
