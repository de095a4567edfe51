import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { routeExactly } from '../api.ts';
import { conformingOf } from '../case.ts';
import {
  always,
  both,
  type Change,
  data,
  field,
  habits,
  head,
  header,
  isAbsent,
  isFiltered,
  isList,
  isOther,
  jobs,
  jobsOf,
  line,
  plainWire,
  reply,
  type Which,
  when,
  wire,
} from '../change.ts';
import { bareReply, bytesOf, errorReply, type Reply, textReply } from '../reply.ts';
import { type HeaderLine, headerOf } from '../request.ts';
import { namesOf, renamed, withCount, withNth, withTemplates } from '../world.ts';

const asks =
  (name: string, test: (value: string) => boolean = () => true): Which =>
  ({ headers }) => {
    const value = headerOf(headers, name);
    return value !== undefined && test(value);
  };
const isMethod =
  (...names: readonly string[]): Which =>
  ({ method }) =>
    names.includes(method);
const isGet = isMethod('GET');
const isOld: Which = ({ minor, refusal }) => minor === 0 && refusal === undefined;
const isServer: Which = ({ method, target }) => method === 'OPTIONS' && target === '*';
const hasBody: Which = ({ headers }) => Number(headerOf(headers, 'content-length') ?? 0) > 0;
const isUnsafe: Which = ({ method }) => !/^(GET|HEAD|OPTIONS)$/.test(method);
const pathOf = (target: string) => target.split('?')[0] ?? '';

/** A page such as routers and proxies send. */
const page = (status: number, ...headers: readonly HeaderLine[]): Reply => {
  const made = textReply(status, `<html><head><title>${status}</title></head><body></body></html>`);
  return { ...made, headers: [...made.headers, ...headers] };
};

/** Reads requests as if a header were not there. */
const without = (name: string): Change =>
  habits({
    before: (request) => ({
      ...request,
      headers: request.headers.filter(([each]) => each.toLowerCase() !== name),
    }),
  });

const closed: HeaderLine = ['Connection', 'close'];

/** The frames of HTTP/2: settings, the answer to the request that was upgraded, and the end. */
const frame = (type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)) => {
  const start = Buffer.alloc(9);
  start.writeUIntBE(payload.length, 0, 3);
  start.writeUInt8(type, 3);
  start.writeUInt8(flags, 4);
  start.writeUInt32BE(stream, 5);
  return Buffer.concat([start, payload]);
};
const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';

/** What ordinary servers, proxies and containers do with requests that client libraries hardly ever send. */
export const FORMS = conformingOf([
  ['expect-ignored', 'takes no notice of expectations', without('expect')],
  [
    'expect-continued',
    'sends 100 to who expects it, though there is no body',
    [
      without('expect'),
      wire(
        (message) => ['HTTP/1.1 100 Continue\r\n\r\n', { wait: 20 }, ...plainWire(message)],
        asks('expect', (value) => value === '100-continue'),
      ),
    ],
  ],
  ['expect-page', 'refuses expectations with a page and closes', reply(page(417, closed), asks('expect'))],
  [
    'expect-400',
    'calls an expectation that it does not know malformed',
    reply(
      page(400, closed),
      asks('expect', (value) => value !== '100-continue'),
    ),
  ],
  [
    'upgrade-silent',
    'switches to h2c for who asks and waits for the client',
    wire(
      () => [SWITCHING, 'HANG'],
      asks('upgrade', (value) => value === 'h2c'),
    ),
  ],
  [
    'upgrade-answered',
    'switches to h2c for who asks, answers there and says goodbye',
    wire(
      ({ body }) => [
        SWITCHING,
        frame(4, 0, 0),
        frame(1, 4, 1, Buffer.from([0x88])),
        frame(0, 1, 1, body),
        frame(7, 0, 0, Buffer.alloc(8)),
        'CLOSE',
      ],
      asks('upgrade', (value) => value === 'h2c'),
    ),
  ],
  [
    'upgrade-426',
    'wants another protocol from who offers one that it does not know',
    reply(
      page(426, ['Upgrade', 'h2c'], ['Connection', 'Upgrade, close']),
      asks('upgrade', (value) => value.startsWith('unknown')),
    ),
  ],
  [
    'websocket-400',
    'misses the key of a websocket and closes',
    reply(
      {
        ...textReply(400, 'Missing or invalid Sec-WebSocket-Key header', 'text/plain'),
        headers: [['Content-Type', 'text/html'], closed],
      },
      asks('upgrade', (value) => value === 'websocket'),
    ),
  ],
  [
    'websocket-version',
    'wants another version of websockets',
    reply(
      bareReply(426, [
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Version', '13'],
        ['Connection', 'Upgrade, close'],
      ]),
      asks('upgrade', (value) => value === 'websocket'),
    ),
  ],
  ['upgrade-403', 'forbids upgrades', reply(page(403, closed), asks('upgrade'))],
  ['body-413', 'takes no body with GET, and closes', reply(page(413, closed), both(isGet, hasBody))],
  ['body-415', 'takes no JSON with GET', reply(page(415, ['Accept', 'text/csv']), both(isGet, hasBody))],
  [
    'body-unread',
    'closes after a request with a body, since it does not read it',
    header('Connection', 'close', hasBody),
  ],
  [
    'http-1.0-505',
    'does not know HTTP/1.0',
    reply(errorReply(505, 'VersionNotSupported', 'HTTP/1.1 only'), isOld),
  ],
  [
    'http-1.0-426',
    'wants HTTP/1.1',
    reply(page(426, ['Upgrade', 'HTTP/1.1'], ['Connection', 'Upgrade, close']), isOld),
  ],
  ['http-1.0-400', 'calls a request of HTTP/1.0 malformed', reply(page(400, closed), isOld)],
  [
    'http-1.0-line',
    'answers clients of HTTP/1.0 in their version',
    head((text) => text.replace('HTTP/1.1', 'HTTP/1.0'), isOld),
  ],
  [
    'http-1.0-to-the-end',
    'ends the bodies for clients of HTTP/1.0 by closing the connection',
    { answer: (old, ask) => (isOld(ask, old) && ask.method === 'GET' ? { ...old, framing: 'close' } : old) },
  ],
  [
    'absolute-redirected',
    'redirects from the absolute form to the path',
    reply(
      ({ target }) => bareReply(301, [['Location', target.replace(/^https?:\/\/[^/]*/, '')]]),
      ({ target }) => /^https?:/.test(target),
    ),
  ],
  ['server-404', 'finds nothing at OPTIONS *', reply(page(404), isServer)],
  ['server-400', 'calls OPTIONS * malformed and closes', reply(page(400, closed), isServer)],
  ['server-405', 'allows GET alone at *', reply(bareReply(405, [['Allow', 'GET, HEAD']]), isServer)],
  ['server-501', 'does not implement OPTIONS *', reply(page(501), isServer)],
  [
    'server-allows',
    'lists every method that it knows for OPTIONS *',
    reply(bareReply(200, [['Allow', 'GET, HEAD, POST, PUT, DELETE, TRACE, OPTIONS, PATCH']]), isServer),
  ],
  [
    'dots-400',
    'calls dot segments malformed',
    reply(page(400), ({ target }) => /\/\.{1,2}\//.test(pathOf(target))),
  ],
  [
    'dots-redirected',
    'redirects to the path without dot segments and double slashes',
    reply(
      ({ target }) => bareReply(301, [['Location', new URL(target, 'http://x').pathname]]),
      ({ target }) => target.startsWith('/') && /\/\.{1,2}\//.test(pathOf(target)),
    ),
  ],
  [
    'firewall',
    'lets a firewall refuse what looks like an attack',
    reply(page(403, closed), ({ target, headers }) =>
      [target, ...headers.map(([, value]) => value)].some((text) =>
        /<|%3c|%27|'|%00|%0d|\.\.|%24%7b|sleep|\bunion\b/i.test(text),
      ),
    ),
  ],
  [
    'firewall-406',
    'lets a firewall refuse what looks like an attack with 406',
    reply(
      {
        ...page(406),
        bytes: Buffer.from('<h1>Not Acceptable!</h1><p>This error was generated by Mod_Security.</p>'),
      },
      ({ target }) => /%3c|%27|'|%00|%0d|%22/i.test(target),
    ),
  ],
  [
    'semicolons-400',
    'calls semicolons and encoded signs in a path malformed',
    reply(page(400), ({ target }) => /;|%3b|%2f|%5c|%25|%00/i.test(pathOf(target))),
  ],
  [
    'raw-signs-400',
    'calls brackets and quotes that are not encoded malformed',
    reply(page(400, closed), ({ target }) => /["<>[\]\\^`{|}\x80-\xff]/.test(target)),
  ],
  [
    'no-host-page',
    'refuses a request without Host, or with two, with a page',
    reply(page(400, closed), ({ refusal }) => refusal === 400),
  ],
  [
    'pipelining-refused',
    'answers the first of several requests and closes',
    {
      wire: (message, { headers, turn }) =>
        turn === 1 && headerOf(headers, 'connection') === undefined
          ? [...plainWire({ ...message, closes: false }), 'CLOSE']
          : plainWire(message),
    },
  ],
  [
    'pipelining-slowly',
    'answers pipelined requests one by one, with pauses',
    wire((message) => [{ wait: 15 }, ...plainWire(message)], isAbsent),
  ],
  [
    'closes-after-errors',
    'closes connections after errors',
    { answer: (old) => (old.status >= 400 ? { ...old, headers: [...old.headers, closed] } : old) },
  ],
  [
    'resets-when-done',
    'resets connections that nobody needs any more',
    {
      wire: (message) => [
        ...plainWire({ ...message, closes: false }),
        ...(message.closes ? ([{ wait: 30 }, 'RESET'] as const) : []),
      ],
    },
  ],
  [
    'fields-400',
    'calls malformed fields of negotiation malformed',
    reply(
      errorReply(400, 'BadRequestException', 'Malformed field'),
      both(
        isList,
        ({ headers }) =>
          /;;|^[,;]/.test(headerOf(headers, 'accept-encoding') ?? '') ||
          /\?/.test(headerOf(headers, 'accept-language') ?? ''),
      ),
    ),
  ],
  ['conditions-412', 'knows nothing that If-Match could match', reply(bareReply(412), asks('if-match'))],
  [
    'etag-by-coding',
    'gives each content coding an entity tag of its own',
    {
      answer: (old, ask) => {
        const zips = /gzip/.test(headerOf(ask.headers, 'accept-encoding') ?? '');
        const vary: HeaderLine = ['Vary', 'Accept-Encoding'];
        const tag = `${bytesOf(old).length}${zips ? '-gzip' : ''}`;
        return isList(ask, old)
          ? {
              ...old,
              headers: [
                ...old.headers,
                vary,
                ['ETag', `"${ask.metalake.length}-${tag}"`],
                ...(zips ? [['Content-Encoding', 'gzip'] as const] : []),
              ],
              ...(zips && { bytes: gzipSync(bytesOf(old)) }),
            }
          : old;
      },
    },
  ],
  ['vary-star', 'says that answers depend on anything', header('Vary', '*', isList)],
  [
    'cdn',
    'stands behind a network of caches',
    [
      line('Via', '1.1 varnish (Varnish/7.4), 1.1 google'),
      line('X-Cache', 'MISS, MISS'),
      line('Age', '0'),
      line('Alt-Svc', 'h3=":443"; ma=86400, h3-29=":443"; ma=86400'),
      line('CF-RAY', '8a1b2c3d4e5f6789-FRA'),
      line('NEL', '{"success_fraction":0,"report_to":"cf-nel","max_age":604800}'),
      line('Accept-Ranges', 'bytes'),
      header('Cache-Control', 'max-age=0, must-revalidate, no-cache="Set-Cookie"', isList),
      line('Expires', '0', isList),
    ],
  ],
  [
    'cookies-of-balancers',
    'stands behind balancers that mark clients',
    [
      line('Set-Cookie', 'AWSALB=abc/def+123==; Expires=Tue, 19 Aug 2025 02:14:28 GMT; Path=/'),
      line('Set-Cookie', '__cf_bm=abc.def-1754964868-1.0.1.1; path=/; HttpOnly; Secure; SameSite=None'),
      line('Set-Cookie', 'BIGipServerpool_jobs=rd5o00000000000000000000ffff0a0b0c0do8080; path=/; Httponly'),
      line('Set-Cookie', 'ROUTEID=.node1; path=/'),
    ],
  ],
  ['cookie-xsrf', 'sends a token against forgery', line('Set-Cookie', 'XSRF-TOKEN=8d2f; Path=/')],
  [
    'content-fields',
    'sends more fields about its content',
    [
      line('Content-Language', 'en', isList),
      line('Content-Disposition', 'inline;filename=f.txt', isList),
      line('Content-Location', '/jobs.json', isList),
      line('Last-Modified', 'Tue, 12 Aug 2025 02:14:28 GMT', isList),
      line('Deprecation', '@1754964868'),
      line('RateLimit', '"default";r=50;t=30'),
      line('RateLimit-Policy', '"default";q=100;w=60'),
    ],
  ],
  [
    'origin-403',
    'forbids origins that it does not know',
    reply(textReply(403, 'Invalid CORS request', 'text/plain'), asks('origin')),
  ],
  [
    'forwarded-host-400',
    'refuses to be called by another name',
    reply(
      page(400),
      asks('x-forwarded-host', (value) => value.includes('invalid')),
    ),
  ],
  [
    'agent-403',
    'forbids clients that do not name themselves',
    reply(
      page(403, closed),
      asks('user-agent', (value) => value === ''),
    ),
  ],
  [
    'cookie-400',
    'calls a cookie malformed',
    reply(
      page(400),
      asks('cookie', (value) => value.startsWith('=')),
    ),
  ],
  [
    'credentials-401',
    'refuses credentials that nothing has, and wants none',
    reply(page(401, ['WWW-Authenticate', 'Basic realm="jobs", charset="UTF-8"']), asks('authorization')),
  ],
  [
    'names-validated',
    'sends 400 for names that it could never give',
    [
      data(renamed((name) => name.replace(/\W/g, '_'))),
      reply(
        ({ metalake }) => errorReply(400, 'IllegalNameException', `Illegal name ${metalake}`, 1001),
        both(isAbsent, ({ metalake }) => !/^\w{1,64}$/.test(metalake)),
      ),
    ],
  ],
  [
    'names-reserved',
    'sends 400 for names that are reserved',
    reply(
      errorReply(400, 'IllegalNameException', 'This name is reserved', 1001),
      both(isAbsent, ({ metalake }) => /^(null|undefined|all|system)$/.test(metalake)),
    ),
  ],
  [
    'names-by-suffix',
    'has metalakes that differ by a dot and what follows it',
    data(renamed((_, index) => ['lake', 'lake.json', 'lake.'][index] ?? 'l')),
  ],
  [
    'names-by-dash',
    'has metalakes that differ by the sign between two words',
    data(renamed((_, index) => ['sea_lake', 'sea-lake', 'sea lake'][index] ?? 'l')),
  ],
  [
    'names-by-form',
    'has metalakes that differ by the Unicode form of an accent',
    data(renamed((_, index) => ['caf\u00e9', 'cafe\u0301', 'cafe'][index] ?? 'c')),
  ],
  [
    'templates-by-look',
    'has templates that look like each other',
    data(
      withTemplates(
        ...['caf\u00e9', 'cafe\u0301', 'cafe', 'a_b', 'a-b', 'a.b', 'ab', 'x', 'x.', 'x.json', 'x?x', 'x#x'],
      ),
    ),
  ],
  [
    'filtered-reversed',
    'lists in another order when filtered',
    when(
      isFiltered,
      jobs((all) => all.toReversed()),
    ),
  ],
  [
    'ids-count-in-each',
    'counts jobs anew in each metalake',
    data((world) =>
      [0, 1].reduce(
        (made, index) =>
          withNth(made, index, (all) => all.map((job, at) => ({ ...job, jobId: `job-${at + 1}` }))),
        world,
      ),
    ),
  ],
  [
    'two-names',
    'has two names for one metalake',
    data((world) => withNth(world, 1, () => world.metalakes.get(namesOf(world)[0] ?? '') ?? [])),
  ],
  [
    'purges',
    'removes two finished jobs while it is judged',
    [
      data(withCount(15)),
      when(
        both(isList, ({ count }) => count > 90),
        jobs((all, { world }) => {
          const gone = [...world.metalakes.values()][0]?.slice(0, 2).map(({ jobId }) => jobId) ?? [];
          return all.filter(({ jobId }) => !gone.includes(jobId));
        }),
      ),
    ],
  ],
  ['all-finished', 'has finished jobs alone, as after a night', field('status', 'succeeded')],
  [
    'busy',
    'takes longer for more at once',
    {
      answer: async (old, { memory }) => {
        const open = Number(memory.get('open') ?? 0) + 1;
        memory.set('open', open);
        await delay(open * 4);
        memory.set('open', Number(memory.get('open')) - 1);
        return old;
      },
    },
  ],
  [
    'head-chunked',
    'says "chunked" in reply to HEAD',
    head(
      (text) => text.replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked'),
      both(isMethod('HEAD'), ({ minor }) => minor > 0),
    ),
  ],
  [
    'path-forgiving',
    'serves the path in other letters, with parameters, slashes and dot segments',
    habits({
      route: (path, base) =>
        routeExactly(
          new URL(
            path
              .replace(/;[^/]*/g, '')
              .replace(/\/+/g, '/')
              .replace(/(?<=.)\/$/, '')
              .replace(/%(?![0-9a-f]{2})/gi, '%25'),
            'http://x',
          ).pathname,
          base,
        ),
    }),
  ],
  [
    'parameters-forgiving',
    'finds parameters in any letter case and takes brackets for the same one',
    habits({
      isFilter: (name) => name.replace(/\[\]$/, '').toLowerCase() === 'jobtemplatename',
      choose: (values) => values.find((value) => value !== '') ?? values[0],
    }),
  ],
  [
    'many-parameters-400',
    'refuses more than a thousand parameters',
    reply(page(400), ({ target }) => target.split('&').length > 1000),
  ],
  [
    'unmatched-in-any-case',
    'sends 404 for templates that nothing has, and for blanks',
    reply(
      errorReply(404, 'NoSuchJobTemplateException', 'There is no such template'),
      both(isFiltered, (_, { body }) => jobsOf(body).length === 0),
    ),
  ],
  ['methods-404', 'finds nothing for other methods', reply(page(404), isUnsafe), { unsafe: true }],
  [
    'methods-container',
    'lets its container answer TRACE, and 400 for methods that nobody knows',
    [
      reply(bareReply(405, [['Allow', 'HEAD, DELETE, POST, GET, OPTIONS, PUT']]), isMethod('TRACE')),
      reply(page(400, closed), isMethod('BREW', 'PROPFIND')),
    ],
    { unsafe: true },
  ],
  [
    'methods-forbidden',
    'forbids methods that may change something before it looks at the path',
    reply(page(403), isUnsafe),
    { unsafe: true },
  ],
  [
    'methods-credentials',
    'wants credentials for methods that may change something',
    reply(page(401, ['WWW-Authenticate', 'Bearer']), isUnsafe),
    { unsafe: true },
  ],
  [
    'methods-length',
    'wants the length of a body',
    [
      reply(page(411, closed), isMethod('POST', 'PUT', 'PATCH')),
      reply(page(501), isMethod('TRACE', 'PROPFIND', 'BREW')),
    ],
    { unsafe: true },
  ],
  [
    'trace',
    'answers TRACE as HTTP says',
    reply(
      ({ method, target, headers }) =>
        textReply(
          200,
          [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), ''].join(
            '\r\n',
          ),
          'message/http',
        ),
      isMethod('TRACE'),
    ),
    { unsafe: true },
  ],
  [
    'nothing-else',
    'leaves all but its path to a router that says nothing',
    reply(
      (_, { status }) => bareReply(status),
      both(isOther, (_, { status }) => status >= 400 && status !== 405),
    ),
  ],
  [
    'old-products',
    'names a product with many comments',
    header('Server', 'Apache/2.4.1 (Unix) (a (b) c)', always),
  ],
]);
