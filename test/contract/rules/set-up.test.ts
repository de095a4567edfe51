import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMock } from '../../../src/create-mock.ts';
import type { Mock } from '../../../src/mock-handle.ts';
import { type Answer, type Ask, type Body, type Change, proxyTo, verifyWithSetUp } from '../set-up/proxy.ts';

/** How many servers are judged at the same time. */
const AT_ONCE = 6;

const TEMPLATES = /\/jobs\/templates$/;
const TEMPLATE = /\/jobs\/templates\/[^/]+$/;
const RUNS = /\/jobs\/runs$/;
const RUN = /\/jobs\/runs\/[^/]+$/;
const METALAKES = /\/metalakes$/;

/** Changes the answers to requests with a method and a path, where they have a status. */
const changing =
  (method: string, path: RegExp, change: (answer: Answer, ask: Ask) => Answer, status = 200): Change =>
  async (ask, forward) => {
    const answer = await forward();
    const isOurs = ask.method === method && path.test(ask.path) && answer.status === status;
    return isOurs ? change(answer, ask) : answer;
  };

const withBody = (change: (body: Body, ask: Ask) => Body) => (answer: Answer, ask: Ask) => ({
  ...answer,
  body: change(answer.body, ask),
});

const taking =
  (body: Body) =>
  (answer: Answer): Answer => ({ ...answer, status: 200, body });

/** Answers reads of a path as it did the first time. */
const remembering = (path: RegExp): Change => {
  const kept = new Map<string, Answer>();
  return async ({ method, target, path: asked }, forward) => {
    const isRead = method === 'GET' && path.test(asked);
    const answer = (isRead && kept.get(target)) || (await forward());
    if (isRead && answer.status === 200) {
      kept.set(target, answer);
    }
    return answer;
  };
};

const nothingDone =
  (method: string, path: RegExp, answer: Body): Change =>
  async (ask, forward) =>
    ask.method === method && path.test(ask.path)
      ? { status: 200, type: 'application/vnd.gravitino.v1+json', body: answer }
      : await forward();

/** Shows a job that has ended in another state every second time. */
const unsteady = (state: string): Change => {
  const ends = new Set<string>();
  return changing('GET', RUN, (answer, { path }) => {
    const isOver = ['succeeded', 'failed', 'canceled'].includes(answer.body.job.status);
    const isAgain = isOver && ends.has(path);
    ends.add(isOver ? path : '');
    return isAgain ? { ...answer, body: { code: 0, job: { ...answer.body.job, status: state } } } : answer;
  });
};

const faults: readonly (readonly [rule: string, sentence: string, change: Change])[] = [
  [
    'created',
    'makes something of another name',
    changing(
      'POST',
      METALAKES,
      withBody((body) => ({ ...body, metalake: { ...body.metalake, name: 'other' } })),
    ),
  ],
  [
    'created',
    'tells no key',
    changing(
      'POST',
      RUNS,
      withBody(() => ({ code: 0, job: null })),
    ),
  ],
  [
    'created-read',
    'loses a value',
    changing(
      'GET',
      TEMPLATE,
      withBody((body) => ({ ...body, jobTemplate: { ...body.jobTemplate, executable: '/bin/other' } })),
    ),
  ],
  [
    'created-read',
    'leaves a value out',
    changing(
      'GET',
      TEMPLATE,
      withBody((body) => ({ ...body, jobTemplate: { ...body.jobTemplate, comment: undefined } })),
    ),
  ],
  [
    'created-listed',
    'lists all but the newest',
    changing(
      'GET',
      TEMPLATES,
      withBody((body) => (body.names ? { ...body, names: body.names.slice(0, -1) } : body)),
    ),
  ],
  [
    'created-listed',
    'lists runs under the name of another template',
    changing(
      'GET',
      RUNS,
      withBody((body) => ({
        ...body,
        jobs: body.jobs.map((job: Body) => ({ ...job, jobTemplateName: 'other' })),
      })),
    ),
  ],
  [
    'created-listed',
    'lists everything twice',
    changing(
      'GET',
      METALAKES,
      withBody((body) => ({ ...body, metalakes: [...body.metalakes, ...body.metalakes] })),
    ),
  ],
  ['taken-name', 'takes a name that is taken', changing('POST', TEMPLATES, taking({ code: 0 }), 409)],
  ['changed', 'keeps the old name', remembering(TEMPLATE)],
  ['absent-thing', 'runs what does not exist', changing('POST', RUNS, taking({ code: 0 }), 404)],
  [
    'absent-thing',
    'removes what does not exist',
    changing(
      'DELETE',
      TEMPLATE,
      withBody((body) => ({ ...body, dropped: true })),
    ),
  ],
  ['in-use', 'removes what is in use', changing('DELETE', TEMPLATE, taking({ code: 0, dropped: true }), 400)],
  ['lifecycle', 'lets what has ended begin anew', unsteady('started')],
  [
    'lifecycle',
    'begins at the end',
    changing(
      'POST',
      RUNS,
      withBody((body) => ({ ...body, job: { ...body.job, status: 'succeeded' } })),
    ),
  ],
  [
    'ended',
    'ends what has ended once more',
    changing(
      'POST',
      RUN,
      withBody((body) => ({ ...body, job: { ...body.job, status: 'cancelling' } })),
    ),
  ],
  [
    'removed',
    'says that it removes and does not',
    nothingDone('DELETE', TEMPLATE, { code: 0, dropped: true }),
  ],
  [
    'removed',
    'denies a removal',
    changing(
      'DELETE',
      TEMPLATE,
      withBody((body) => ({ ...body, dropped: false })),
    ),
  ],
  [
    'filter',
    'filters nothing',
    async ({ target, path }, forward) => {
      const answer = await forward();
      return target.includes('jobTemplateName=') && answer.status === 200
        ? { ...answer, body: await (await fetch(`${mock.url}${path}`)).json() }
        : answer;
    },
  ],
];

let mock: Mock;
/** The rules that convict, by the sentence of the fault. */
const convicting = new Map<string, readonly string[]>();

beforeAll(async () => {
  mock = await createMock({ scenario: 'fresh' });
  for (let index = 0; index < faults.length; index += AT_ONCE) {
    const some = faults.slice(index, index + AT_ONCE);
    await Promise.all(
      some.map(async ([, sentence, change]) => {
        const { findings } = await verifyWithSetUp(await proxyTo(mock.url, change));
        convicting.set(
          sentence,
          findings.map(({ check }) => check),
        );
      }),
    );
  }
}, 120_000);

afterAll(() => mock.close());

test.each(faults)('%s convicts a server that %s', (rule, sentence) => {
  expect(convicting.get(sentence)).toContain(rule);
});

test('a server as described is not convicted', async () => {
  const report = await verifyWithSetUp(mock.url);
  expect(report.findings).toEqual([]);
  expect(report.kept).toEqual(expect.arrayContaining([...new Set(faults.map(([rule]) => rule))]));
}, 60_000);
