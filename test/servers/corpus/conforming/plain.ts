import { conformingOf } from '../case.ts';
import {
  audit,
  both,
  contentType,
  data,
  eachJob,
  error,
  field,
  header,
  isAbsent,
  isFiltered,
  isList,
  jobsOf,
  line,
  reply,
  root,
  text,
  without,
} from '../change.ts';
import { errorReply, jsonReply, VENDOR } from '../reply.ts';
import { headerOf } from '../request.ts';
import { drawJobs, renamed, withCount, withFirst, withNth, withTemplates } from '../world.ts';

const time = (value: string) => audit('createTime', value);
const only = (value: string) =>
  eachJob((job) => ({ ...job, audit: { createTime: value, lastModifiedTime: value } }));
const extra = {
  region: 'eu',
  tags: ['a', null, { deep: [[]] }],
  ratio: 1.5e-7,
  big: 12_345_678_901_234_567_000,
};

/** Servers as most are: other data, other spellings, other headers. */
export const PLAIN = conformingOf([
  ['as-described', 'does what the description says', []],
  ['charset', 'sends a charset', contentType(`${VENDOR}; charset=utf-8`)],
  ['charset-tight', 'sends a charset without a blank', contentType(`${VENDOR};charset=UTF-8`)],
  ['charset-quoted', 'sends a quoted charset', contentType(`${VENDOR}; charset="utf-8"`)],
  [
    'charset-everywhere',
    'sends a charset with errors, too',
    header('Content-Type', `${VENDOR};charset=utf-8`, (_, { body }) => body !== undefined),
  ],
  [
    'type-letter-case',
    'writes the media type in other letters',
    contentType('Application/Vnd.Gravitino.V1+JSON'),
  ],
  [
    'type-parameters',
    'sends parameters of its own with the media type',
    contentType(`${VENDOR} ; profile="https://example.com/jobs;v=1" ; version=1`),
  ],
  [
    'json-for-json',
    'sends plain JSON to who accepts nothing else',
    [
      header(
        'Content-Type',
        'application/json',
        both(isList, ({ headers }) => headerOf(headers, 'accept') === 'application/json'),
      ),
      header('Vary', 'Accept'),
    ],
  ],
  [
    'extra-top',
    'sends more properties than the schema knows',
    root((body) => ({ ...extra, ...body, ...extra })),
  ],
  [
    'extra-job',
    'sends more properties of jobs',
    eachJob((job) => ({ ...extra, ...job, startedAt: null, finishedAt: null })),
  ],
  [
    'extra-audit',
    'sends more properties of audit',
    eachJob((job) => ({ ...job, audit: { ...job.audit, ...extra } })),
  ],
  [
    'extra-error',
    'sends more properties of errors',
    error((body) => ({ ...body, ...extra, requestId: 'f00' })),
  ],
  [
    'key-order',
    'writes properties in another order',
    [
      root((body) => ({ jobs: body['jobs'] ?? [], code: 0 })),
      eachJob((job) => Object.fromEntries(Object.entries(job).toReversed())),
    ],
  ],
  [
    'no-jobs',
    'has no job at all',
    data(({ base, metalakes }) => ({
      base,
      metalakes: new Map([...metalakes.keys()].map((name) => [name, []])),
    })),
  ],
  [
    'one-job',
    'has one job',
    [
      data((world, draw) => withFirst(world, () => drawJobs(draw, 1, [draw.word()]))),
      data((world) => withNth(world, 1, () => [])),
    ],
  ],
  ['500-jobs', 'has 500 jobs', data(withCount(500))],
  ['2000-jobs', 'has 2,000 jobs', data(withCount(2000))],
  ['one-status', 'has jobs of one status alone', field('status', 'succeeded')],
  [
    'one-template',
    'has jobs of one template alone',
    data((world, draw) => withFirst(world, () => drawJobs(draw, 12, [draw.word()]))),
  ],
  [
    'template-per-job',
    'has a template for each job',
    data((world, draw) =>
      withFirst(world, () =>
        drawJobs(
          draw,
          40,
          Array.from({ length: 40 }, (_, index) => `${draw.word()}_${index}`),
        ),
      ),
    ),
  ],
  ['code-0.0', 'writes 0.0 for 0', text((json) => json.replace('"code":0', '"code":0.0'))],
  ['code-minus-0', 'writes -0 for 0', text((json) => json.replace('"code":0', '"code":-0'))],
  ['code-0e5', 'writes 0e5 for 0', text((json) => json.replace('"code":0', '"code":0E+5'))],
  [
    'code-1003.0',
    'writes 1003.0 for 1003',
    text((json) => json.replace('"code":1003', '"code":1003.000'), isAbsent),
  ],
  [
    'code-1.003e3',
    'writes 1.003e3 for 1003',
    text((json) => json.replace('"code":1003', '"code":1.003e3'), isAbsent),
  ],
  ['code-1000', 'sends errors with code 1000', error((body) => ({ ...body, code: 1000 }))],
  ['code-1100', 'sends errors with code 1100', error((body) => ({ ...body, code: 1100 }))],
  ['no-stack', 'sends errors without a stack', error((body) => without(body, 'stack'))],
  ['empty-stack', 'sends errors with an empty stack', error((body) => ({ ...body, stack: [] }))],
  [
    'long-message',
    'sends long errors in another language',
    error((body) => ({
      ...body,
      type: 'NichtGefunden',
      message: 'Den Metalake gibt es nicht. '.repeat(300),
    })),
  ],
  ['offset', 'writes times with an offset', only('2025-08-12T04:14:28.205023+02:00')],
  ['offset-far', 'writes times with the offset +14:00', only('2025-08-12T04:14:28+14:00')],
  ['offset-unknown', 'writes times with the offset -00:00', only('2025-08-12T04:14:28-00:00')],
  ['no-fraction', 'writes times without a fraction', only('2025-08-12T04:14:28Z')],
  ['nanoseconds', 'writes times with nine digits', only('2025-08-12T04:14:28.123456789Z')],
  ['many-digits', 'writes times with 15 digits', only('2025-08-12T04:14:28.123456789012345Z')],
  ['small-letters', 'writes times with small letters', only('2025-08-12t04:14:28z')],
  ['leap-second', 'shows a leap second', only('2016-12-31T23:59:60Z')],
  ['leap-second-offset', 'shows a leap second with an offset', only('2017-01-01T01:59:60+02:00')],
  ['leap-day', 'shows 29 February', only('2024-02-29T00:00:00Z')],
  ['year-1', 'shows the year 1', only('0001-01-01T00:00:00Z')],
  ['epoch', 'shows the epoch', only('1970-01-01T00:00:00.000Z')],
  [
    'same-instant',
    'shows times that are equal once offsets are considered',
    eachJob((job) => ({
      ...job,
      audit: { createTime: '2025-08-12T04:14:28+02:00', lastModifiedTime: '2025-08-12T02:14:28Z' },
    })),
  ],
  ['audit-empty', 'sends an empty audit', field('audit', {})],
  [
    'audit-full',
    'sends each property of audit',
    [
      time('2025-01-02T03:04:05Z'),
      audit('lastModifier', 'root'),
      audit('lastModifiedTime', '2025-01-02T03:04:06Z'),
    ],
  ],
  ['empty-strings', 'sends empty creators', audit('creator', '')],
  ['pretty', 'indents its JSON', text((json) => `${JSON.stringify(JSON.parse(json), null, 4)}\n`)],
  [
    'pretty-tabs',
    'indents its JSON with tabs and CRLF',
    text((json) => `\r\n\t ${JSON.stringify(JSON.parse(json), null, '\t').replaceAll('\n', '\r\n')}\r\n`),
  ],
  [
    'escapes',
    'escapes letters and slashes',
    text((json) =>
      json
        .replaceAll('a', '\\u0061')
        .replaceAll('/', '\\/')
        .replace(
          /[\u0080-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
        ),
    ),
  ],
  [
    'pairs',
    'escapes characters beyond the basic plane',
    [
      data(withTemplates('rocket 🚀')),
      text((json) =>
        json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
      ),
    ],
  ],
  [
    'awkward-templates',
    'has templates of awkward names',
    data(
      withTemplates(
        'a&b=c/ü',
        '100%',
        '100%25',
        'x+y',
        'x y',
        ' lead',
        'tail ',
        'null',
        '*',
        '.*',
        '_',
        "it's",
        '"q"',
        '\\',
        '#1',
        '?',
        '[a]',
        '{b}',
        '<i>',
        '日本語',
        'שלום',
        '🚀',
        'a,b',
        'A',
        'a',
        'e\u0301',
        '\u00e9',
        '..',
        ';',
        '007',
        '7',
      ),
    ),
  ],
  [
    'control-templates',
    'has templates with control characters',
    data(withTemplates('a\u0000b', 'a\tb', 'a\r\nb', '\u2028', '\ufeff', '\u007f')),
  ],
  [
    'long-template',
    'has a template of 300 characters',
    data(withTemplates('t'.repeat(300), 't'.repeat(299))),
  ],
  [
    'template-prefixes',
    'has templates that begin with each other',
    data(withTemplates('job', 'job_', 'job_a', 'job_ab', 'JOB', 'Job')),
  ],
  [
    'template-like-id',
    'has a template named like a job',
    data((world) =>
      withFirst(world, (all) =>
        all.map((job, index) => (index === 1 ? { ...job, jobTemplateName: all[0]?.jobId ?? '' } : job)),
      ),
    ),
  ],
  ['template-of-status', 'has a template named like a status', data(withTemplates('queued', 'succeeded'))],
  [
    'odd-ids',
    'has ids of every kind',
    data((world) =>
      withFirst(world, (all) =>
        all.map((job, index) => ({
          ...job,
          jobId:
            [' ', '0', '-1', 'a/b?c#d', '😀', 'null', '__proto__', 'constructor', '\\', '"'][index] ??
            job.jobId,
        })),
      ),
    ),
  ],
  [
    'names-with-blanks',
    'has metalakes with blanks and letters outside ASCII',
    data(renamed((name, index) => (index === 0 ? `${name} Größe` : name))),
  ],
  [
    'names-with-signs',
    'has metalakes with signs',
    data(renamed((name, index) => [`${name}.v1`, `${name}~x-y`, `${name}_`][index] ?? name)),
  ],
  [
    'names-by-case',
    'has metalakes that differ by letter case alone',
    data(renamed((name, index) => (index === 1 ? 'Alpha' : index === 0 ? 'alpha' : name))),
  ],
  [
    'names-by-prefix',
    'has metalakes that begin with each other',
    data(renamed((_, index) => ['lake', 'lake1', 'lake12'][index] ?? 'l')),
  ],
  ['name-numeric', 'has metalakes of digits', data(renamed((_, index) => ['1', '01', '1.0'][index] ?? '2'))],
  [
    'name-constructor',
    'has a metalake named constructor',
    data(renamed((name, index) => (index === 0 ? 'constructor' : name))),
  ],
  [
    'name-long',
    'has a metalake of 64 characters',
    data(renamed((name, index) => (index === 0 ? name.padEnd(64, 'x') : name))),
  ],
  [
    '404-for-template',
    'sends 404 for a template that nothing has',
    reply(
      (ask, old) =>
        jobsOf(old.body).length === 0
          ? errorReply(404, 'NoSuchJobTemplateException', `No template ${ask.template}`)
          : old,
      isFiltered,
    ),
  ],
  [
    '400-for-odd-template',
    'sends 400 for templates that are not plain',
    reply(
      (ask, old) =>
        /^\w+$/.test(ask.template ?? '') || jobsOf(old.body).length > 0
          ? old
          : errorReply(400, 'IllegalArgumentException', 'Illegal template name'),
      isFiltered,
    ),
  ],
  [
    '400-plain-text',
    'sends 400 in plain text',
    reply(
      {
        status: 400,
        headers: [['Content-Type', 'text/plain']],
        body: undefined,
        bytes: Buffer.from('Bad Request'),
        framing: 'length',
      },
      (_, { status }) => status === 400,
    ),
  ],
  [
    '400-json',
    'sends 400 as application/json of its own',
    reply(
      { ...jsonReply(400, { error: 'bad' }), headers: [['Content-Type', 'application/json']] },
      (_, { status }) => status === 400,
    ),
  ],
  [
    'security-headers',
    'sends many headers',
    [
      line('Strict-Transport-Security', 'max-age=31536000'),
      line('X-Content-Type-Options', 'nosniff'),
      line('X-Request-Id', 'a1b2'),
      line('Cache-Control', 'no-store, no-cache'),
      line('Pragma', 'no-cache'),
      line('Expires', 'Thu, 01 Jan 1970 00:00:00 GMT'),
      line('Vary', 'Accept, Origin'),
      line('Vary', 'Accept-Encoding'),
      line('Server-Timing', 'db;dur=53, app;dur=47.2'),
    ],
  ],
  [
    'pagination-headers',
    'sends headers of pagination',
    [line('Link', '<?page=2>; rel="next"', isList), line('X-Total-Count', '12', isList)],
  ],
  [
    'cors',
    'sends CORS headers',
    [
      line('Access-Control-Allow-Origin', '*'),
      line('Access-Control-Expose-Headers', 'ETag, X-Request-Id'),
      line('Vary', 'Origin'),
    ],
  ],
]);
