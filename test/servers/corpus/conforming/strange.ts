import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type Ask, accepts, decodeOnce, HABITS, routeExactly } from '../api.ts';
import { conformingOf } from '../case.ts';
import {
  always,
  both,
  type Change,
  data,
  eachJob,
  field,
  habits,
  head,
  header,
  isAbsent,
  isList,
  isOther,
  jobs,
  delay as late,
  line,
  plainWire,
  reply,
  root,
  text,
  type Which,
  wire,
} from '../change.ts';
import { bareReply, bytesOf, chunked, errorReply, type Message, type Reply, textReply } from '../reply.ts';
import { headerOf } from '../request.ts';
import { drawJob, type Job, namesOf, STATUSES, withCount } from '../world.ts';

const isGet: Which = ({ method }) => method === 'GET';
const isHead: Which = ({ method }) => method === 'HEAD';
const isOptions: Which = ({ method }) => method === 'OPTIONS';
const hasContent: Which = (_, { status: code, bytes: raw, body }) =>
  code >= 200 && code !== 204 && code !== 304 && (raw ?? body) !== undefined;
const aList = both(isList, isGet);
const asks =
  (name: string, test: (value: string) => boolean = () => true): Which =>
  ({ headers }) => {
    const value = headerOf(headers, name);
    return value !== undefined && test(value);
  };
const chunkedHead = ({ head: text }: Message) =>
  text.replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked');

/** Bodies in a chunked coding, for clients of HTTP/1.1. */
const chunks = (coding: (body: Buffer) => Buffer) =>
  wire(
    (message, { method }) => [
      chunkedHead(message),
      ...(method === 'HEAD' ? [] : [coding(message.body)]),
      ...(message.closes ? (['CLOSE'] as const) : []),
    ],
    both(hasContent, ({ minor }) => minor > 0),
  );

const accepting = (coding: string): Which => {
  const wanted = new RegExp(`(^|,)\\s*${coding}\\s*(?!;\\s*q=0(\\.0*)?\\s*(,|$))(;|,|$)`, 'i');
  return both(
    hasContent,
    asks('accept-encoding', (value) => wanted.test(value)),
  );
};

/** Compresses for who asks. */
const compressed = (coding: string, pack: (body: Buffer) => Buffer): readonly Change[] => [
  {
    answer: (old, ask) =>
      accepting(coding)(ask, old)
        ? { ...old, bytes: pack(bytesOf(old)), headers: [...old.headers, ['Content-Encoding', coding]] }
        : old,
  },
  line('Vary', 'Accept-Encoding', hasContent),
];

/** A strong entity tag made of the body, and answers to conditions by it. */
const tagged = (weak = ''): Change => ({
  answer: (old, ask) => {
    if (!isList(ask, old)) {
      return old;
    }
    const tag = `${weak}"${bytesOf(old).length.toString(36)}-${sum(bytesOf(old)).toString(36)}"`;
    const asked = (headerOf(ask.headers, 'if-none-match') ?? '')
      .split(',')
      .map((each) => each.trim().replace(/^W\//, ''));
    const headers = [...old.headers, ['ETag', tag] as const];
    return asked.includes(tag.replace(/^W\//, '')) || asked.includes('*')
      ? bareReply(304, [['ETag', tag]])
      : { ...old, headers };
  },
});

function sum(body: Buffer): number {
  return body.reduce((total, byte) => (total * 31 + byte) % 2 ** 40, 7);
}

const interim = (...answers: readonly string[]) =>
  wire((message, { minor }) => [...(minor > 0 ? answers : []), ...plainWire(message)], always);

/** A world that changes with time, kept in the server's memory. */
const growing = (grow: (all: readonly Job[], ask: Ask) => readonly Job[]): Change => ({
  answer: (old, ask) => {
    const [first = ''] = namesOf(ask.world);
    const all = grow((ask.memory.get('jobs') ?? ask.world.metalakes.get(first) ?? []) as readonly Job[], ask);
    ask.memory.set('jobs', all);
    const seen = ask.template ? HABITS.filter(all, ask.template, ask.world) : all;
    return ask.about === 'list' && ask.metalake === first && typeof old.body === 'object'
      ? { ...old, body: { ...Object(old.body), jobs: seen } }
      : old;
  },
});

const PROGRESS: Readonly<Record<string, string>> = {
  queued: 'started',
  started: 'succeeded',
  cancelling: 'canceled',
};

/** Servers that conform in a way of their own. */
export const STRANGE = conformingOf([
  ['chunked', 'sends chunks', chunks((body) => chunked(body))],
  ['chunked-bytes', 'sends chunks of one byte', chunks((body) => chunked(body, '', '', 1))],
  [
    'chunked-extensions',
    'sends chunks with extensions and trailers',
    chunks((body) =>
      chunked(body, ';sig="a;b\\"c";x', 'X-Checksum: abc\r\nServer-Timing: app;dur=3\r\n', 100),
    ),
  ],
  [
    'chunked-upper-hex',
    'writes chunk sizes with leading zeros and capitals',
    chunks((body) =>
      Buffer.concat([
        Buffer.from(`000${body.length.toString(16).toUpperCase()}\r\n`),
        body,
        Buffer.from('\r\n000\r\n\r\n'),
      ]),
    ),
  ],
  [
    'chunked-letter-case',
    'writes "Chunked"',
    [
      chunks((body) => chunked(body)),
      head((text) => text.replace(/Transfer-Encoding: chunked/, 'transfer-encoding: Chunked'), always),
    ],
  ],
  [
    'chunked-slowly',
    'sends chunks with pauses',
    wire(
      (message, { method }) => [
        chunkedHead(message),
        ...(method === 'HEAD'
          ? []
          : [
              message.body.length.toString(16),
              '\r\n',
              { wait: 15 },
              message.body.subarray(0, 5),
              { wait: 15 },
              message.body.subarray(5),
              '\r\n0\r',
              { wait: 10 },
              '\n\r\n',
            ]),
      ],
      both(aList, ({ minor, headers }) => minor > 0 && headerOf(headers, 'connection') !== 'close'),
    ),
  ],
  ['closes', 'closes each connection after its answer', header('Connection', 'close')],
  ['closes-in-capitals', 'writes "Close"', header('Connection', 'Close')],
  [
    'closes-silently',
    'closes each connection at once, without saying so',
    { wire: (message) => [...plainWire({ ...message, closes: false }), 'CLOSE'] },
  ],
  [
    'closes-after-three',
    'closes each connection after three answers',
    {
      wire: (message, { turn }) => [
        ...plainWire({ ...message, closes: false }),
        ...(turn >= 3 || message.closes ? (['CLOSE'] as const) : []),
      ],
    },
  ],
  [
    'idle-closed',
    'closes connections that are idle for 150 ms',
    {
      connection: (socket) => {
        socket.setTimeout(150, () => socket.end());
      },
    },
  ],
  [
    'close-delimited',
    'ends bodies by closing the connection',
    { answer: (old, ask) => (hasContent(ask, old) ? { ...old, framing: 'close' } : old) },
  ],
  [
    'http-1.0',
    'answers as HTTP/1.0',
    [
      {
        answer: (old, ask) =>
          hasContent(ask, old)
            ? { ...old, framing: 'close' }
            : { ...old, headers: [...old.headers, ['Connection', 'close']] },
      },
      head((text) => text.replace('HTTP/1.1', 'HTTP/1.0'), always),
    ],
  ],
  [
    'http-1.0-length',
    'answers as HTTP/1.0 with a length',
    [header('Connection', 'close'), head((text) => text.replace('HTTP/1.1', 'HTTP/1.0'), always)],
  ],
  [
    'keep-alive-fields',
    'sends Keep-Alive',
    {
      answer: (old, { headers, minor, refusal }) =>
        minor > 0 && refusal === undefined && headerOf(headers, 'connection') !== 'close'
          ? {
              ...old,
              headers: [...old.headers, ['Connection', 'keep-alive'], ['Keep-Alive', 'timeout=5, max=100']],
            }
          : old,
    },
  ],
  [
    'no-reason',
    'sends no reason phrase',
    head((text) => text.replace(/^(HTTP\/1.1 \d+) [^\r]*/, '$1 '), always),
  ],
  [
    'odd-reason',
    'sends a reason phrase of its own',
    head((text) => text.replace(/^(HTTP\/1.1 \d+) [^\r]*/, '$1 Alles gut, 100% (\xfc)'), always),
  ],
  [
    'wrong-reason',
    'sends a reason phrase of another status',
    head((text) => text.replace(/^(HTTP\/1.1 \d+) [^\r]*/, '$1 Not Found'), isList),
  ],
  [
    'latin1-server',
    'sends a header in Latin-1',
    head((text) => text.replace('\r\n', '\r\nX-Powered-By: Stra\xdfe \xfc\xe4\r\n'), always),
  ],
  [
    'utf8-header',
    'sends a header in UTF-8',
    head(
      (text) => text.replace('\r\n', `\r\nX-Owner: ${Buffer.from('日本').toString('latin1')}\r\n`),
      always,
    ),
  ],
  [
    'header-blanks',
    'sends headers with blanks around values, and empty ones',
    head((text) => text.replace('\r\n', '\r\nX-Empty:\r\nX-Wide: \t a  b \t\r\nX-Tight:x\r\n'), always),
  ],
  [
    'header-small',
    'writes header names in small letters',
    head((text) => text.replace(/^[\w-]+(?=:)/gm, (name) => name.toLowerCase()), always),
  ],
  [
    'header-capital',
    'writes header names in capitals',
    head((text) => text.replace(/^[\w-]+(?=:)/gm, (name) => name.toUpperCase()), always),
  ],
  [
    'header-odd-names',
    'sends headers with odd names',
    head(
      (text) =>
        text.replace('\r\n', "\r\n!#$%&'*+.^_`|~1: x\r\n__proto__: y\r\nconstructor: z\r\nX: 1\r\nX: 2\r\n"),
      always,
    ),
  ],
  [
    'header-long',
    'sends a header of 6 kB',
    header('Content-Security-Policy', `default-src ${"'self' ".repeat(850)}`),
  ],
  [
    'header-many',
    'sends 90 header lines',
    {
      answer: (old) => ({
        ...old,
        headers: [
          ...old.headers,
          ...Array.from({ length: 90 }, (_, index) => [`X-Field-${index}`, String(index)] as const),
        ],
      }),
    },
  ],
  [
    'cookies',
    'clears several cookies',
    [line('Set-Cookie', 'a=; Max-Age=0'), line('Set-Cookie', 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')],
  ],
  ['no-date', 'has no clock', { head: (text) => text.replace(/^date: [^\r]*\r\n/gim, '') }],
  ['date-rfc850', 'writes Date in the form of RFC 850', header('Date', 'Tuesday, 12-Aug-25 02:14:28 GMT')],
  ['date-asctime', 'writes Date in the form of asctime', header('Date', 'Tue Aug 12 02:14:28 2025')],
  [
    'early-hints',
    'sends early hints',
    interim('HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n'),
  ],
  [
    'processing',
    'sends several interim answers',
    interim(
      'HTTP/1.1 102 Processing\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n',
      'HTTP/1.1 103\u0020\r\nLink: </b>; rel=preload\r\n\r\n',
    ),
  ],
  ['continue', 'sends 100 before each answer', interim('HTTP/1.1 100 Continue\r\n\r\n')],
  [
    'interim-slowly',
    'sends an interim answer long before the final one',
    wire(
      (message, { minor }) => [
        ...(minor > 0 ? ['HTTP/1.1 102 Processing\r\n\r\n'] : []),
        { wait: 40 },
        ...plainWire(message),
      ],
      aList,
    ),
  ],
  [
    'in-pieces',
    'sends each answer in small pieces',
    {
      wire: (message) => [
        ...pieces(plainBytes(message), 97),
        ...(message.closes ? (['CLOSE'] as const) : []),
      ],
    },
  ],
  [
    'head-in-pieces',
    'sends the header section byte by byte',
    wire(
      (message) => [
        ...pieces(Buffer.from(message.head, 'latin1'), 1),
        message.body,
        ...(message.closes ? (['CLOSE'] as const) : []),
      ],
      both(aList, ({ count }) => count % 4 === 0),
    ),
  ],
  [
    'slow',
    'takes 250 ms for each list',
    late(
      250,
      both(aList, ({ count }) => count % 3 === 0),
    ),
  ],
  ['slow-start', 'takes 1.5 s for its first answer', late(1500, ({ count }) => count === 1), { slow: true }],
  ['slow-once', 'takes 1 s for one answer', late(1000, ({ count }) => count === 7), { slow: true }],
  ['gzip', 'compresses with gzip for who asks', compressed('gzip', (body) => gzipSync(body))],
  [
    'gzip-members',
    'compresses into several gzip members',
    compressed('gzip', (body) =>
      Buffer.concat([gzipSync(body.subarray(0, 20)), gzipSync(body.subarray(20))]),
    ),
  ],
  [
    'gzip-capitals',
    'writes "GZIP"',
    [
      ...compressed('gzip', (body) => gzipSync(body)),
      head((text) => text.replace('Encoding: gzip', 'Encoding: GZIP'), always),
    ],
  ],
  ['br', 'compresses with brotli for who asks', compressed('br', (body) => brotliCompressSync(body))],
  ['deflate', 'compresses with deflate for who asks', compressed('deflate', (body) => deflateSync(body))],
  [
    'gzip-random',
    'compresses into another length each time',
    [...compressed('gzip', (body) => gzipSync(body, { level: (body.length % 9) + 1 }))],
  ],
  ['identity-declared', 'says "identity"', header('Content-Encoding', 'identity', hasContent)],
  ['etag', 'answers conditions by a strong entity tag', tagged()],
  ['etag-weak', 'answers conditions by a weak entity tag', tagged('W/')],
  [
    'etag-each-time',
    'sends another weak entity tag each time',
    {
      answer: (old, ask) =>
        isList(ask, old) ? { ...old, headers: [...old.headers, ['ETag', `W/"${ask.count}"`]] } : old,
    },
  ],
  ['etag-everywhere', 'sends the same entity tag for all that it lists', header('ETag', 'W/"fixed"', isList)],
  [
    'last-modified',
    'answers If-Modified-Since',
    [
      header('Last-Modified', 'Tue, 12 Aug 2025 02:14:28 GMT', isList),
      reply(
        (_, old) => (isList(_, old) ? bareReply(304) : old),
        both(
          isList,
          asks('if-modified-since', (value) => Date.parse(value) >= Date.parse('2025-08-12T02:14:28Z')),
          ({ headers }) => headerOf(headers, 'if-none-match') === undefined,
        ),
      ),
    ],
  ],
  ['range', 'answers a range of bytes', { answer: (old, ask) => rangeOf(old, ask) }],
  [
    'range-refused',
    'refuses every range',
    reply(
      bareReply(416, [['Content-Range', 'bytes */100']]),
      both(
        aList,
        asks('range', (value) => value.startsWith('bytes=')),
      ),
    ),
  ],
  [
    'grows',
    'lists one job more at each read',
    growing((all, { draw, count }) => [
      ...all,
      drawJob(draw, all[0]?.jobTemplateName ?? 'x', () => `new-${count}`),
    ]),
  ],
  [
    'grows-in-front',
    'lists one job more in front at each read, of a new template now and then',
    growing((all, { draw, count }) => [
      drawJob(
        draw,
        count % 3 === 0 ? `new_${count}` : (all.at(-1)?.jobTemplateName ?? 'x'),
        () => `new-${count}`,
      ),
      ...all,
    ]),
  ],
  [
    'progresses',
    'lets statuses progress',
    growing((all, { count }) =>
      all.map((job, index) =>
        index % 5 === count % 5
          ? {
              ...job,
              status: PROGRESS[job.status] ?? job.status,
              audit: {
                ...job.audit,
                lastModifier: 'system',
                lastModifiedTime: new Date(Date.UTC(2025, 10, 1) + count * 1000).toISOString(),
              },
            }
          : job,
      ),
    ),
  ],
  [
    'flickers',
    'shows another status at each read',
    field('status', (_, __, { count }) => STATUSES[count % STATUSES.length] ?? 'queued'),
  ],
  ['shuffles', 'lists in another order each time', jobs((all, { draw }) => draw.shuffled(all))],
  [
    'key-order-changes',
    'writes properties in another order each time',
    eachJob((job, { draw }) => Object.fromEntries(draw.shuffled(Object.entries(job)))),
  ],
  [
    'time-form-changes',
    'writes the same time in another form each time',
    eachJob((job, { count }) => ({
      ...job,
      audit: {
        ...job.audit,
        createTime: count % 2 ? '2025-01-12T04:14:28.50+02:00' : '2025-01-12T02:14:28.5Z',
        lastModifiedTime: '2025-11-12T02:14:28Z',
      },
    })),
  ],
  [
    'extras-change',
    'sends undocumented values that change each time',
    root((body, { count }) => ({ ...body, served: count, [`at${count}`]: Date.now() })),
  ],
  [
    'javascript-names',
    'sends properties with names of JavaScript',
    text((json) =>
      json
        .replace(
          '{',
          '{"__proto__":{"code":7,"jobs":null},"constructor":null,"toString":1,"hasOwnProperty":[],"valueOf":false,"length":-1,"then":{},',
        )
        .replaceAll('{"jobId"', '{"__proto__":{"jobId":5},"constructor":0,"toJSON":"x","jobId"'),
    ),
  ],
  [
    'nested',
    'nests an undocumented property 500 levels deep',
    text((json) => json.replace('{', `{"x":${'['.repeat(500)}${']'.repeat(500)},`)),
  ],
  [
    'strange-strings',
    'sends strange strings',
    eachJob((job) => ({
      ...job,
      audit: {
        ...job.audit,
        creator: '</script>\u2028\u0000\u001b[31m\ufffe\u202e🏳️‍🌈',
        lastModifier: 'x'.repeat(3000),
      },
    })),
  ],
  [
    'big-numbers',
    'sends undocumented numbers beyond all doubles',
    text((json) => json.replace('{', '{"total":123456789012345678901234567890,"tiny":1e-999,"huge":1e999,')),
  ],
  ['large', 'sends 10,000 jobs', data(withCount(10_000)), { slow: true }],
  [
    'long-values',
    'sends 300 kB of blanks',
    text(
      (json) => json.replace(':', `:${' '.repeat(300_000)}`),
      both(isList, ({ count }) => count % 5 === 0),
    ),
  ],
  [
    'asks-to-wait',
    'asks to wait now and then',
    reply(
      (_, old) => ({
        ...errorReply(429, 'TooManyRequests', 'Slow down'),
        framing: old.framing,
        headers: [
          ['Retry-After', '0'],
          ['Content-Type', 'application/json'],
        ],
      }),
      both(isGet, ({ count }) => count % 9 === 0),
    ),
  ],
  [
    'head-refused',
    'sends 404 to all but GET',
    reply(textReply(404, '<h1>Not Found</h1>'), ({ method }) => method !== 'GET'),
  ],
  ['options-page', 'answers OPTIONS with a page', reply(textReply(200, '<p>GET only</p>'), isOptions)],
  [
    'options-allow-empty',
    'answers OPTIONS with an empty Allow',
    reply(bareReply(200, [['Allow', '']]), isOptions),
  ],
  ['options-405', 'answers OPTIONS with 405', reply(bareReply(405, [['Allow', 'HEAD, GET']]), isOptions)],
  [
    'methods-501',
    'sends 501 to other methods',
    reply(bareReply(501), ({ method }) => !/^(GET|HEAD|OPTIONS)$/.test(method)),
  ],
  [
    'router-pages',
    'leaves other paths and bad escapes to a router that sends pages',
    reply(
      (_, old) => textReply(old.status, `<!DOCTYPE html><title>${old.status}</title>`),
      both(isOther, (_, { status: code }) => code === 404 || code === 400),
    ),
  ],
  [
    'slash-redirect',
    'redirects from a slash at the end',
    reply(
      ({ target }) => bareReply(301, [['Location', target.replace(/\/(?=$|\?)/, '')]]),
      both(isGet, isOther, ({ target }) => /\/runs\/(\?|$)/.test(target)),
    ),
  ],
  [
    'slash-same',
    'serves the path with a slash at the end',
    habits({ route: (path, base) => routeExactly(path.replace(/\/$/, ''), base) }),
  ],
  [
    'slashes-merged',
    'merges slashes and dot segments',
    habits({
      route: (path, base) =>
        routeExactly(
          new URL(path.replace(/\/+/g, '/').replace(/%(?![0-9a-f]{2})/gi, '%25'), 'http://x').pathname,
          base,
        ),
    }),
  ],
  [
    'path-letter-case',
    'finds paths in any letter case',
    habits({
      route: (path, base) =>
        routeExactly(
          path.replace(/\/metalakes\//i, '/metalakes/').replace(/\/jobs\/runs$/i, '/jobs/runs'),
          base,
        ),
    }),
  ],
  [
    'matrix',
    'drops parameters of segments',
    habits({ route: (path, base) => routeExactly(path.replace(/;[^/]*/g, ''), base) }),
  ],
  [
    'semicolons',
    'takes semicolons for separators of parameters',
    {
      habits: {
        before: (request) => ({
          ...request,
          target: request.target.replace(/\?.*$/, (query) => query.replaceAll(';', '&')),
        }),
      },
    },
  ],
  [
    'escape-dropped',
    'drops a parameter with a malformed escape',
    habits({
      before: (request) => ({
        ...request,
        target: request.target.replace(/(?<=[?&])[^&]*%(?![0-9a-f]{2})[^&]*/gi, ''),
      }),
    }),
  ],
  [
    'escape-kept',
    'keeps a malformed escape as it is',
    habits({
      decodeQuery: (raw) => decodeOnce(raw.replaceAll('+', ' ').replace(/%(?![0-9a-f]{2})/gi, '%25')),
      decodePath: (raw) => decodeOnce(raw.replace(/%(?![0-9a-f]{2})/gi, '%25')),
    }),
  ],
  [
    'utf8-replaced',
    'replaces bytes that are no UTF-8',
    habits({
      decodeQuery: (raw) =>
        decodeOnce(raw.replaceAll('+', ' ')) ?? Buffer.from(unescape(raw), 'latin1').toString(),
    }),
  ],
  ['repeated-last', 'takes the last of repeated parameters', habits({ choose: (values) => values.at(-1) })],
  [
    'repeated-400',
    'refuses repeated parameters',
    reply(
      errorReply(400, 'BadRequestException', 'Repeated parameter'),
      both(
        ({ about }) => about === 'list',
        ({ target }) => (target.match(/[?&]jobTemplateName(=|&|$)/g) ?? []).length > 1,
      ),
    ),
  ],
  [
    'repeated-joined',
    'joins repeated parameters, so that nothing matches',
    habits({ choose: (values) => (values.length === 0 ? undefined : values.join(',')) }),
  ],
  [
    'parameter-letter-case',
    'finds parameters in any letter case',
    habits({ isFilter: (name) => name.toLowerCase() === 'jobtemplatename' }),
  ],
  [
    'long-refused',
    'refuses names and values of more than 64 characters',
    reply(
      errorReply(400, 'BadRequestException', 'Too long'),
      both(
        ({ about }) => about !== 'other',
        ({ metalake, template }) => metalake.length > 64 || (template?.length ?? 0) > 64,
      ),
    ),
  ],
  [
    'long-target-closed',
    'closes the connection for targets of more than 6 kB',
    { wire: (message, { target }) => (target.length > 6000 ? ['CLOSE'] : plainWire(message)) },
  ],
  [
    'long-header-431',
    'refuses headers of more than 4 kB with a page',
    reply(textReply(431, '<h1>Request Header Fields Too Large</h1>'), ({ headers }) =>
      headers.some(([, value]) => value.length > 4096),
    ),
  ],
  [
    'odd-names-refused',
    'refuses odd names with a page',
    reply(
      textReply(400, '<h1>Bad Request</h1>'),
      both(isAbsent, ({ metalake }) => !/^[\p{L}\p{M}\p{N} _.~-]{1,64}$/u.test(metalake)),
    ),
  ],
  [
    'odd-names-redirected',
    'redirects encoded slashes and dots',
    reply(bareReply(308, [['Location', '/']]), ({ target }) =>
      /%2f|\/\.{1,2}\/|%5c/i.test(target.split('?')[0] ?? ''),
    ),
  ],
  [
    'host-refused',
    'refuses host names that it does not know',
    reply(
      textReply(400, 'Invalid host'),
      ({ headers }) => !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headerOf(headers, 'host') ?? ''),
    ),
  ],
  [
    'body-refused',
    'refuses a GET with a body',
    reply(
      errorReply(400, 'BadRequestException', 'No body expected'),
      ({ method, headers }) => method === 'GET' && Number(headerOf(headers, 'content-length') ?? 0) > 0,
    ),
  ],
  [
    'accept-ignored',
    'sends its type whatever the Accept is',
    { answer: (old, ask) => (old.status === 406 && isGet(ask, old) ? lenient(ask) : old) },
  ],
  [
    'accept-strict',
    'refuses a malformed Accept with 400',
    reply(
      errorReply(400, 'BadRequestException', 'Malformed Accept'),
      both(({ about }) => about !== 'other', asks('accept', isMalformed)),
    ),
  ],
  [
    'upgrade-to-h2c',
    'switches to h2c for who asks',
    wire(
      () => [
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
        Buffer.from('000000040000000000', 'hex'),
        'HANG',
      ],
      asks('upgrade', (value) => value === 'h2c'),
    ),
  ],
  [
    'upgrade-offered',
    'offers h2c in each answer',
    {
      answer: (old, { headers, minor, refusal }) =>
        minor > 0 && refusal === undefined && headerOf(headers, 'connection') !== 'close'
          ? { ...old, headers: [...old.headers, ['Upgrade', 'h2c'], ['Connection', 'Upgrade']] }
          : old,
    },
  ],
  [
    'expect-417',
    'refuses every expectation',
    reply(errorReply(417, 'BadRequestException', 'x'), asks('expect')),
  ],
  [
    'parallel-slowly',
    'answers parallel requests one after another',
    {
      answer: async (old, ask) => {
        const before = (ask.memory.get('queue') ?? Promise.resolve()) as Promise<void>;
        const mine = before.then(() => delay(3));
        ask.memory.set('queue', mine);
        await mine;
        return old;
      },
    },
  ],
  [
    'head-type-only',
    'answers HEAD without a length',
    head((text) => text.replace(/Content-Length: \d+\r\n/, ''), isHead),
  ],
]);

const RANGE = /^\s*([\w*+.!#$&^-]+\/[\w*+.!#$&^-]+\s*(;\s*[\w-]+\s*=\s*("[^"]*"|[^\s;"]+)\s*)*)?$/;

function isMalformed(accept: string): boolean {
  return accept.split(',').some((range) => !RANGE.test(range));
}

/** The list, whatever the Accept says. */
function lenient(ask: Ask): Reply {
  const { world, target } = ask;
  const name = routeExactly(target.split('?')[0] ?? '', world.base);
  const all = world.metalakes.get(decodeOnce(name ?? '') ?? '');
  const template = new URLSearchParams(target.split('?')[1] ?? '').get('jobTemplateName');
  return all && accepts([])
    ? {
        ...errorReply(200, '', ''),
        body: { code: 0, jobs: template ? HABITS.filter(all, template, world) : all },
      }
    : errorReply(404, 'NoSuchMetalakeException', 'There is no such metalake');
}

function rangeOf(old: Reply, ask: Ask): Reply {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headerOf(ask.headers, 'range') ?? '') ?? [];
  const all = bytesOf(old);
  if (
    !aList(ask, old) ||
    headerOf(ask.headers, 'if-range') !== undefined ||
    from === undefined ||
    Number(from) > Number(to) ||
    Number(from) >= all.length
  ) {
    return old;
  }
  const part = all.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${all.length}`;
  return { ...old, status: 206, bytes: part, headers: [...old.headers, ['Content-Range', range]] };
}

function plainBytes({ head: text, body }: Message): Buffer {
  return Buffer.concat([Buffer.from(text, 'latin1'), body]);
}

function pieces(whole: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
    whole.subarray(index * size, (index + 1) * size),
  );
}
