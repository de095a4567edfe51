import { gzipSync } from 'node:zlib';
import { casesOf } from '../case.ts';
import {
  both,
  bytes,
  contentType,
  header,
  isAbsent,
  isFiltered,
  isList,
  isSecond,
  line,
  reply,
  status,
  type Which,
} from '../change.ts';
import { bareReply, VENDOR } from '../reply.ts';
import { headerOf } from '../request.ts';

const isGet: Which = ({ method }) => method === 'GET';
const accepts =
  (test: (accept: string) => boolean): Which =>
  ({ headers }) =>
    test(headerOf(headers, 'accept') ?? '');
const hasHeader =
  (name: string): Which =>
  ({ headers }) =>
    headerOf(headers, name) !== undefined;
const wantsGzip: Which = ({ headers }) => /gzip/.test(headerOf(headers, 'accept-encoding') ?? '');
const isHead: Which = ({ method }) => method === 'HEAD';
const isOptions: Which = ({ method }) => method === 'OPTIONS';
const namesVendor = accepts((accept) => accept.includes('vnd.gravitino'));
const not =
  (which: Which): Which =>
  (ask, answer) =>
    !which(ask, answer);

/** Header fields: their values, their grammar, and what must be there. */
export const HEADERS = casesOf('H', [
  ['plain-json', 'description', 'sends application/json', contentType('application/json')],
  [
    'plain-json-404',
    'description',
    'sends application/json for errors',
    contentType('application/json', isAbsent),
  ],
  [
    'plain-json-when-filtered',
    'description',
    'sends application/json for filtered lists',
    contentType('application/json', isFiltered),
  ],
  [
    'plain-json-second',
    'description',
    'sends application/json for one metalake',
    contentType('application/json', isSecond),
  ],
  [
    'other-version',
    'description',
    'sends version 2 of the vendor type',
    contentType('application/vnd.gravitino.v2+json'),
  ],
  [
    'other-vendor',
    'description',
    'sends the type of another vendor',
    contentType('application/vnd.other.v1+json'),
  ],
  [
    'vendor-xml',
    'description',
    'sends the vendor type with +xml',
    contentType('application/vnd.gravitino.v1+xml'),
  ],
  ['vendor-without-suffix', 'description', 'leaves +json out', contentType('application/vnd.gravitino.v1')],
  [
    'vendor-as-parameter',
    'description',
    'sends application/json with the vendor type as parameter',
    contentType(`application/json; profile="${VENDOR}"`),
  ],
  ['html', 'description', 'sends text/html', contentType('text/html; charset=utf-8')],
  ['plain-text', 'description', 'sends text/plain', contentType('text/plain;charset=UTF-8')],
  ['octets', 'description', 'sends application/octet-stream', contentType('application/octet-stream')],
  ['no-type', 'description', 'sends no Content-Type', contentType(undefined)],
  ['no-type-404', 'description', 'sends no Content-Type with errors', contentType(undefined, isAbsent)],
  ['empty-type', 'description', 'sends an empty Content-Type', contentType('')],
  ['wildcard-type', 'description', 'sends */* as its type', contentType('*/*')],
  [
    'problem-type',
    'description',
    'sends errors as application/problem+json',
    contentType('application/problem+json', isAbsent),
  ],
  ['malformed-type', 'standard', 'sends a malformed Content-Type', contentType(`${VENDOR};;charset`)],
  ['type-without-slash', 'standard', 'sends "json" as its type', contentType('json')],
  [
    'type-with-equals',
    'standard',
    'sends a parameter with blanks around its equals sign',
    contentType(`${VENDOR}; charset = utf-8`),
  ],
  [
    'type-unclosed-quote',
    'standard',
    'sends a parameter whose quote is not closed',
    contentType(`${VENDOR}; charset="utf-8`),
  ],
  [
    'two-types-in-one',
    'standard',
    'sends two types in one Content-Type',
    contentType(`${VENDOR}, application/json`),
  ],
  [
    'vendor-only-by-name',
    'description',
    'sends the vendor type only to who names it',
    contentType('application/json', both(isList, not(namesVendor))),
  ],
  [
    'vendor-never-by-name',
    'description',
    'sends plain JSON to who names the vendor type',
    contentType('application/json', both(isList, namesVendor)),
  ],
  [
    'json-without-accept',
    'description',
    'sends plain JSON where there is no Accept',
    contentType('application/json', both(isList, not(hasHeader('accept')))),
  ],
  [
    'json-for-application',
    'description',
    'sends plain JSON for application/*',
    contentType(
      'application/json',
      both(
        isList,
        accepts((accept) => accept.includes('application/*')),
      ),
    ),
  ],
  [
    'json-with-quality',
    'description',
    'does not recognise the vendor type with a quality',
    contentType(
      'application/json',
      both(
        isList,
        accepts((accept) => /gravitino\.v1\+json\s*;/.test(accept)),
      ),
    ),
  ],
  [
    'json-in-a-list',
    'description',
    'does not recognise the vendor type in a list',
    contentType(
      'application/json',
      both(
        isList,
        accepts((accept) => accept.includes('gravitino') && accept.includes(',')),
      ),
    ),
  ],
  [
    'html-for-browsers',
    'description',
    'sends a page to who names text/html among others',
    reply(
      (_, old) => ({ ...old, headers: [['Content-Type', 'text/html']], bytes: Buffer.from('<h1>Jobs</h1>') }),
      both(
        isList,
        accepts(
          (accept) => accept.includes('text/html') && /vnd\.gravitino\.v1\+json(?!\s*;\s*q)/.test(accept),
        ),
      ),
    ),
  ],
  ['date-garbage', 'standard', 'sends a Date that is none', header('Date', 'today')],
  ['date-iso', 'standard', 'sends a Date in ISO form', header('Date', '2025-08-12T02:14:28Z')],
  ['date-zone', 'standard', 'sends a Date with an offset', header('Date', 'Tue, 12 Aug 2025 02:14:28 +0200')],
  ['date-seconds', 'standard', 'sends a Date in seconds', header('Date', '1754964868')],
  [
    'date-impossible',
    'standard',
    'sends a Date on 31 February',
    header('Date', 'Mon, 31 Feb 2025 02:14:28 GMT'),
  ],
  [
    'last-modified-garbage',
    'standard',
    'sends a Last-Modified that is no date',
    header('Last-Modified', 'yesterday', isList),
  ],
  ['etag-unquoted', 'standard', 'sends an ETag without quotes', header('ETag', 'abc123', isList)],
  ['etag-single-quotes', 'standard', 'sends an ETag in single quotes', header('ETag', "'abc123'", isList)],
  ['etag-weak-lower', 'standard', 'sends a weak ETag with a small w', header('ETag', 'w/"abc123"', isList)],
  [
    'etag-changing-body',
    'standard',
    'sends the same strong ETag for one target with different bodies',
    [
      {
        answer: (old, { count }) =>
          old.status === 200 && typeof old.body === 'object'
            ? { ...old, body: { ...Object(old.body), served: count } }
            : old,
      },
      header('ETag', '"stable"', isList),
    ],
  ],
  [
    '304-always',
    'standard',
    'sends 304 to any If-None-Match',
    [
      header('ETag', 'W/"7"', isList),
      reply(bareReply(304, [['ETag', 'W/"7"']]), both(isList, hasHeader('if-none-match'))),
    ],
  ],
  [
    '304-unasked',
    'description',
    'sends 304 to who asked for no such thing',
    reply(
      bareReply(304),
      both(isList, ({ count }) => count % 4 === 0),
    ),
  ],
  [
    '304-since',
    'standard',
    'sends 304 to an If-Modified-Since long before Last-Modified',
    [
      header('Last-Modified', 'Tue, 12 Aug 2025 02:14:28 GMT', isList),
      reply(bareReply(304), both(isList, hasHeader('if-modified-since'))),
    ],
  ],
  [
    'retry-after-garbage',
    'standard',
    'sends a Retry-After that is neither seconds nor a date',
    header('Retry-After', 'soon', isAbsent),
  ],
  [
    'retry-after-fraction',
    'standard',
    'sends a Retry-After with a fraction',
    header('Retry-After', '1.5', isAbsent),
  ],
  [
    'location-garbage',
    'standard',
    'sends a Location that is no reference',
    header('Location', 'http://[broken', isList),
  ],
  ['location-blanks', 'standard', 'sends a Location with blanks', header('Location', '/a b/<c>', isList)],
  ['age-garbage', 'standard', 'sends an Age that is no number', header('Age', 'old', isList)],
  [
    'allow-garbage',
    'standard',
    'sends an Allow whose methods are not separated by commas',
    header('Allow', 'GET HEAD OPTIONS', isOptions),
  ],
  [
    'vary-garbage',
    'standard',
    'sends a Vary with blanks for commas',
    header('Vary', 'Accept Origin', isList),
  ],
  [
    '405-without-allow',
    'standard',
    'sends HEAD a 405 without Allow',
    [status(405, both(isList, isHead)), header('Allow', undefined, isHead)],
  ],
  [
    '405-without-allow-options',
    'standard',
    'sends OPTIONS a 405 without Allow',
    reply((_, old) => ({ ...bareReply(405), framing: old.framing }), isOptions),
  ],
  [
    '405-without-allow-other',
    'standard',
    'sends other methods a 405 without Allow',
    header('Allow', undefined, (_, { status: code }) => code === 405),
    { unsafe: true },
  ],
  [
    '401-without-challenge',
    'standard',
    'sends a 401 without WWW-Authenticate now and then',
    reply(
      bareReply(401),
      both(isList, ({ count }) => count % 6 === 0),
    ),
  ],
  [
    'cookie',
    'suspicious',
    'starts a session for each anonymous request',
    line('Set-Cookie', 'JSESSIONID=0123456789ABCDEF; Path=/; HttpOnly', isList),
  ],
  [
    'cacheable',
    'suspicious',
    'lets caches keep live data for a day',
    header('Cache-Control', 'public, max-age=86400', isList),
  ],
  [
    'cache-control-garbage',
    'standard',
    'sends a Cache-Control that is malformed',
    header('Cache-Control', 'max-age="60', isList),
  ],
  [
    'cors-with-credentials',
    'suspicious',
    'opens itself to every origin with credentials',
    [header('Access-Control-Allow-Origin', '*'), header('Access-Control-Allow-Credentials', 'true')],
  ],
  [
    'vary-missing',
    'suspicious',
    'compresses when asked and does not say that it varies',
    [
      bytes((body) => gzipSync(body), both(isList, isGet, wantsGzip)),
      header('Content-Encoding', 'gzip', both(isList, isGet, wantsGzip)),
    ],
  ],
  [
    'vary-accept-missing',
    'suspicious',
    'sends plain JSON to who wants nothing else and does not say that it varies',
    contentType(
      'application/json',
      both(
        isList,
        accepts((accept) => accept === 'application/json'),
      ),
    ),
  ],
  [
    'head-type',
    'suspicious',
    'says another Content-Type in reply to HEAD',
    contentType('text/plain', isHead),
  ],
  [
    'head-length',
    'suspicious',
    'says another Content-Length in reply to HEAD',
    {
      head: (text, { method }) =>
        method === 'HEAD' ? text.replace(/Content-Length: \d+/, 'Content-Length: 3') : text,
    },
  ],
  [
    'options-promises',
    'suspicious',
    'promises POST and DELETE in reply to OPTIONS',
    header('Allow', 'GET, HEAD, POST, DELETE, OPTIONS', isOptions),
  ],
  ['allow-lacks-get', 'suspicious', 'leaves GET out of Allow', header('Allow', 'POST, OPTIONS', isOptions)],
]);
