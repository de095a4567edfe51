import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  type Answer,
  type Ask,
  type Change,
  conformingAnswer,
  errorAnswer,
  type Job,
  jobs,
  someWorld,
  type World,
  withJobs,
} from '../servers/jobs-api.ts';
import { checksOf, verifyJobs } from './described.ts';

/** A fault that only odd or repeated requests show, and the rules that convict it. */
type Fault = readonly [rules: readonly string[], sentence: string, change: Change];

const jobsFor = (ask: Ask, metalake: string): Answer => conformingAnswer({ ...ask, metalake });

/** Looks a name up in a way of its own. */
const foundBy =
  (same: (asked: string, name: string) => boolean): Change =>
  (answer, ask) => {
    const found = [...ask.world.keys()].find((name) => same(ask.metalake, name));
    return answer.status === 404 && found !== undefined ? jobsFor(ask, found) : answer;
  };

/** Filters in a way of its own. */
const filteredBy =
  (keep: (job: Job, template: string) => boolean): Change =>
  (answer, ask) => {
    const { template, world, metalake } = ask;
    const all = world.get(metalake) ?? [];
    return template ? withJobs(answer, () => all.filter((each) => keep(each, template))) : answer;
  };

const failing =
  (when: (ask: Ask) => boolean): Change =>
  (answer, ask) =>
    when(ask) ? errorAnswer(500, 'RuntimeException', 'x') : answer;

const tagged = (answer: Answer, tag: string): Answer => ({
  ...answer,
  headers: { ...answer.headers, ETag: tag },
});

let turns = 0;

const faults: readonly Fault[] = [
  [
    ['absent-name'],
    'forgets to look a name up where there is a filter',
    (answer, { template }) =>
      answer.status === 404 && template
        ? { status: 200, headers: answer.headers, body: { code: 0, jobs: [] } }
        : answer,
  ],
  [
    ['other-name'],
    'finds names in any letter case',
    foundBy((asked, name) => asked.toLowerCase() === name.toLowerCase()),
  ],
  [
    ['other-name'],
    'finds names by their beginning',
    foundBy((asked, name) => asked !== '' && name.startsWith(asked)),
  ],
  [['other-name'], 'trims names', foundBy((asked, name) => asked.trim() === name)],
  [['other-name'], 'follows paths in names', foundBy((asked, name) => asked === `x/../${name}`)],
  [
    ['other-name'],
    'decodes names twice',
    foundBy(
      (asked, name) =>
        asked.includes('%') && decodeURIComponent(asked.replace(/%(?![0-9A-F]{2})/g, '%25')) === name,
    ),
  ],
  [
    ['filter'],
    'takes a filter for a pattern',
    filteredBy((each, template) => template === '.*' || each.jobTemplateName === template),
  ],
  [
    ['filter'],
    'takes a word for no filter',
    filteredBy((each, template) => template === 'undefined' || each.jobTemplateName === template),
  ],
  [
    ['filter'],
    'filters by prefix',
    filteredBy((each, template) => each.jobTemplateName.startsWith(template)),
  ],
  [
    ['trimmed-filter'],
    'trims filters',
    filteredBy((each, template) => each.jobTemplateName === template.trim()),
  ],
  [['server-error'], 'fails for a quote', failing(({ template }) => template?.includes("'") ?? false)],
  [['server-error'], 'fails for long values', failing(({ template = '' }) => template.length > 4000)],
  [['server-error'], 'fails for NUL', failing(({ metalake }) => metalake.includes('\0'))],
  [['server-error'], 'fails after a while', failing(({ count }) => count > 60)],
  [['server-error'], 'fails for malformed Accept', failing(({ accept }) => accept === '/')],
  [
    ['etag'],
    'has one ETag for all',
    (answer, { count }) => tagged({ ...answer, body: { ...(answer.body as object), count } }, '"same"'),
  ],
  [
    ['order'],
    'has another order each time',
    (answer) => {
      turns += 1;
      const by = (each: Job) => createHash('md5').update(`${turns}${each.jobId}`).digest('hex');
      return withJobs(answer, (all) => all.toSorted((a, b) => by(a).localeCompare(by(b))));
    },
  ],
  [
    ['empty-text'],
    'has nothing to say',
    (answer) =>
      answer.status === 404 ? { ...answer, body: { code: 1003, type: 't', message: '' } } : answer,
  ],
  [
    ['error-code'],
    'gives the code of another status',
    (answer) =>
      answer.status === 404 ? { ...answer, body: { code: 1002, type: 't', message: 'm' } } : answer,
  ],
  [
    ['internals'],
    'tells of its files',
    (answer) =>
      answer.status === 404
        ? { ...answer, body: { code: 1003, type: 't', message: 'at /opt/app/main.py:12' } }
        : answer,
  ],
  [
    ['secret'],
    'lists passwords',
    (answer) => withJobs(answer, (all) => all.map((each) => ({ ...each, password: 'x' }))),
  ],
  [
    ['future-time'],
    'lives in the future',
    (answer) =>
      withJobs(answer, (all) =>
        all.map((each) => ({
          ...each,
          audit: { createTime: '2999-01-01T00:00:00Z', lastModifiedTime: '2999-01-01T00:00:00Z' },
        })),
      ),
  ],
  [
    ['same-data'],
    'shows less to who speaks German',
    (answer, ask) => withJobs(answer, (all) => (ask.language === 'de' ? all.slice(1) : all)),
  ],
];

test.each(faults)('%j convicts a server that %s', async (rules, _, change) => {
  const report = await verifyJobs(change, someWorld(), { smoke: false });
  expect(checksOf(report)).toEqual(rules);
});

test('jobs of another metalake in a list are a leak', async () => {
  const shared = jobs(1, ['t']);
  const world: World = new Map([
    ['one', [...jobs(3, ['t']), ...shared]],
    ['two', [...jobs(2, ['t']), ...shared]],
  ]);
  expect(checksOf(await verifyJobs(undefined, world))).toEqual(['other-name']);
});

test('metalakes with equal data are no leak', async () => {
  const same = jobs(3, ['t']);
  const world: World = new Map([
    ['one', same],
    ['two', same],
  ]);
  expect(checksOf(await verifyJobs(undefined, world, { smoke: false }))).toEqual([]);
});

test('requests at the same time that get each others answers are convicted', async () => {
  let last: Answer | undefined;
  let busy = 0;
  const report = await verifyJobs(
    async (answer) => {
      busy += 1;
      last = answer;
      await new Promise((resolve) => setTimeout(resolve, 2));
      const mixed = busy > 1 ? (last ?? answer) : answer;
      busy -= 1;
      return mixed;
    },
    someWorld(),
    { smoke: false },
  );
  expect(report.verdict).toBe('violates');
});

test('an error that shows now and then says how often', async () => {
  const report = await verifyJobs(
    failing(({ count }) => count % 9 === 0),
    someWorld(),
  );
  expect(report.findings[0]?.message).toMatch(/\(seen in \d of 5 tries\)$/);
});

test('a server that always fails has one finding', async () => {
  const report = await verifyJobs(() => ({ status: 500, headers: {}, body: 'no' }), someWorld(), {
    smoke: false,
  });
  expect(checksOf(report)).toEqual(['server-error']);
});
