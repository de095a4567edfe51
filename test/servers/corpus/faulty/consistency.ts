import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Ask } from '../api.ts';
import { casesOf } from '../case.ts';
import {
  audit,
  both,
  bytes,
  type Change,
  contentType,
  data,
  eachJob,
  everyNth,
  field,
  header,
  isAbsent,
  isFiltered,
  isFirst,
  isList,
  jobs,
  reply,
  status,
  type Which,
  when,
  without,
} from '../change.ts';
import { bareReply, bytesOf, errorReply, type Reply } from '../reply.ts';
import { headerOf } from '../request.ts';
import { withCount } from '../world.ts';

const isGet: Which = ({ method }) => method === 'GET';
const aList = both(isList, isGet);
const pathOf = ({ target }: Ask) => target.split('?')[0] ?? '';

/** A chance that follows from the seed of the server. */
const now =
  (share: number): Which =>
  ({ draw }) =>
    draw.chance(share);

/** Replays an answer to every request with the same key; undefined for none. */
function cached(keyOf: (ask: Ask, old: Reply) => string | undefined): Change {
  return {
    answer: (old, ask) => {
      const key = keyOf(ask, old);
      if (key === undefined) {
        return old;
      }
      const known = ask.memory.get(`cache ${key}`) as Reply | undefined;
      ask.memory.set(`cache ${key}`, known ?? old);
      return known ?? old;
    },
  };
}

const onlyLists = (keyOf: (ask: Ask) => string) => (ask: Ask, old: Reply) =>
  isGet(ask, old) && isList(ask, old) ? keyOf(ask) : undefined;

/** From the first answer of a kind on, that one answers all requests with the same key. */
function onceSeen(
  kind: (old: Reply, ask: Ask) => boolean,
  keyOf: (ask: Ask) => string = ({ target }) => target,
): Change {
  return {
    answer: (old, ask) => {
      const known = ask.memory.get(`seen ${keyOf(ask)}`) as Reply | undefined;
      if (known === undefined && kind(old, ask)) {
        ask.memory.set(`seen ${keyOf(ask)}`, old);
      }
      return known && isList(ask, old) ? known : old;
    },
  };
}

/** What requests that are open at the same time do to each other. */
function crossed(hold: number, pick: (open: readonly Ask[], ask: Ask) => Ask): Change {
  return {
    answer: async (old, ask) => {
      const open = (ask.memory.get('open') ?? new Map<Ask, Reply>()) as Map<Ask, Reply>;
      ask.memory.set('open', open);
      open.set(ask, old);
      await delay(hold);
      const other = open.get(pick([...open.keys()], ask)) ?? old;
      await delay(hold);
      open.delete(ask);
      return other;
    },
  };
}

/** Counts requests that are the same in method, target and headers. */
function isEvenTime({ method, target, headers, memory }: Ask): boolean {
  const key = JSON.stringify([method, target, headers]);
  const times = Number(memory.get(key) ?? 0) + 1;
  memory.set(key, times);
  return times % 2 === 0;
}

const numbered: Change = data(withCount(18));

/** The same question, another answer. */
export const CONSISTENCY = casesOf('G', [
  [
    'every-second-500',
    'standard',
    'fails for every second request',
    reply(errorReply(500, 'RuntimeException', 'x', 1002), both(isList, everyNth(2))),
  ],
  [
    'every-13th-500',
    'standard',
    'fails for every 13th request',
    reply(errorReply(500, 'RuntimeException', 'x', 1002), both(isList, everyNth(13))),
  ],
  [
    'some-500',
    'standard',
    'fails for every tenth request by chance',
    reply(errorReply(500, 'RuntimeException', 'x', 1002), both(isList, now(0.1))),
  ],
  [
    'some-capitals',
    'description',
    'writes the status in capitals in a fifth of its answers',
    when(
      now(0.2),
      field('status', (old) => String(old).toUpperCase()),
    ),
  ],
  [
    'every-fifth-plain-json',
    'description',
    'sends application/json in every fifth answer',
    contentType('application/json', both(isList, everyNth(5))),
  ],
  [
    'every-11th-empty',
    'description',
    'sends nothing in every 11th answer',
    bytes(() => Buffer.alloc(0), both(aList, everyNth(11))),
  ],
  [
    'every-60th-empty',
    'description',
    'sends nothing in every 60th answer',
    bytes(() => Buffer.alloc(0), both(aList, everyNth(60))),
  ],
  [
    'every-ninth-html',
    'description',
    'sends a page in every ninth answer',
    reply(
      {
        status: 200,
        headers: [['Content-Type', 'text/html']],
        body: undefined,
        bytes: Buffer.from('<h1>Please wait</h1>'),
        framing: 'length',
      },
      both(isList, everyNth(9)),
    ),
  ],
  [
    'every-fifth-404',
    'semantics',
    'finds nothing every fifth time',
    reply(errorReply(404, 'NoSuchMetalakeException', 'x'), both(isList, everyNth(5))),
  ],
  [
    'every-third-partial',
    'semantics',
    'loses half of the jobs every third time',
    [
      numbered,
      when(
        everyNth(3),
        jobs((all) => all.slice(0, Math.ceil(all.length / 2))),
      ),
    ],
  ],
  [
    'some-partial',
    'semantics',
    'loses jobs by chance',
    [numbered, jobs((all, { draw }) => (draw.chance(0.4) ? all.slice(1) : all))],
  ],
  [
    'two-replicas',
    'semantics',
    'has a second replica that lacks jobs',
    [
      numbered,
      when(
        ({ count }) => count % 2 === 1,
        jobs((all) => all.filter((_, index) => index % 3 !== 1)),
      ),
    ],
  ],
  [
    'every-second-same',
    'semantics',
    'lacks a job whenever the same request comes for an even time',
    [numbered, jobs((all, ask) => (isEvenTime(ask) ? all.slice(0, -1) : all))],
  ],
  [
    'second-connection-request',
    'description',
    'spoils every answer but the first of a connection',
    when(
      ({ turn }) => turn > 1,
      eachJob((job) => without(job, 'audit')),
    ),
  ],
  [
    'first-connection-request',
    'description',
    'spoils the first answer of each connection',
    when(
      ({ turn }) => turn === 1,
      eachJob((job) => without(job, 'audit')),
    ),
  ],
  ['twice-listed', 'semantics', 'lists one job twice', jobs((all) => [...all, ...all.slice(0, 1)])],
  ['same-ids', 'semantics', 'gives the same id to all jobs', field('jobId', 'job-1')],
  [
    'same-ids-filtered',
    'semantics',
    'gives the same id to all jobs of a template',
    [numbered, field('jobId', (_, job) => `job-${job.jobTemplateName}`)],
  ],
  [
    'id-changes',
    'semantics',
    'gives jobs another id at each read',
    field('jobId', (old, _, { count }) => `${old}-${count}`),
  ],
  [
    'id-by-index',
    'semantics',
    'gives jobs their index as id',
    jobs((all, { template }) =>
      template
        ? all.map((job, index) => ({ ...job, jobId: `job-${index}` }))
        : all.map((job, index) => ({ ...job, jobId: `job-${all.length - index}` })),
    ),
  ],
  [
    'create-time-now',
    'semantics',
    'sends the time of the answer as createTime',
    eachJob((job, { count }) => ({
      ...job,
      audit: {
        creator: 'anonymous',
        createTime: new Date(Date.UTC(2025, 1, 1) + count * 1000).toISOString(),
      },
    })),
  ],
  [
    'create-time-local',
    'semantics',
    'sends createTime in another zone but with Z every second time',
    eachJob((job, { count }) => ({
      ...job,
      audit: {
        creator: 'anonymous',
        createTime: count % 2 ? '2025-02-01T02:00:00Z' : '2025-02-01T04:00:00Z',
      },
    })),
  ],
  [
    'creator-is-caller',
    'semantics',
    'sends another creator each time',
    audit('creator', (_, __, { count }) => `user-${count}`),
  ],
  [
    'creator-by-accept',
    'semantics',
    'sends another creator for who accepts anything',
    when(({ headers }) => headerOf(headers, 'accept') === '*/*', audit('creator', 'somebody')),
  ],
  [
    'template-changes',
    'semantics',
    'shows another template when filtered',
    when(
      isFiltered,
      field('jobTemplateName', (old) => `${old}_v2`),
    ),
  ],
  [
    'date-by-language',
    'description',
    'writes times by Accept-Language',
    when(
      ({ headers }) => /^de/.test(headerOf(headers, 'accept-language') ?? ''),
      audit('createTime', '12.08.2025 02:14:28'),
    ),
  ],
  [
    'status-by-language',
    'description',
    'translates statuses by Accept-Language',
    when(
      ({ headers }) => /^(de|fr|es|ja|zh)/.test(headerOf(headers, 'accept-language') ?? ''),
      field('status', 'in Warteschlange'),
    ),
  ],
  [
    'type-by-language',
    'description',
    'sends a page where there is an Accept-Language',
    contentType(
      'text/html',
      both(isList, ({ headers }) => headerOf(headers, 'accept-language') !== undefined),
    ),
  ],
  [
    'by-user-agent',
    'description',
    'sends plain JSON to who sends an unknown header',
    contentType(
      'application/json',
      both(isList, ({ headers }) => headers.some(([name]) => /^x-(?!forwarded)/i.test(name))),
    ),
  ],
  [
    'broken-when-gzip',
    'description',
    'spoils what it compresses',
    [
      when(
        both(aList, ({ headers }) => /gzip/.test(headerOf(headers, 'accept-encoding') ?? '')),
        eachJob((job) => without(job, 'status')),
      ),
      bytes(
        (body) => gzipSync(body),
        both(aList, ({ headers }) => /gzip/.test(headerOf(headers, 'accept-encoding') ?? '')),
      ),
      header(
        'Content-Encoding',
        'gzip',
        both(aList, ({ headers }) => /gzip/.test(headerOf(headers, 'accept-encoding') ?? '')),
      ),
      header('Vary', 'Accept-Encoding', isList),
    ],
  ],
  ['cache-without-query', 'semantics', 'caches lists without their query', cached(onlyLists(pathOf))],
  [
    'cache-without-path',
    'semantics',
    'caches lists without their path',
    cached((ask, old) =>
      isGet(ask, old) && ask.about !== 'other' ? (ask.target.split('?')[1] ?? '') : undefined,
    ),
  ],
  [
    'cache-last-segment',
    'semantics',
    'caches by the end of the path',
    cached((ask, old) =>
      isGet(ask, old) && ask.about !== 'other' ? ask.target.replace(/^.*\/(?=jobs\/)/, '') : undefined,
    ),
  ],
  [
    'cache-short-keys',
    'semantics',
    'caches by the first characters of the value alone',
    cached(
      onlyLists((ask) => `${pathOf(ask)} ${ask.template === undefined ? '-' : ask.template.slice(0, 3)}`),
    ),
  ],
  [
    'cache-folded-keys',
    'semantics',
    'caches by the value in small letters',
    [data(withCount(9)), cached(onlyLists((ask) => `${pathOf(ask)} ${(ask.template ?? '-').toLowerCase()}`))],
  ],
  [
    'cache-without-accept',
    'description',
    'caches lists whatever the Accept was',
    [
      contentType(
        'application/json',
        both(isList, ({ headers }) => headerOf(headers, 'accept') === 'application/json'),
      ),
      header('Vary', 'Accept', isList),
      cached(onlyLists(({ target }) => target)),
    ],
  ],
  [
    'cache-406',
    'description',
    'remembers a refusal for all that ask the same',
    onceSeen(({ status: code }) => code === 406),
  ],
  [
    'cache-head',
    'description',
    'caches the empty body of HEAD',
    {
      answer: (old, ask) => {
        if (!isList(ask, old)) {
          return old;
        }
        if (ask.method === 'HEAD') {
          ask.memory.set(ask.target, { ...old, bytes: Buffer.alloc(0) });
        }
        return (ask.memory.get(ask.target) as Reply | undefined) ?? old;
      },
    },
  ],
  [
    'cache-304',
    'standard',
    'caches the 304 of another client',
    {
      answer: (old, ask) => {
        if (!aList(ask, old)) {
          return old;
        }
        const tagged: Reply = { ...old, headers: [...old.headers, ['ETag', '"v1"']] };
        const isMatch = (headerOf(ask.headers, 'if-none-match') ?? '').includes('"v1"');
        const known = ask.memory.get(ask.target) as Reply | undefined;
        if (known) {
          return known;
        }
        if (isMatch) {
          const short = bareReply(304, [['ETag', '"v1"']]);
          ask.memory.set(ask.target, short);
          return short;
        }
        return tagged;
      },
    },
  ],
  ['cache-gzip', 'suspicious', 'caches compressed lists for everybody', cachedGzip()],
  [
    'cache-404',
    'semantics',
    'remembers the 404 of one name for all',
    onceSeen(
      (_, { about }) => about === 'absent',
      () => 'all',
    ),
  ],
  [
    'parallel-last',
    'semantics',
    'gives requests that are open at once the answer of the last one',
    crossed(4, (open, ask) => open.at(-1) ?? ask),
  ],
  [
    'parallel-first',
    'semantics',
    'gives requests that are open at once the answer of the first one',
    crossed(6, ([first], ask) => first ?? ask),
  ],
  [
    'parallel-swapped',
    'semantics',
    'swaps the answers of requests that are open at once, two by two',
    crossed(6, (open, ask) => open[open.indexOf(ask) ^ 1] ?? ask),
  ],
  [
    'parallel-500',
    'standard',
    'fails for requests that are open at once',
    {
      answer: async (old, ask) => {
        const open = Number(ask.memory.get('count') ?? 0) + 1;
        ask.memory.set('count', open);
        await delay(8);
        ask.memory.set('count', Number(ask.memory.get('count')) - 1);
        return open > 2 ? errorReply(500, 'DeadlockException', 'x', 1002) : old;
      },
    },
  ],
  [
    'parallel-hang',
    'standard',
    'never answers the third of the requests that are open at once',
    {
      answer: async (old, ask) => {
        const open = Number(ask.memory.get('count') ?? 0) + 1;
        ask.memory.set('count', open);
        if (open > 2) {
          await delay(60_000, undefined, { ref: false });
        }
        await delay(8);
        ask.memory.set('count', Number(ask.memory.get('count')) - 1);
        return old;
      },
    },
  ],
  [
    'stale-filter',
    'semantics',
    'keeps the filter of the request before on a connection',
    {
      answer: (old, ask) => {
        const known = ask.memory.get('filter') as Reply | undefined;
        if (both(isFirst, isFiltered)(ask, old)) {
          ask.memory.set('filter', old);
          return old;
        }
        return known && ask.turn > 1 && both(isFirst, aList)(ask, old) ? known : old;
      },
    },
  ],
  [
    'stale-metalake',
    'semantics',
    'answers the request after one about an absent metalake with 404',
    {
      answer: (old, ask) => {
        const was = ask.memory.get('absent');
        ask.memory.set('absent', isAbsent(ask, old));
        return was === true && isList(ask, old) ? errorReply(404, 'NoSuchMetalakeException', 'x') : old;
      },
    },
  ],
  [
    'shrinks',
    'semantics',
    'loses a job with each read',
    [data(withCount(2000)), jobs((all, { count }) => all.slice(count))],
  ],
  [
    'forgets',
    'suspicious',
    'has no jobs any more after some requests',
    when(
      ({ count }) => count > 8,
      jobs(() => []),
    ),
  ],
  [
    'order-by-chance-cut',
    'semantics',
    'lists ten jobs in another order each time',
    [
      data(withCount(30)),
      jobs((all, { draw, template }) => (template ? all : draw.shuffled(all).slice(0, 10))),
    ],
  ],
  [
    'slower-and-slower',
    'suspicious',
    'takes longer with each answer',
    {
      answer: async (old, { count }) => {
        await delay(Math.min(count * 150, 5600));
        return old;
      },
    },
    { slow: true },
  ],
  [
    'status-changes-code',
    'description',
    'sends 202 every sixth time',
    status(202, both(isList, everyNth(6))),
  ],
  [
    'memory-of-names',
    'semantics',
    'finds an absent metalake at the second try',
    {
      answer: (old, ask) => {
        const seen = `name ${ask.metalake}`;
        const was = ask.memory.has(seen);
        ask.memory.set(seen, true);
        return was && isAbsent(ask, old) ? { ...old, status: 200, body: { code: 0, jobs: [] } } : old;
      },
    },
  ],
]);

/** Compresses for who asks, and gives the compressed list to all who come later. */
function cachedGzip(): Change {
  return {
    answer: (old, ask) => {
      if (!aList(ask, old)) {
        return old;
      }
      const asked = /gzip/.test(headerOf(ask.headers, 'accept-encoding') ?? '');
      const known = ask.memory.get(ask.target) as Reply | undefined;
      const fresh = asked
        ? {
            ...old,
            headers: [
              ...old.headers,
              ['Content-Encoding', 'gzip'] as const,
              ['Vary', 'Accept-Encoding'] as const,
            ],
            bytes: gzipSync(bytesOf(old)),
          }
        : old;
      if (asked) {
        ask.memory.set(ask.target, known ?? fresh);
      }
      return known ?? fresh;
    },
  };
}
