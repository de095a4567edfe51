import { expect, test } from '@jest/globals';
import { job, jobs, someWorld, withJobs } from '../servers/jobs-api.ts';
import { checksOf, verifyJobs } from './described.ts';

test('a job that was deleted once between two reads is no finding', async () => {
  const world = someWorld();
  const [name = ''] = world.keys();
  let reads = 0;
  const report = await verifyJobs((answer, { metalake }) => {
    reads += metalake === name ? 1 : 0;
    if (reads === 8) {
      world.get(name)?.shift();
    }
    return answer;
  }, world);
  expect(report.findings).toEqual([]);
});

test('an item that vanishes every time is confirmed by two more rounds', async () => {
  let reads = 0;
  const report = await verifyJobs(
    (answer) => {
      reads += 1;
      return withJobs(answer, (all) => all.slice((reads + 1) % 2));
    },
    new Map([['demo', jobs(4, ['a'])]]),
  );
  expect(checksOf(report)).toContain('repeat');
});

test('a template whose jobs appear while it is asked for is no finding', async () => {
  const world = new Map([['demo', jobs(4, ['a', 'b'])]]);
  const report = await verifyJobs((answer, { template }) => {
    if (template === 'a') {
      world.get('demo')?.push(job('a'));
    }
    return answer;
  }, world);
  expect(report.findings).toEqual([]);
});
