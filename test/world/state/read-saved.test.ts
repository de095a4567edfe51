import { expect, test } from '@jest/globals';
import { readSaved } from '../../../src/world/state/read-saved.ts';

const METALAKE = { record: { name: 'a', inUse: true, audit: {} }, templates: [], jobs: [] };
const JOB = {
  record: { jobId: 'job-1', jobTemplateName: 't', status: 'queued', audit: {} },
  isListed: true,
  plan: { turn: 1, ready: 5, lasts: 7, outcome: 'failed' },
};
const SAVED = {
  format: 'gravitino-jobs-kit state 1',
  now: 1,
  epoch: 0,
  turn: 1,
  gone: ['x'],
  metalakes: [{ ...METALAKE, jobs: [JOB] }],
};

const LEFT = 'The file is left as it is: repair it, move it away or give the path of another.';

function textOf(state: unknown): string {
  return JSON.stringify(state, null, 1);
}

test('a state is read as it was written', () => {
  expect(readSaved(textOf(SAVED), 'f.json')).toEqual(SAVED);
});

test.each([
  ['nothing', '', 1],
  ['a part of a state', textOf(SAVED).slice(0, 300), 21],
  ['a fixture', 'summary: s\nmetalakes: []\n', 1],
  ['zeros', '\0'.repeat(100), 1],
])('a file that holds %s is no state', (_what, text, line) => {
  expect(() => readSaved(text, 'f.json')).toThrow(
    `f.json:${line}: this is not JSON, so it is no state that was saved here, or not all of it. ${LEFT}`,
  );
});

test.each([
  ['another JSON', { name: 'x' }, 'f.json:1: /format is absent; expected was the property "format"'],
  ['a later format', { ...SAVED, format: 'gravitino-jobs-kit state 2' }, 'f.json:2: /format is "gravitino'],
  ['no object', [], 'f.json:1: the state is []'],
  [
    'a metalake twice',
    { ...SAVED, metalakes: [METALAKE, METALAKE] },
    'f.json:21: /metalakes/1/record/name is "a" for the second time',
  ],
  [
    'a job twice',
    { ...SAVED, metalakes: [{ ...METALAKE, jobs: [JOB, JOB] }] },
    '/metalakes/0/jobs/1/record/jobId is "job-1" for the second time',
  ],
  [
    'a plan that is none',
    { ...SAVED, metalakes: [{ ...METALAKE, jobs: [{ ...JOB, plan: { ...JOB.plan, outcome: 'x' } }] }] },
    '/metalakes/0/jobs/0/plan/outcome is "x"; expected was one of "succeeded", "failed", "cancelled"',
  ],
  [
    'a shell template without scripts',
    {
      ...SAVED,
      metalakes: [
        {
          ...METALAKE,
          templates: [
            {
              jobType: 'shell',
              name: 't',
              executable: 'a',
              arguments: [],
              environments: {},
              customFields: {},
              audit: {},
            },
          ],
        },
      ],
    },
    '/metalakes/0/templates/0/scripts is absent',
  ],
])('%s is refused with its line', (_what, state, message) => {
  expect(() => readSaved(textOf(state), 'f.json')).toThrow(message);
});
