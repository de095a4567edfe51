import { jobOf, jobsBody, list, MIB, message, NAME } from './messages.ts';
import type { Ask, HostileTarget, Piece } from './target.ts';

/** What is told of answers that are too large to be read: nothing, or what else is wrong. */
const UNREAD = [0, 1, 3];

/** The same, where something else is wrong, which a slow machine may not find in time. */
const LATE = [1, 3];

/** Servers whose JSON is hard to stomach. */
export const BODIES: readonly HostileTarget[] = [
  served('jobs', '100,000 jobs', () => jobsBody(100_000), { exits: [0, 1], budget: 15 }),
  served(
    'invalid-jobs',
    '100,000 jobs of which each one is invalid',
    () => jobsBody(100_000, (index) => ({ status: `unheard-of-${index}` })),
    { budget: 15 },
  ),
  served(
    'equal-jobs',
    '100,000 jobs that all have one id',
    () => jobsBody(100_000, () => ({ jobId: 'job-1' })),
    { budget: 15 },
  ),
  changing('changing-jobs', '100,000 jobs, others each time', (count) => jobsBody(100_000, seen(count))),
  changing('changing-list', '2,000 jobs, others each time', (count) => jobsBody(2000, seen(count)), {
    budget: 10,
  }),
  changing('changing-invalid', '2,000 invalid jobs, others each time', (count) =>
    jobsBody(2000, (index) => ({ ...seen(count)(index), status: `s-${count}-${index}` })),
  ),
  served('long-names', 'templates with names of 1 MB', () => named(1e6), { quick: true }),
  served('long-unicode-names', 'templates with names of 300,000 emojis', () => named(3e5, '😀')),
  served('long-ids', 'jobs with ids of 1 MB', () => jobsBody(6, (index) => ({ jobId: text(index, 1e6) }))),
  served('many-names', '20,000 jobs with a template each', () =>
    jobsBody(20_000, (index) => ({ jobTemplateName: `template ${index}` })),
  ),
  served('brackets', '1,000,000 brackets', () => deep('[', ']'), { exits: LATE }),
  served('objects', '200,000 objects in each other', () => deep('{"a":', '}', 2e5), { exits: LATE }),
  served('brackets-in-key', '1,000,000 brackets in place of an id', () => within('jobId', deep('[', ']')), {
    quick: true,
    exits: LATE,
  }),
  served(
    'brackets-in-template',
    '500,000 brackets in place of a template',
    () => within('jobTemplateName', deep('[', ']', 5e5)),
    { exits: LATE },
  ),
  served(
    'brackets-in-audit',
    '500,000 brackets in place of an audit',
    () => within('audit', deep('[', ']', 5e5)),
    { exits: LATE },
  ),
  served(
    'brackets-in-extra',
    '500,000 brackets in a property of no meaning',
    () => within('extra', deep('[', ']', 5e5)),
    { exits: UNREAD },
  ),
  served('open-brackets', '1,000,000 brackets that nobody closes', () => '['.repeat(1e6)),
  served('deep-names', '900 levels with names of 20 KB', () =>
    deep(`{"${'a'.repeat(2e4)}":`, '}', 900, 'NaN'),
  ),
  served('many-keys', 'an object of 2,000,000 names', () => object(2e6), { exits: UNREAD }),
  served('many-keys-in-job', 'a job of 300,000 names', () => within('extra', object(3e5)), { exits: UNREAD }),
  served('equal-keys', 'an object with one name 1,000,000 times', () => `{${'"a":1,'.repeat(1e6)}"a":1}`),
  served('many-objects', '10,000,000 empty objects', () => `[${'{},'.repeat(1e7)}{}]`, { exits: UNREAD }),
  served('many-arrays', '10,000,000 empty arrays', () => `[${'[],'.repeat(1e7)}[]]`, { exits: UNREAD }),
  served('many-numbers', '15,000,000 numbers', () => `[${'0,'.repeat(1.5e7)}0]`, { exits: UNREAD }),
  served('long-number', 'a number of 1,000,000 digits', () => within('extra', `1${'0'.repeat(1e6)}1`)),
  served('long-zeros', 'a fraction of 1,000,000 digits', () => within('extra', `0.${'01'.repeat(5e5)}e-1`), {
    exits: UNREAD,
  }),
  served('long-text', 'one text of 31 MiB', () => within('extra', `"${'x'.repeat(31 * MIB)}"`), {
    exits: UNREAD,
  }),
  served(
    'long-texts',
    '30 texts of 1 MiB',
    () => within('extra', `["${'x'.repeat(MIB)}"${`,"${'y'.repeat(MIB)}"`.repeat(29)}]`),
    { exits: UNREAD },
  ),
  served('escapes', 'a text of 5,000,000 escapes', () => within('extra', `"${'\\u0041'.repeat(5e6)}"`), {
    exits: UNREAD,
  }),
  served(
    'backslashes',
    'a text of 10,000,000 backslashes',
    () => within('extra', `"${'\\\\'.repeat(5e6)}"`),
    {
      exits: UNREAD,
    },
  ),
  served('half-characters', '100,000 halves of characters', () =>
    within('extra', `[${'"\\ud800",'.repeat(1e5)}0]`),
  ),
  ...['a/', ' ', 'at a.b(', '<', '\\n', '/a.b', 'SELECT ', "'", 'Exception: '].map(errorOf),
];

type Extra = Pick<HostileTarget, 'exits' | 'budget' | 'quick'>;

/** Answers each list with the same body, made when it is first asked for. */
function served(id: string, what: string, make: () => string, extra: Extra = {}): HostileTarget {
  let body: Buffer | undefined;
  const answer = (ask: Ask): readonly Piece[] => {
    body ??= Buffer.from(make());
    return list(ask, body);
  };
  return { id, sentence: `sends ${what}`, answer, budget: 10, ...extra };
}

/** Answers each list with a body of its own. */
function changing(
  id: string,
  what: string,
  make: (count: number) => string,
  extra: Extra = {},
): HostileTarget {
  return {
    id,
    sentence: `sends ${what}`,
    answer: (ask) => (ask.name === NAME ? list(ask, make(ask.count)) : list(ask, '')),
    exits: UNREAD,
    budget: 10,
    ...extra,
  };
}

/** A property that no schema minds. */
function seen(count: number): (index: number) => Readonly<Record<string, unknown>> {
  return () => ({ seen: count });
}

function named(length: number, char = 'x'): string {
  return jobsBody(6, (index) => ({ jobTemplateName: text(index, length, char) }));
}

function text(index: number, length: number, char = 'x'): string {
  return `${index}-${char.repeat(length)}`;
}

/** Brackets in each other. */
function deep(open: string, close: string, depth = 1e6, inner = '0'): string {
  return `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
}

function object(size: number): string {
  return `{${Array.from({ length: size }, (_, index) => `"k${index}":0`).join(',')}}`;
}

/** A list with one job in which JSON stands in place of a property. */
function within(property: string, json: string): string {
  const job = JSON.stringify(jobOf(1, { [property]: '@' }));
  return `{"code":0,"jobs":[${job.replace('"@"', () => json)}]}`;
}

/** An error whose texts are 2 MB of one pattern. */
function errorOf(pattern: string): HostileTarget {
  const said = JSON.stringify(pattern.repeat(2e6 / pattern.length));
  const body = `{"code":1003,"type":${said},"message":${said},"stack":[${said}]}`;
  return {
    id: `error-${Buffer.from(pattern).toString('hex')}`,
    sentence: `answers with errors of 6 MB of ${JSON.stringify(pattern)}`,
    answer: () => message('404 Not Found', body),
  };
}
