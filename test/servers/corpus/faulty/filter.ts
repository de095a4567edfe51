import { decodeOnce } from '../api.ts';
import { casesOf } from '../case.ts';
import {
  both,
  data,
  field,
  habits,
  isFiltered,
  isFirst,
  jobs,
  jobsOf,
  keeps,
  reply,
  type Which,
  when,
} from '../change.ts';
import { errorReply } from '../reply.ts';
import { type Job, namesOf, withCount, withNth, withTemplates } from '../world.ts';

const failure = errorReply(500, 'RuntimeException', 'Internal Server Error', 1002);
const jobTemplate = ({ jobTemplateName }: Job) => jobTemplateName;

/** Fails where the decoded value of the filter has something in it. */
const failsOn = (test: (value: string) => boolean) =>
  reply(
    failure,
    both(
      ({ about }) => about === 'list',
      ({ template }) => template !== undefined && test(template),
    ),
  );

/** Fails where the query as it was sent has something in it. */
const failsOnQuery = (test: (query: string) => boolean) =>
  reply(
    failure,
    ({ target, method }) => (method === 'GET' || method === 'HEAD') && test(target.split('?')[1] ?? ''),
  );

/** Takes the value for a pattern. */
const matching = (pattern: (value: string) => RegExp) =>
  keeps((job, wanted) => {
    try {
      return pattern(wanted).test(job.jobTemplateName);
    } catch {
      return false;
    }
  });

const escaped = (value: string) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const whole = (source: string) => new RegExp(`^${source}$`, 'su');

/** Another value in place of the one that was sent. */
const valued = (change: (value: string) => string | undefined) =>
  habits({ choose: ([first]) => (first === undefined ? undefined : change(first)) });

const isNoSuch: Which = ({ template }, { body }) => Boolean(template) && jobsOf(body).length === 0;
const allIfNone = (test: (value: string) => boolean) =>
  habits({
    filter: (all, wanted) => (test(wanted) ? all : all.filter((job) => jobTemplate(job) === wanted)),
  });

/** What the filter means, and what values do to a server. */
export const FILTER = casesOf('F', [
  ['ignored', 'semantics', 'ignores the filter', keeps(() => true)],
  [
    'prefix',
    'semantics',
    'matches the beginning of names',
    keeps((job, wanted) => jobTemplate(job).startsWith(wanted)),
  ],
  [
    'suffix',
    'semantics',
    'matches the end of names',
    keeps((job, wanted) => jobTemplate(job).endsWith(wanted)),
  ],
  [
    'substring',
    'semantics',
    'matches parts of names',
    keeps((job, wanted) => jobTemplate(job).includes(wanted)),
  ],
  [
    'reverse-prefix',
    'semantics',
    'matches names that the value begins with',
    keeps((job, wanted) => wanted.startsWith(jobTemplate(job))),
  ],
  [
    'case',
    'semantics',
    'matches names in any letter case',
    keeps((job, wanted) => jobTemplate(job).toLowerCase() === wanted.toLowerCase()),
  ],
  [
    'lower-cased',
    'semantics',
    'writes the value in small letters before it compares',
    [data(withTemplates('Nightly_ETL', 'nightly_etl')), valued((value) => value.toLowerCase())],
  ],
  ['other-field', 'semantics', 'matches jobId', keeps((job, wanted) => job.jobId === wanted)],
  [
    'also-status',
    'semantics',
    'matches the status too',
    [
      data(withTemplates('queued')),
      keeps((job, wanted) => [job.jobTemplateName, job.status].includes(wanted)),
    ],
  ],
  [
    'also-id',
    'semantics',
    'matches jobId too',
    keeps((job, wanted) => [job.jobTemplateName, job.jobId].includes(wanted)),
  ],
  ['inverted', 'semantics', 'leaves out what matches', keeps((job, wanted) => jobTemplate(job) !== wanted)],
  ['never', 'semantics', 'finds nothing', keeps(() => false)],
  [
    'first-only',
    'semantics',
    'finds the first job alone',
    habits({ filter: (all, wanted) => all.filter((job) => jobTemplate(job) === wanted).slice(0, 1) }),
  ],
  [
    'last-lost',
    'semantics',
    'loses the last job that matches',
    [
      data(withCount(12)),
      habits({ filter: (all, wanted) => all.filter((job) => jobTemplate(job) === wanted).slice(0, -1) }),
    ],
  ],
  [
    'capped',
    'semantics',
    'filters the first ten jobs alone',
    [
      data(withCount(40)),
      habits({ filter: (all, wanted) => all.slice(0, 10).filter((job) => jobTemplate(job) === wanted) }),
    ],
  ],
  [
    'drops-queued',
    'semantics',
    'leaves queued jobs out when filtered',
    keeps((job, wanted) => jobTemplate(job) === wanted && job.status !== 'queued'),
  ],
  [
    'only-finished',
    'semantics',
    'shows finished jobs alone when filtered',
    keeps(
      (job, wanted) =>
        jobTemplate(job) === wanted && ['succeeded', 'failed', 'canceled'].includes(job.status),
    ),
  ],
  [
    'extra-job',
    'semantics',
    'shows one more job when filtered',
    habits({
      filter: (all, wanted) => [
        ...all.filter((job) => jobTemplate(job) === wanted),
        ...all.filter((job) => jobTemplate(job) !== wanted).slice(0, 1),
      ],
    }),
  ],
  [
    'other-metalake',
    'semantics',
    'shows jobs of another metalake when filtered',
    [
      data((world) =>
        withNth(world, 1, () =>
          (world.metalakes.get(namesOf(world)[0] ?? '') ?? [])
            .slice(0, 3)
            .map((job) => ({ ...job, jobId: `${job.jobId}-b` })),
        ),
      ),
      habits({
        filter: (_, wanted, { metalakes }) =>
          [...metalakes.values()].flat().filter((job) => jobTemplate(job) === wanted),
      }),
    ],
  ],
  [
    'stale-index',
    'semantics',
    'shows a job that the full list does not have when filtered',
    when(
      both(isFiltered, isFirst),
      jobs((all) =>
        all.flatMap((job, index) => (index === 0 ? [job, { ...job, jobId: `${job.jobId}-old` }] : [job])),
      ),
    ),
  ],
  [
    'filtered-other-creator',
    'semantics',
    'shows another creator when filtered',
    when(
      isFiltered,
      jobs((all) => all.map((job) => ({ ...job, audit: { ...job.audit, creator: 'system' } }))),
    ),
  ],
  [
    'filtered-other-id',
    'semantics',
    'shows other ids when filtered',
    when(
      isFiltered,
      jobs((all) => all.map((job, index) => ({ ...job, jobId: String(index + 1) }))),
    ),
  ],
  [
    'filtered-other-time',
    'semantics',
    'cuts fractions off createTime by a day when filtered',
    when(
      isFiltered,
      jobs((all) =>
        all.map((job) => ({ ...job, audit: { ...job.audit, createTime: '2001-01-01T00:00:00Z' } })),
      ),
    ),
  ],
  [
    'duplicates-when-filtered',
    'semantics',
    'lists jobs twice when filtered',
    when(
      isFiltered,
      jobs((all) => [...all, ...all]),
    ),
  ],
  [
    'unknown-all',
    'semantics',
    'shows every job for a template that nothing has',
    habits({
      filter: (all, wanted) => {
        const some = all.filter((job) => jobTemplate(job) === wanted);
        return some.length > 0 ? some : all;
      },
    }),
  ],
  [
    'unknown-500',
    'standard',
    'fails for a template that nothing has',
    reply(failure, both(isFiltered, isNoSuch)),
  ],
  [
    'unknown-some',
    'semantics',
    'shows the newest job for a template that nothing has',
    habits({
      filter: (all, wanted) => {
        const some = all.filter((job) => jobTemplate(job) === wanted);
        return some.length > 0 ? some : all.slice(-1);
      },
    }),
  ],
  [
    'empty-none',
    'suspicious',
    'finds nothing for an empty value',
    habits({ choose: ([first]) => (first === '' ? '\u0000none' : first) }),
  ],
  [
    'empty-404',
    'suspicious',
    'sends 404 for an empty value',
    reply(
      errorReply(404, 'NoSuchJobTemplateException', 'x'),
      both(
        ({ about }) => about === 'list',
        ({ template }) => template === '',
      ),
    ),
  ],
  [
    'empty-400',
    'suspicious',
    'sends 400 for an empty value',
    reply(
      errorReply(400, 'BadRequestException', 'x'),
      both(
        ({ about }) => about === 'list',
        ({ template }) => template === '',
      ),
    ),
  ],
  ['empty-500', 'standard', 'fails for an empty value', failsOn((value) => value === '')],
  [
    'plus-kept',
    'suspicious',
    'takes + for a plus',
    [data(withTemplates('daily load')), habits({ decodeQuery: decodeOnce })],
  ],
  [
    'blank-kept',
    'standard',
    'does not decode %20',
    [
      data(withTemplates('daily load')),
      habits({ decodeQuery: (raw) => decodeOnce(raw.replace(/\+/g, ' ').replace(/%20/g, '%2520')) }),
    ],
  ],
  [
    'undecoded',
    'standard',
    'decodes no escape of the filter',
    [data(withTemplates('täglich/%')), habits({ decodeQuery: (raw) => raw.replace(/\+/g, ' ') })],
  ],
  [
    'upper-hex-only',
    'standard',
    'decodes escapes in capital hex digits alone',
    [
      data(withTemplates('a/b*c/ü')),
      habits({
        decodeQuery: (raw) => decodeOnce(raw.replace(/\+/g, ' ').replace(/%(?![0-9A-F]{2})/g, '%25')),
      }),
    ],
  ],
  [
    'decoded-twice',
    'semantics',
    'decodes the filter twice',
    [
      data(withTemplates('100%25')),
      habits({
        decodeQuery: (raw) => {
          const once = decodeOnce(raw.replace(/\+/g, ' '));
          return once === undefined ? undefined : (decodeOnce(once) ?? once);
        },
      }),
    ],
  ],
  [
    'latin1',
    'semantics',
    'reads the filter as Latin-1',
    [
      data(withTemplates('Größe')),
      habits({
        decodeQuery: (raw) =>
          decodeURIComponent(
            raw
              .replace(/\+/g, ' ')
              .replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
                encodeURIComponent(String.fromCharCode(Number.parseInt(hex, 16))),
              )
              .replace(/%(?![0-9a-f]{2})/gi, '%25'),
          ),
      }),
    ],
  ],
  [
    'ascii-only',
    'semantics',
    'drops what is not ASCII from the filter',
    [data(withTemplates('Größe', 'Gre')), valued((value) => value.replace(/[^\x20-\x7e]/g, ''))],
  ],
  [
    'accents-folded',
    'semantics',
    'matches names without their accents',
    [data(withTemplates('café', 'cafe')), keeps((job, wanted) => fold(jobTemplate(job)) === fold(wanted))],
  ],
  [
    'normalised',
    'suspicious',
    'matches names after Unicode normalisation',
    [
      data(withTemplates('café')),
      keeps((job, wanted) => jobTemplate(job).normalize('NFC') === wanted.normalize('NFC')),
    ],
  ],
  ['trimmed', 'suspicious', 'trims the value', valued((value) => value.trim())],
  [
    'trimmed-blanks-inside',
    'semantics',
    'drops blanks from the value and from names',
    [
      data(withTemplates('daily load', 'dailyload')),
      keeps((job, wanted) => jobTemplate(job).replace(/ /g, '') === wanted.replace(/ /g, '')),
    ],
  ],
  [
    'cut-at-hash',
    'semantics',
    'cuts the decoded value at #',
    [data(withTemplates('a#1', 'a')), valued((value) => value.split('#')[0])],
  ],
  [
    'cut-at-ampersand',
    'semantics',
    'splits the query after decoding it',
    [data(withTemplates('x&y', 'x')), valued((value) => value.split('&')[0])],
  ],
  [
    'cut-at-equals',
    'semantics',
    'cuts the value at its second equals sign',
    [data(withTemplates('key=value', 'key')), valued((value) => value.split('=')[0])],
  ],
  ['cut-at-nul', 'semantics', 'cuts the value at NUL', valued((value) => value.split('\0')[0])],
  [
    'cut-at-20',
    'semantics',
    'looks at the first 20 characters of the value alone',
    [
      data(withTemplates('a_template_with_a_rather_long_name_1', 'a_template_with_a_rather_long_name_2')),
      keeps((job, wanted) => jobTemplate(job).slice(0, 20) === wanted.slice(0, 20)),
    ],
  ],
  [
    'comma-list',
    'semantics',
    'takes a comma for a list of values',
    [
      data(withTemplates('x,y', 'x', 'y')),
      keeps((job, wanted) => wanted.split(',').includes(jobTemplate(job))),
    ],
  ],
  [
    'pipe-list',
    'semantics',
    'takes | for a list of values',
    [
      data(withTemplates('x|y', 'x', 'y')),
      keeps((job, wanted) => wanted.split('|').includes(jobTemplate(job))),
    ],
  ],
  [
    'negation',
    'semantics',
    'takes ! before a value for its opposite',
    [
      data(withTemplates('!x', 'x')),
      keeps((job, wanted) =>
        wanted.startsWith('!') ? jobTemplate(job) !== wanted.slice(1) : jobTemplate(job) === wanted,
      ),
    ],
  ],
  [
    'quotes-stripped',
    'semantics',
    'strips quotes around the value',
    [data(withTemplates('"x"', 'x')), valued((value) => value.replace(/^"(.*)"$/, '$1'))],
  ],
  [
    'like',
    'semantics',
    'takes % and _ for wildcards',
    matching((value) => whole(escaped(value).replace(/%/g, '.*').replace(/_/g, '.'))),
  ],
  ['like-percent', 'semantics', 'shows every job for %', allIfNone((value) => value === '%')],
  [
    'like-underscore',
    'semantics',
    'takes _ for any character',
    matching((value) => whole(escaped(value).replace(/_/g, '.'))),
  ],
  [
    'glob',
    'semantics',
    'takes * and ? for wildcards',
    matching((value) => whole(escaped(value).replace(/\\\*/g, '.*').replace(/\\\?/g, '.'))),
  ],
  ['star-all', 'semantics', 'shows every job for *', allIfNone((value) => value === '*')],
  ['regex', 'semantics', 'takes the value for a regular expression', matching((value) => whole(value))],
  [
    'regex-part',
    'semantics',
    'searches names with the value as regular expression',
    matching((value) => new RegExp(value)),
  ],
  [
    'regex-500',
    'standard',
    'takes the value for a regular expression and fails where it is none',
    failsOn((value) => /^[*+?]|[([]$|^\(|^\[|\\$/.test(value)),
  ],
  ['null-all', 'semantics', 'takes "null" for no filter', allIfNone((value) => value === 'null')],
  [
    'undefined-all',
    'semantics',
    'takes "undefined" for no filter',
    allIfNone((value) => value === 'undefined'),
  ],
  ['all-all', 'suspicious', 'takes "all" for no filter', allIfNone((value) => value === 'all')],
  ['blank-all', 'suspicious', 'takes a blank for no filter', allIfNone((value) => value.trim() === '')],
  [
    'numeric',
    'semantics',
    'compares values that look like numbers as numbers',
    [
      data(withTemplates('7', '007')),
      keeps(
        (job, wanted) =>
          jobTemplate(job) === wanted ||
          (wanted.trim() !== '' && Number(jobTemplate(job)) === Number(wanted)),
      ),
    ],
  ],
  [
    'loose',
    'semantics',
    'compares names without dashes and underscores',
    [
      data(withTemplates('a_b_c', 'a-b-c')),
      keeps((job, wanted) => jobTemplate(job).replace(/[-_]/g, '') === wanted.replace(/[-_]/g, '')),
    ],
  ],
  [
    'long-ignored',
    'semantics',
    'ignores values of more than 100 characters',
    allIfNone((value) => value.length > 100),
  ],
  [
    'odd-ignored',
    'semantics',
    'ignores values that are not plain',
    [data(withTemplates('daily load', 'a/b')), allIfNone((value) => !/^[\w-]+$/.test(value))],
  ],
  [
    'second-ignored',
    'semantics',
    'ignores the filter in one metalake',
    habits({
      filter: (all, wanted, { metalakes }) =>
        all === [...metalakes.values()][1] ? all : all.filter((job) => jobTemplate(job) === wanted),
    }),
  ],
  ['sql', 'standard', 'builds SQL from the value', failsOn((value) => value.includes("'"))],
  [
    'sql-injection',
    'semantics',
    'shows every job for a condition that is always true',
    allIfNone((value) => /' *or */i.test(value)),
  ],
  ['quote-500', 'standard', 'fails for a double quote', failsOn((value) => value.includes('"'))],
  ['backslash-500', 'standard', 'fails for a backslash', failsOn((value) => value.includes('\\'))],
  ['percent-500', 'standard', 'fails for a percent sign', failsOn((value) => value.includes('%'))],
  ['angle-500', 'standard', 'fails for markup', failsOn((value) => value.includes('<'))],
  ['brace-500', 'standard', 'fails for a template expression', failsOn((value) => /\$\{|\{\{/.test(value))],
  ['dollar-500', 'standard', 'fails for a dollar sign', failsOn((value) => value.includes('$'))],
  ['long-500', 'standard', 'fails for more than 4,000 characters', failsOn((value) => value.length > 4000)],
  ['300-500', 'standard', 'fails for more than 255 characters', failsOn((value) => value.length > 255)],
  ['nul-500', 'standard', 'fails for NUL', failsOn((value) => value.includes('\0'))],
  [
    'control-500',
    'standard',
    'fails for control characters',
    failsOn((value) => /\p{Cc}/u.test(value.replaceAll('\0', ''))),
  ],
  [
    'invalid-utf8-500',
    'standard',
    'fails for bytes that are no UTF-8',
    failsOnQuery((query) => /%f[ef]|%c[01]/i.test(query) || /[\xf8-\xff]/.test(query)),
  ],
  [
    'malformed-500',
    'standard',
    'fails for a malformed escape',
    failsOnQuery((query) => /%(?![0-9a-f]{2})/i.test(query)),
  ],
  [
    'emoji-500',
    'standard',
    'fails for characters beyond the basic plane',
    failsOn((value) => /[\u{10000}-\u{10ffff}]/u.test(value)),
  ],
  [
    'non-ascii-500',
    'standard',
    'fails for letters outside ASCII',
    failsOn((value) => /[^\p{ASCII}]/u.test(value)),
  ],
  [
    'repeated-500',
    'standard',
    'fails where the parameter is repeated',
    failsOnQuery((query) => (query.match(/jobTemplateName=/g) ?? []).length > 1),
  ],
  [
    'no-equals-500',
    'standard',
    'fails for a parameter without an equals sign',
    failsOnQuery((query) => /(^|&)jobTemplateName(&|$)/.test(query)),
  ],
  [
    'brackets-500',
    'standard',
    'fails for brackets in a name',
    failsOnQuery((query) => /(\[|%5B)/i.test(query.split('=')[0] ?? '')),
  ],
  [
    'dotted-500',
    'standard',
    'fails for a parameter name with a dot',
    failsOnQuery((query) => /jobTemplateName\.\w+=/.test(query)),
  ],
  [
    'unknown-parameter-500',
    'standard',
    'fails for a parameter that it does not know',
    failsOnQuery((query) =>
      query.split('&').some((pair) => /^[\w-]+=/.test(pair) && !pair.startsWith('jobTemplateName')),
    ),
  ],
  [
    'unknown-parameter-400',
    'suspicious',
    'sends 400 for a parameter that it does not know',
    reply(
      errorReply(400, 'BadRequestException', 'x'),
      ({ about, target }) =>
        about === 'list' &&
        (target.split('?')[1] ?? '')
          .split('&')
          .some((pair) => pair !== '' && !pair.startsWith('jobTemplateName')),
    ),
  ],
  [
    'ampersands-500',
    'standard',
    'fails for empty parameters',
    failsOnQuery((query) => query.includes('&&') || query === '&'),
  ],
  [
    'many-parameters-500',
    'standard',
    'fails for a thousand parameters',
    failsOnQuery((query) => query.split('&').length > 900),
  ],
  [
    'question-500',
    'standard',
    'fails for an empty query',
    reply(failure, ({ target, about }) => about === 'list' && target.endsWith('?')),
  ],
  [
    'crlf-split',
    'standard',
    'copies the value into a header',
    {
      head: (text, { template }) =>
        template === undefined
          ? text
          : text.replace('\r\n', `\r\nX-Filter: ${Buffer.from(template).toString('latin1')}\r\n`),
    },
  ],
  [
    'crlf-injected',
    'standard',
    'copies the value into a header without its control characters, but with its line breaks',
    {
      head: (text, { template }) =>
        template?.includes('\r\n')
          ? text.replace('\r\n', `\r\nX-Filter: ${template.replace(/[^\r\n -~]/g, '')}\r\n`)
          : text,
    },
  ],
  [
    'value-reflected',
    'standard',
    'copies the value into the JSON as it is',
    {
      answer: (old, { template }) =>
        template && old.status === 200
          ? { ...old, bytes: Buffer.from(`${JSON.stringify(old.body).slice(0, -1)},"filter":"${template}"}`) }
          : old,
    },
  ],
  [
    'long-hang',
    'standard',
    'never answers a value of more than 1,000 characters',
    {
      wire: ({ head, body, closes }, { template }) =>
        (template?.length ?? 0) > 1000 ? ['HANG'] : [head, body, ...(closes ? (['CLOSE'] as const) : [])],
    },
  ],
  [
    'nul-reset',
    'standard',
    'resets the connection for NUL',
    {
      wire: ({ head, body, closes }, { template }) =>
        template?.includes('\0') ? ['RESET'] : [head, body, ...(closes ? (['CLOSE'] as const) : [])],
    },
  ],
  [
    'name-in-any-parameter',
    'suspicious',
    'takes any parameter for the filter',
    habits({ isFilter: (name) => name !== '' }),
  ],
  [
    'prefix-parameter',
    'suspicious',
    'takes parameters whose names only begin alike for the filter',
    habits({ isFilter: (name) => name.startsWith('jobTemplate') }),
  ],
  [
    'filter-adds-field',
    'description',
    'shows the status in capitals when filtered',
    when(
      isFiltered,
      field('status', (old) => String(old).toUpperCase()),
    ),
  ],
]);

/** Without accents, and with ß as ss. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss');
}
