import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { checkWorld } from '../../src/mock/check-world.ts';
import { DescribedReplies } from '../../src/mock/described.ts';
import { jobSchema } from '../../src/mock/handlers/job-form.ts';
import { LISTED } from '../../src/mock/handlers/jobs.ts';
import { transportReplies } from '../../src/mock/transport-answers.ts';
import { packageFile } from '../../src/package-files.ts';
import { loadWorld } from '../../src/world/load.ts';
import type { Job, World } from '../../src/world/model.ts';
import { description } from './running.ts';

const [operation] = description.operations;
const schema = operation ? jobSchema(operation, LISTED) : {};

function check(world: World): void {
  checkWorld(world, description, new DescribedReplies(transportReplies(description)));
}

function worldOf(
  jobs: readonly Job[],
  faults: World['faults'] = { delaySeconds: 0, failure: undefined },
): World {
  const where = (index: number, pointer: string) => ({
    file: 'mine.yaml',
    line: 10 * index + pointer.length,
  });
  return {
    name: 'mine',
    summary: '',
    source: 'mine.yaml',
    metalakes: new Map([['demo', { name: 'demo', jobs: { all: jobs, ofTemplate: () => [], where } }]]),
    open: undefined,
    faults,
  };
}

const good: Job = { jobId: 'a', jobTemplateName: 't', status: 'queued', audit: {} };

test.each(['default', 'closed', 'empty', 'one', 'busy', 'outage', 'slow', 'flaky'])(
  'the answers of %s keep the description',
  async (scenario) => {
    const world = await loadWorld(scenario, { jobSchema: schema });
    expect(() => check(world)).not.toThrow();
  },
);

test('a value that would break an answer is named with its line', () => {
  expect(() => check(worldOf([good, { ...good, status: 'running' }]))).toThrow(
    'mine.yaml:17: /jobs/1/status of an answer would be "running", but the description expects one of ' +
      '"queued", "started", "failed", "succeeded", "cancelling", "canceled". Correct the value.',
  );
});

test('of many mistakes the first twenty are told', () => {
  const jobs = Array.from({ length: 1000 }, () => ({ ...good, status: 'running' }));
  const messages = (() => {
    try {
      check(worldOf(jobs));
    } catch (error) {
      return error instanceof Error ? error.message.split('\n') : [];
    }
    return [];
  })();
  expect(messages).toHaveLength(20);
});

test('failures must have a documented example', async () => {
  const bare = await loadDescription(packageFile('spec/openapi.yaml'));
  const operations = bare.operations.map((each) => ({
    ...each,
    responses: each.responses.filter(({ key }) => key !== '5XX'),
  }));
  const world = worldOf([good], { delaySeconds: 0, failure: { status: 503, share: 1, seed: 1 } });
  const replies = new DescribedReplies(transportReplies(description));
  expect(() => checkWorld(world, { ...bare, operations }, replies)).toThrow(
    'mine.yaml:1: failures have the status 503, for which listJobs documents no example. Choose a documented status.',
  );
});

test('100,000 jobs are checked in a moment', () => {
  const jobs = Array.from({ length: 100_000 }, (_, index) => ({
    ...good,
    jobId: `job-${index}`,
    audit: {
      creator: 'ada',
      createTime: '2025-10-10T08:00:19.428Z',
      lastModifiedTime: '2025-10-10T08:00:19.428Z',
    },
  }));
  const start = performance.now();
  check(worldOf(jobs));
  expect(performance.now() - start).toBeLessThan(1000);
});
