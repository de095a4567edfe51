import type { Json, JsonObject } from '../../../../src/json.ts';
import { casesOf, type Row } from '../case.ts';
import {
  audit,
  data,
  eachJob,
  everyNth,
  field,
  isFirst,
  isList,
  isSecond,
  jobs,
  jobsOf,
  lastJob,
  root,
  text,
  when,
  without,
} from '../change.ts';
import { drawJobs, type Job, withCount, withFirst, withTemplates } from '../world.ts';

/** Another value of a field of each job, one row for each. */
function fieldRows(
  name: string,
  values: Readonly<Record<string, Json | ((old: Json, job: Job) => Json)>>,
): readonly Row[] {
  return Object.entries(values).map(
    ([what, value]) =>
      [
        `${name}-${what.replaceAll(' ', '-')}`,
        'description',
        `${name} is ${what}`,
        field(name, value),
      ] as const,
  );
}

/** Times that are none by RFC 3339. */
const WRONG_TIMES: Readonly<Record<string, Json>> = {
  milliseconds: 1_754_964_868_205,
  'seconds as text': '1754964868',
  'without zone': '2025-08-12T02:14:28.205',
  'with a blank and no zone': '2025-08-12 02:14:28',
  'with a blank for T': '2025-08-12 02:14:28Z',
  'with an underscore for T': '2025-08-12_02:14:28Z',
  'a date alone': '2025-08-12',
  'in the form of RFC 1123': 'Tue, 12 Aug 2025 02:14:28 GMT',
  'in the basic form': '20250812T021428Z',
  'on 30 February': '2025-02-30T02:14:28Z',
  'on 29 February of no leap year': '2025-02-29T02:14:28Z',
  'in month 13': '2025-13-01T02:14:28Z',
  'on day 0': '2025-08-00T02:14:28Z',
  'at hour 25': '2025-08-12T25:14:28Z',
  'at hour 24': '2025-08-12T24:00:00Z',
  'at minute 60': '2025-08-12T02:60:28Z',
  'at second 61': '2025-08-12T23:59:61Z',
  'in a leap second at noon': '2025-08-12T12:30:60Z',
  'with an offset without colon': '2025-08-12T02:14:28+0200',
  'with an offset of hours': '2025-08-12T02:14:28+02',
  'with an offset of 25 hours': '2025-08-12T02:14:28+25:00',
  'with a zone name': '2025-08-12T02:14:28[Europe/Paris]',
  'with offset and zone name': '2025-08-12T02:14:28+02:00[Europe/Paris]',
  'without seconds': '2025-08-12T02:14Z',
  'with an empty fraction': '2025-08-12T02:14:28.Z',
  'with a comma for the point': '2025-08-12T02:14:28,205Z',
  'with a year of two digits': '25-08-12T02:14:28Z',
  'with a year of five digits': '12025-08-12T02:14:28Z',
  'with a signed year': '+2025-08-12T02:14:28Z',
  'with blanks around it': ' 2025-08-12T02:14:28Z ',
  'with fullwidth digits': '２０２５-08-12T02:14:28Z',
  null: null,
  empty: '',
  'an array': [2025, 8, 12, 2, 14, 28],
  'an object': { seconds: 1_754_964_868 },
  never: 'never',
};

const timeRows = Object.entries(WRONG_TIMES).map(
  ([what, value]): Row => [
    `time-${what.replaceAll(' ', '-').toLowerCase()}`,
    'description',
    `createTime is ${what}`,
    audit('createTime', value),
  ],
);

/** The body of lists by the schema. */
export const BODY = casesOf('B', [
  ['root-array', 'description', 'sends the list alone', root((body) => jobsOf(body))],
  ['root-string', 'description', 'sends JSON inside a string', root((body) => JSON.stringify(body))],
  ['root-number', 'description', 'sends a number', root(() => 0)],
  ['root-true', 'description', 'sends true', root(() => true)],
  ['root-wrapped', 'suspicious', 'wraps the answer into "data"', root((body) => ({ data: body }))],
  ['root-array-wrapped', 'description', 'wraps the answer into an array', root((body) => [body])],
  ['root-empty', 'suspicious', 'sends {}', root(() => ({}))],
  ['code-missing', 'suspicious', 'leaves code out', root((body) => without(body, 'code'))],
  ['code-text', 'description', 'sends code as text', root((body) => ({ ...body, code: '0' }))],
  ['code-1', 'description', 'sends code 1', root((body) => ({ ...body, code: 1 }))],
  ['code-200', 'description', 'sends code 200', root((body) => ({ ...body, code: 200 }))],
  ['code-null', 'description', 'sends code null', root((body) => ({ ...body, code: null }))],
  ['code-false', 'description', 'sends code false', root((body) => ({ ...body, code: false }))],
  ['code-half', 'description', 'sends code 0.5', root((body) => ({ ...body, code: 0.5 }))],
  ['code-array', 'description', 'sends code as an array', root((body) => ({ ...body, code: [0] }))],
  ['code-hex', 'description', 'sends code "0x0"', root((body) => ({ ...body, code: '0x0' }))],
  [
    'code-1-when-empty',
    'description',
    'sends code 1 with empty lists',
    root((body) => ({ ...body, code: jobsOf(body).length === 0 ? 1 : 0 })),
  ],
  ['jobs-missing', 'suspicious', 'leaves jobs out', root((body) => without(body, 'jobs'))],
  [
    'jobs-missing-when-empty',
    'suspicious',
    'leaves jobs out where there are none',
    root((body) => (jobsOf(body).length === 0 ? without(body, 'jobs') : body)),
  ],
  [
    'jobs-capital',
    'suspicious',
    'sends "Jobs" for "jobs"',
    root((body) => ({ code: 0, Jobs: jobsOf(body) })),
  ],
  ['jobs-null', 'description', 'sends jobs null', jobs(() => null)],
  [
    'jobs-null-when-empty',
    'description',
    'sends jobs null where there are none',
    jobs((all) => (all.length === 0 ? null : all)),
  ],
  [
    'jobs-object',
    'description',
    'sends jobs as an object by id',
    jobs((all) => Object.fromEntries(all.map((job) => [job.jobId, job]))),
  ],
  [
    'jobs-empty-object',
    'description',
    'sends jobs as {} where there are none',
    jobs((all) => (all.length === 0 ? {} : all)),
  ],
  [
    'jobs-single',
    'description',
    'sends one job without a list',
    [data(withTemplates('only_one')), jobs((all) => (all.length === 1 ? (all[0] ?? null) : all))],
  ],
  ['jobs-with-null', 'description', 'sends null among the jobs', jobs((all) => [...all, null])],
  ['jobs-ids', 'description', 'sends ids for jobs', eachJob(({ jobId }) => jobId)],
  ['jobs-nested', 'description', 'nests the list once more', jobs((all) => [all])],
  ['jobs-text', 'description', 'sends the list inside a string', jobs((all) => JSON.stringify(all))],
  [
    'jobs-paged',
    'description',
    'sends a page instead of the list',
    jobs((all) => ({ items: all, total: all.length })),
  ],
  ['jobs-holes', 'description', 'sends {} among the jobs', jobs((all) => [...all, {}])],
  ['id-missing', 'description', 'leaves jobId out', eachJob((job) => without(job, 'jobId'))],
  [
    'template-missing',
    'description',
    'leaves jobTemplateName out',
    eachJob((job) => without(job, 'jobTemplateName')),
  ],
  ['status-missing', 'description', 'leaves status out', eachJob((job) => without(job, 'status'))],
  ['audit-missing', 'description', 'leaves audit out', eachJob((job) => without(job, 'audit'))],
  [
    'last-without-status',
    'description',
    'leaves the status of the last job out',
    lastJob((job) => without(job, 'status')),
  ],
  [
    'last-audit-null',
    'description',
    'sends audit null with the last job',
    lastJob((job) => ({ ...job, audit: null })),
  ],
  [
    'one-of-sixty',
    'description',
    'spoils one of 60 jobs',
    [
      data(withCount(60)),
      jobs((all, { world, metalake }) => {
        const bad = world.metalakes.get(metalake)?.[56]?.jobId;
        return all.map((job) => (job.jobId === bad ? { ...job, jobId: 57 } : job));
      }),
    ],
  ],
  [
    'one-of-3000',
    'description',
    'spoils one of 3,000 jobs',
    [
      data(withCount(3000)),
      jobs((all, { world, metalake }) => {
        const bad = world.metalakes.get(metalake)?.[2718]?.jobId;
        return all.map((job) => (job.jobId === bad ? { ...job, status: 'lost' } : job));
      }),
    ],
  ],
  [
    'snake-case',
    'description',
    'writes names with underscores',
    eachJob((job) =>
      renameKeys(job, (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
    ),
  ],
  [
    'pascal-case',
    'description',
    'writes names with a capital',
    eachJob((job) => renameKeys(job, (name) => `${name[0]?.toUpperCase()}${name.slice(1)}`)),
  ],
  [
    'id-renamed',
    'description',
    'sends id for jobId',
    eachJob((job) => ({ id: job.jobId, ...without(job, 'jobId') })),
  ],
  ...fieldRows('jobId', {
    'a number': (_, job) => job.jobId.length,
    null: null,
    'an array': [],
    true: true,
    'an object': { value: 'x' },
  }),
  ...fieldRows('jobTemplateName', {
    null: null,
    'an object': (old) => ({ name: old }),
    'a number': 5,
    'an array': (old) => [old],
  }),
  ...fieldRows('status', {
    'in capitals': (old) => String(old).toUpperCase(),
    capitalised: (old) => `${String(old)[0]?.toUpperCase()}${String(old).slice(1)}`,
    running: (old) => (old === 'started' ? 'running' : old),
    cancelled: (old) => (old === 'canceled' ? 'cancelled' : old),
    unknown: 'unknown',
    null: null,
    empty: '',
    'with a blank after it': (old) => `${old} `,
    'an ordinal': 3,
    'an ordinal as text': '3',
    'an array': (old) => [old],
    'an object': (old) => ({ name: old }),
    'with a letter of another script': (old) => String(old).replace('e', 'е'),
    'the list of all': ['queued', 'started'],
  }),
  [
    'status-one-in-capitals',
    'description',
    'writes one status in capitals',
    lastJob((job) => ({ ...job, status: job.status.toUpperCase() })),
  ],
  ...fieldRows('audit', {
    text: 'anonymous',
    null: null,
    'an array': [],
    'a number': 0,
    'JSON inside a string': (old) => JSON.stringify(old),
  }),
  ['creator-number', 'description', 'sends creator as a number', audit('creator', 7)],
  ['creator-null', 'description', 'sends creator null', audit('creator', null)],
  ['creator-object', 'description', 'sends creator as an object', audit('creator', (old) => ({ name: old }))],
  ['modifier-null', 'description', 'sends lastModifier null', audit('lastModifier', null)],
  ['modified-null', 'description', 'sends lastModifiedTime null', audit('lastModifiedTime', null)],
  [
    'modified-once-wrong',
    'description',
    'spoils lastModifiedTime of one job',
    lastJob((job) => ({ ...job, audit: { ...job.audit, lastModifiedTime: '2025-08-12 04:00' } })),
  ],
  ['modified-empty', 'description', 'sends an empty lastModifiedTime', audit('lastModifiedTime', '')],
  ...timeRows,
  [
    'modified-before-created',
    'suspicious',
    'sends a lastModifiedTime before createTime',
    audit('lastModifiedTime', '2001-01-01T00:00:00Z'),
  ],
  [
    'modified-before-by-offset',
    'suspicious',
    'sends times whose order shows only once offsets are considered',
    eachJob((job) => ({
      ...job,
      audit: {
        ...job.audit,
        createTime: '2025-08-12T02:14:28Z',
        lastModifiedTime: '2025-08-12T03:14:28+02:00',
      },
    })),
  ],
  [
    'created-in-future',
    'suspicious',
    'sends a createTime of the year 2100',
    eachJob((job) => ({
      ...job,
      audit: { ...job.audit, createTime: '2100-01-01T00:00:00Z', lastModifiedTime: '2100-01-01T00:00:01Z' },
    })),
  ],
  ['secret', 'suspicious', 'shows a password with each job', field('password', 'hunter2')],
  [
    'truncated-to-two',
    'semantics',
    'ends each list after two jobs',
    [data(withCount(14)), jobs((all) => all.slice(0, 2))],
  ],
  [
    'only-filtered-wrong',
    'description',
    'leaves audit out of filtered lists',
    when(
      (ask) => Boolean(ask.template),
      eachJob((job) => without(job, 'audit')),
    ),
  ],
  [
    'only-second-wrong',
    'description',
    'sends numeric ids for one metalake',
    when(
      isSecond,
      field('jobId', (_, job) => job.jobId.length),
    ),
  ],
  [
    'only-first-read-right',
    'description',
    'spoils the status from the sixth answer on',
    when(
      ({ count }) => count > 5,
      field('status', (old) => String(old).toUpperCase()),
    ),
  ],
  [
    'only-json-accept-wrong',
    'description',
    'spoils the status for who accepts anything',
    when(
      ({ headers }) => headers.some(([name, value]) => name.toLowerCase() === 'accept' && value === '*/*'),
      field('status', 1),
    ),
  ],
  [
    'only-one-template-wrong',
    'description',
    'spoils the jobs of one template',
    [
      data((world, draw) => withFirst(world, (all) => [...all, ...drawJobs(draw, 2, ['zz_rare'])])),
      eachJob((job) => (job.jobTemplateName === 'zz_rare' ? { ...job, audit: null } : job)),
    ],
  ],
  [
    'every-seventh-wrong',
    'description',
    'sends status null in every seventh answer',
    when(everyNth(7), field('status', null)),
  ],
  [
    'prefix-of-names',
    'description',
    'writes a blank after a name',
    text((json) => json.replaceAll('"status":', '"status ":')),
  ],
  [
    'first-list-only',
    'description',
    'sends an empty string for jobs where there are none',
    when(
      isList,
      jobs((all) => (all.length === 0 ? '' : all)),
    ),
  ],
  [
    'first-only',
    'description',
    'shows the first metalake with an old field',
    when(
      isFirst,
      eachJob((job) => ({ ...without(job, 'jobTemplateName'), templateName: job.jobTemplateName })),
    ),
  ],
  [
    'proto-status',
    'description',
    'hides the status in __proto__',
    text((json) => json.replaceAll('"status":', '"__proto__":{"status":"queued"},"state":')),
  ],
]);

function renameKeys(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) {
    return value.map((each: Json) => renameKeys(each, rename));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value as JsonObject).map(([name, each]) => [rename(name), renameKeys(each, rename)]),
      )
    : value;
}
