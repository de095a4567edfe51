import { expect, test } from '@jest/globals';
import { RULES } from '../../src/contract/rules/index.ts';
import {
  type Answer,
  type Ask,
  type Change,
  conformingAnswer,
  errorAnswer,
  type Job,
  jobsOf,
  VENDOR,
  withJobs,
} from '../servers/jobs-api.ts';
import { checksOf, verifyJobs } from './described.ts';

/** A way to spoil a server, and the rules that convict it: these and no others. */
type Fault = readonly [rules: readonly string[], sentence: string, change: Change];

const eachJob =
  (change: (job: Job, index: number, ask: Ask) => unknown): Change =>
  (answer, ask) =>
    withJobs(answer, (jobs) => jobs.map((each, index) => change(each, index, ask)));

const lastJob = (change: (job: Job) => unknown): Change =>
  eachJob((job, index, { world, metalake }) =>
    index === (world.get(metalake)?.length ?? 0) - 1 ? change(job) : job,
  );

const withStatus =
  (status: number, when: (ask: Ask) => boolean = () => true): Change =>
  (answer, ask) =>
    when(ask) ? { ...answer, status } : answer;

const withType =
  (type: string | string[] | undefined, when: (answer: Answer, ask: Ask) => boolean = () => true): Change =>
  (answer, ask) =>
    when(answer, ask) ? { ...answer, headers: type === undefined ? {} : { 'Content-Type': type } } : answer;

const withText =
  (text: (json: string) => string | Buffer, when: (answer: Answer) => boolean = () => true): Change =>
  (answer) =>
    when(answer) ? { ...answer, bytes: text(JSON.stringify(answer.body)) } : answer;

const withError =
  (change: (error: object) => unknown): Change =>
  (answer) =>
    answer.status === 404 ? { ...answer, body: change(answer.body as object) } : answer;

/** Answers a filtered request with these of the metalake's jobs. */
const filteredBy =
  (keep: (job: Job, template: string) => boolean): Change =>
  (answer, { world, metalake, template }) =>
    template === undefined || !world.has(metalake)
      ? answer
      : {
          ...conformingAnswer({ metalake, template: undefined, accept: undefined, count: 0, world }),
          body: { code: 0, jobs: (world.get(metalake) ?? []).filter((each) => keep(each, template)) },
        };

const isKnown = ({ world, metalake }: Ask) => world.has(metalake);
const isFiltered = ({ template }: Ask) => template !== undefined;

const faults: readonly Fault[] = [
  [
    ['server-error'],
    'fails for a template that nothing has',
    (answer, { template }) =>
      template && jobsOf(answer).length === 0 ? errorAnswer(500, 'RuntimeException', 'x') : answer,
  ],
  [
    ['server-error'],
    'fails for a name that nothing has',
    (answer) => (answer.status === 404 ? errorAnswer(503, 'x', 'x') : answer),
  ],
  [
    ['server-error'],
    'fails with an error of its own',
    withStatus(500, (ask) => isFiltered(ask) && isKnown(ask)),
  ],
  [['documented-status'], 'answers 201', withStatus(201, isKnown)],
  [
    ['documented-status'],
    'redirects',
    (answer) => ({ ...answer, status: 302, headers: { Location: '/login' } }),
  ],
  [['documented-status'], 'answers 410 for what is absent', withStatus(410, (ask) => !isKnown(ask))],
  [
    ['documented-status'],
    'denies some requests, without a challenge',
    withStatus(401, ({ accept }) => accept === '*/*'),
  ],
  [
    ['documented-status'],
    'has no time for long',
    (answer, { count }) => (count > 4 ? { status: 429, headers: { 'Retry-After': '0' }, body: {} } : answer),
  ],
  [
    ['existing-name'],
    'does not find what exists',
    (answer, ask) =>
      isKnown(ask) && ask.accept === '*/*' ? errorAnswer(404, 'NoSuchMetalakeException', 'x') : answer,
  ],
  [
    ['absent-name'],
    'finds what nobody has',
    (answer, { world }) =>
      answer.status === 404
        ? {
            ...conformingAnswer({
              metalake: [...world.keys()][2] ?? '',
              template: undefined,
              accept: undefined,
              count: 0,
              world,
            }),
          }
        : answer,
  ],
  [['absent-name'], 'calls an absent name malformed', withStatus(400, (ask) => !isKnown(ask))],
  [['acceptable'], 'refuses a client that takes anything', withStatus(406, ({ accept }) => accept === '*/*')],
  [
    ['accept-json'],
    'refuses a client that takes plain JSON alone',
    withStatus(406, ({ accept }) => accept === 'application/json'),
  ],
  [['media-type'], 'sends plain JSON', withType('application/json')],
  [
    ['media-type'],
    'sends plain JSON to who takes anything',
    withType('application/json', (_, { accept }) => accept === '*/*'),
  ],
  [['media-type'], 'sends another version', withType('application/vnd.gravitino.v2+json')],
  [['media-type'], 'calls JSON a web page', withType('text/html')],
  [['media-type'], 'does not say what it sends', withType(undefined)],
  [['header-syntax'], 'sends a malformed type', withType(`${VENDOR};;charset`)],
  [['header-syntax'], 'sends two types', withType([VENDOR, 'text/html'])],
  [
    ['media-type'],
    'sends an error as problem details',
    withType('application/problem+json', ({ status }) => status === 404),
  ],
  [
    ['media-type'],
    'sends a web page as an error',
    (answer) =>
      answer.status === 404
        ? { ...answer, headers: { 'Content-Type': 'text/html' }, bytes: '<h1>Not Found</h1>' }
        : answer,
  ],
  [
    ['content-coding'],
    'calls plain bytes gzip',
    (answer) => ({ ...answer, headers: { ...answer.headers, 'Content-Encoding': 'gzip' } }),
  ],
  [['json-encoding'], 'writes a byte order mark', withText((json) => `\ufeff${json}`)],
  [
    ['json-encoding'],
    'writes Latin-1',
    withText((json) => Buffer.from(json.replace('"code"', '"\xfc":0,"code"'), 'latin1')),
  ],
  [['json-encoding'], 'writes UTF-16', withText((json) => Buffer.from(`\ufeff${json}`, 'utf16le'))],
  [['json-syntax'], 'writes nothing', withText(() => '')],
  [['json-syntax'], 'writes a trailing comma', withText((json) => json.replace(/}$/, ',}'))],
  [
    ['json-syntax'],
    'writes NaN',
    withText(
      (json) => json.replace('"code":0', '"code":NaN'),
      ({ status }) => status === 200,
    ),
  ],
  [['json-syntax'], 'writes two texts', withText((json) => json + json)],
  [['json-syntax'], 'writes XML', withText(() => '<jobs/>')],
  [
    ['json-syntax'],
    'leaves errors empty',
    withText(
      () => '',
      ({ status }) => status === 404,
    ),
  ],
  [
    ['json-syntax'],
    'sends nothing at all for an error',
    (answer) => (answer.status === 404 ? { ...answer, headers: {}, bytes: '' } : answer),
  ],
  [
    ['schema'],
    'sends null',
    withText(
      () => 'null',
      ({ status }) => status === 200,
    ),
  ],
  [
    ['schema'],
    'sends a list',
    (answer) => (answer.status === 200 ? { ...answer, body: jobsOf(answer) } : answer),
  ],
  [
    ['schema'],
    'has code 1',
    (answer) => (answer.status === 200 ? { ...answer, body: { code: 1, jobs: jobsOf(answer) } } : answer),
  ],
  [
    ['schema'],
    'has a code as text',
    (answer) => (answer.status === 200 ? { ...answer, body: { code: '0', jobs: jobsOf(answer) } } : answer),
  ],
  [
    ['schema'],
    'has a status in upper case',
    eachJob((job) => ({ ...job, status: job.status.toUpperCase() })),
  ],
  [
    ['schema'],
    'has a status of its own in the last job',
    lastJob((job) => ({ ...job, status: 'cancelled' })),
  ],
  [['schema'], 'leaves out the audit of the last job', lastJob(({ audit, ...rest }) => rest)],
  [
    ['schema'],
    'has times without a zone',
    eachJob((job) => ({ ...job, audit: { createTime: '2025-08-12T02:14:28' } })),
  ],
  [
    ['schema'],
    'has times with a blank',
    eachJob((job) => ({ ...job, audit: { createTime: '2025-08-12 02:14:28Z' } })),
  ],
  [['schema'], 'has ids that are numbers', eachJob((job) => ({ ...job, jobId: Number(job.jobId.slice(4)) }))],
  [['schema'], 'has an error code out of range', withError((error) => ({ ...error, code: 404 }))],
  [['schema'], 'has an error without a type', withError((error) => ({ ...error, type: undefined }))],
  [['schema'], 'has a stack that is one text', withError((error) => ({ ...error, stack: 'x' }))],
  [['schema'], 'sends the list for an error', withError(() => ({ code: 0, jobs: [] }))],
  [['filter'], 'ignores the filter', filteredBy(() => true)],
  [['filter'], 'inverts the filter', filteredBy((job, template) => job.jobTemplateName !== template)],
  [
    ['filter'],
    'filters by another field',
    filteredBy((job, template) => template === '' || job.jobId === template),
  ],
  [['filter'], 'shows nothing under a filter', filteredBy((_, template) => template === '')],
  [
    ['filter'],
    'leaves out the last job under a filter',
    (answer, { template }) =>
      template && jobsOf(answer).length > 0 ? withJobs(answer, (jobs) => jobs.slice(0, -1)) : answer,
  ],
  [
    ['filter'],
    'does not decode the value',
    filteredBy(
      (job, template) => template === '' || (/^\w+$/.test(template) && job.jobTemplateName === template),
    ),
  ],
  [
    ['filter'],
    'does not find a template that has jobs',
    (answer, { template }) =>
      template && jobsOf(answer).length > 0 ? errorAnswer(404, 'NoSuchJobTemplateException', 'x') : answer,
  ],
  [
    ['filter'],
    'calls an unknown template malformed',
    (answer, { template }) =>
      template && jobsOf(answer).length === 0 && answer.status === 200 ? errorAnswer(400, 'x', 'x') : answer,
  ],
  [
    ['filter'],
    'knows jobs under a filter that the list lacks',
    (answer, { template }) =>
      withJobs(answer, (jobs) =>
        template && jobs[0] ? [...jobs, { ...jobs[0], jobId: `stale-${template}` }] : jobs,
      ),
  ],
  [['unique-key'], 'lists a job twice', (answer) => withJobs(answer, (jobs) => [...jobs, ...jobs.slice(-1)])],
  [['repeat'], 'loses a job at every other read', losesJobs()],
  [
    ['immutable-value'],
    'makes up the time of creation',
    eachJob((job, _, { count }) => ({
      ...job,
      audit: { ...job.audit, createTime: `2025-08-12T02:14:${10 + (count % 17)}Z` },
    })),
  ],
  [
    ['empty-filter'],
    'shows nothing for an empty filter',
    filteredBy((job, template) => job.jobTemplateName === template),
  ],
  [
    ['empty-filter'],
    'refuses an empty filter',
    (answer, { template }) => (template === '' ? errorAnswer(400, 'x', 'x') : answer),
  ],
  [
    ['always-present'],
    'leaves out the code',
    (answer) => (answer.status === 200 ? { ...answer, body: { jobs: jobsOf(answer) } } : answer),
  ],
  [
    ['time-order'],
    'modifies before it creates',
    eachJob((job) => ({ ...job, audit: { ...job.audit, lastModifiedTime: '2025-08-12T02:14:28.205022Z' } })),
  ],
];

function losesJobs(): Change {
  const reads = new Map<string, number>();
  return (answer, { metalake, template, accept }) => {
    const key = JSON.stringify([metalake, template, accept]);
    const count = reads.get(key) ?? 0;
    reads.set(key, count + 1);
    return template === undefined && count % 2 === 1 ? withJobs(answer, (jobs) => jobs.slice(1)) : answer;
  };
}

test.each(faults)('%j convicts, and nothing else does, a server that %s', async (rules, _, change) => {
  const report = await verifyJobs(change);
  expect(checksOf(report).filter((check, index, all) => all.indexOf(check) === index)).toEqual(rules);
  const isError = RULES.some(({ id, severity }) => rules.includes(id) && severity === 'error');
  expect(report.verdict).toBe(isError ? 'violates' : 'conforms');
});
