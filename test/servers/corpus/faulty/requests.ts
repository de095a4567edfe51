import { answer, HABITS } from '../api.ts';
import { casesOf } from '../case.ts';
import { both, isList, reply, type Which, wire } from '../change.ts';
import { bareReply, errorReply, jsonReply, withHeader } from '../reply.ts';
import { headerOf } from '../request.ts';

const failure = errorReply(500, 'RuntimeException', 'Internal Server Error', 1002);

/** Where a header has a value that fits. */
const has =
  (name: string, test: (value: string) => boolean = () => true): Which =>
  ({ headers }) => {
    const value = headerOf(headers, name);
    return value !== undefined && test(value);
  };

const isRead: Which = ({ method }) => method === 'GET' || method === 'HEAD';
const failsOn = (which: Which) => reply(failure, both(isRead, which));
const isMalformedAccept = (value: string) =>
  value.split(',').some((range) => !/^\s*[\w*+.-]+\/[\w*+.-]+\s*(;|$)/.test(range));

/** What is around a request: its headers, its form, its connection. */
export const REQUESTS = casesOf('R', [
  [
    'long-header-500',
    'standard',
    'fails for a header of more than 7 kB',
    failsOn(({ headers }) => headers.some(([, value]) => value.length > 7000)),
  ],
  [
    'header-2k-500',
    'standard',
    'fails for a header of more than 2 kB',
    failsOn(({ headers }) => headers.some(([, value]) => value.length > 2000)),
  ],
  [
    'unknown-header-500',
    'standard',
    'fails for a header that it does not know',
    failsOn(({ headers }) => headers.some(([name]) => /^x-/i.test(name))),
  ],
  [
    'accept-unsupported-500',
    'standard',
    'fails for an Accept that it cannot meet',
    failsOn((_, { status }) => status === 406),
  ],
  [
    'accept-malformed-500',
    'standard',
    'fails for a malformed Accept',
    failsOn(has('accept', isMalformedAccept)),
  ],
  [
    'accept-capitals-500',
    'standard',
    'fails for an Accept in capitals',
    failsOn(has('accept', (value) => /APPLICATION|VND/.test(value))),
  ],
  [
    'accept-quality-500',
    'standard',
    'fails for a quality',
    failsOn(has('accept', (value) => /;\s*q=/i.test(value))),
  ],
  [
    'accept-bad-quality-500',
    'standard',
    'fails for a quality that is no number',
    failsOn(has('accept', (value) => /;\s*q=(?![01](\.\d{0,3})?(\s*[,;]|\s*$))/i.test(value))),
  ],
  [
    'accept-parameter-500',
    'standard',
    'fails for an Accept with a parameter',
    failsOn(has('accept', (value) => /;\s*(?!q=)[\w-]+=/i.test(value))),
  ],
  [
    'accept-empty-500',
    'standard',
    'fails for an empty Accept',
    failsOn(has('accept', (value) => value === '')),
  ],
  [
    'accept-missing-500',
    'standard',
    'fails where there is no Accept',
    failsOn(({ headers }) => headerOf(headers, 'accept') === undefined),
  ],
  [
    'accept-list-500',
    'standard',
    'fails for an Accept with several ranges',
    failsOn(has('accept', (value) => value.includes(','))),
  ],
  [
    'encoding-500',
    'standard',
    'fails for a content coding that it does not know',
    failsOn(has('accept-encoding', (value) => !/^\s*(gzip|identity|deflate|\*)?(\s*[;,].*)?$/.test(value))),
  ],
  [
    'encoding-quality-500',
    'standard',
    'fails for an Accept-Encoding with a quality',
    failsOn(has('accept-encoding', (value) => value.includes('q='))),
  ],
  [
    'language-500',
    'standard',
    'fails for a malformed Accept-Language',
    failsOn(
      has(
        'accept-language',
        (value) =>
          !/^[a-z*]+(-\w+)?(\s*;\s*q=[\d.]+)?(\s*,\s*[a-z*]+(-\w+)?(\s*;\s*q=[\d.]+)?)*$/i.test(value),
      ),
    ),
  ],
  [
    'language-any-500',
    'standard',
    'fails for any language but English',
    failsOn(has('accept-language', (value) => !/^en/.test(value))),
  ],
  ['none-match-500', 'standard', 'fails for If-None-Match', failsOn(has('if-none-match'))],
  [
    'none-match-star-500',
    'standard',
    'fails for "If-None-Match: *"',
    failsOn(has('if-none-match', (value) => value === '*')),
  ],
  [
    'modified-since-500',
    'standard',
    'fails for an If-Modified-Since that is no date',
    failsOn(has('if-modified-since', (value) => Number.isNaN(Date.parse(value)))),
  ],
  ['range-500', 'standard', 'fails for Range', failsOn(has('range'))],
  [
    'range-wrong',
    'standard',
    'sends a part and says nothing of its range',
    reply(
      (_, old) => ({ ...old, status: 206, bytes: Buffer.from(JSON.stringify(old.body)).subarray(0, 10) }),
      both(isList, has('range')),
    ),
  ],
  [
    'range-cut-200',
    'standard',
    'sends a part as 200 to who asks for a range',
    reply(
      (_, old) => ({ ...old, bytes: Buffer.from(JSON.stringify(old.body)).subarray(0, 10) }),
      both(isList, has('range')),
    ),
  ],
  [
    'range-mislabelled',
    'standard',
    'sends another part than its Content-Range says',
    reply(
      (_, old) => ({
        ...old,
        status: 206,
        headers: [...old.headers, ['Content-Range', 'bytes 5-3/2']],
        bytes: Buffer.from(JSON.stringify(old.body)).subarray(0, 10),
      }),
      both(isList, has('range')),
    ),
  ],
  ['expect-500', 'standard', 'fails for Expect', failsOn(has('expect'))],
  ['expect-hang', 'standard', 'never answers a request with Expect', wire(() => ['HANG'], has('expect'))],
  ['upgrade-hang', 'standard', 'never answers a request with Upgrade', wire(() => ['HANG'], has('upgrade'))],
  ['upgrade-500', 'standard', 'fails for Upgrade', failsOn(has('upgrade'))],
  [
    'authorization-500',
    'standard',
    'fails for an Authorization of no known scheme',
    failsOn(has('authorization', (value) => !/^(Basic|Bearer) /.test(value))),
  ],
  [
    'cookie-500',
    'standard',
    'fails for a malformed cookie',
    failsOn(has('cookie', (value) => !/^[\w.-]+=[^;]*(; ?[\w.-]+=[^;]*)*$/.test(value))),
  ],
  [
    'type-500',
    'standard',
    'fails for a multipart type without a boundary',
    failsOn(has('content-type', (value) => /^multipart\/(?!.*boundary)/i.test(value))),
  ],
  [
    'type-malformed-500',
    'standard',
    'fails for a malformed Content-Type of a request without a body',
    failsOn(has('content-type', (value) => !/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/.test(value))),
  ],
  [
    'body-500',
    'standard',
    'fails for a GET with a body',
    failsOn(({ body, headers }) => body.length > 0 || headerOf(headers, 'transfer-encoding') !== undefined),
  ],
  [
    'body-hang',
    'standard',
    'never answers a GET with a body',
    wire(
      () => ['HANG'],
      ({ body, method }) => method === 'GET' && body.length > 0,
    ),
  ],
  ['origin-500', 'standard', 'fails for an Origin', failsOn(has('origin'))],
  [
    'forwarded-500',
    'standard',
    'fails for an X-Forwarded-For that is no address',
    failsOn(has('x-forwarded-for', (value) => !/^[\d.:a-f, ]+$/i.test(value))),
  ],
  ['http-1.0-500', 'standard', 'fails for HTTP/1.0', failsOn(({ minor }) => minor === 0)],
  [
    'http-1.0-chunked',
    'standard',
    'sends chunks to a client of HTTP/1.0',
    wire(
      ({ head, body }) => [
        head.replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked'),
        `${body.length.toString(16)}\r\n`,
        body,
        '\r\n0\r\n\r\n',
        'CLOSE',
      ],
      ({ minor, method }) => minor === 0 && method === 'GET',
    ),
  ],
  [
    'http-1.0-interim',
    'standard',
    'sends an interim answer to a client of HTTP/1.0',
    wire(
      ({ head, body }) => [
        'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n',
        head,
        body,
        'CLOSE',
      ],
      ({ minor }) => minor === 0,
    ),
  ],
  [
    'absolute-form-400',
    'suspicious',
    'refuses the absolute form of targets',
    reply(errorReply(400, 'BadRequestException', 'x'), ({ target }) => /^https?:/.test(target)),
  ],
  [
    'absolute-form-500',
    'standard',
    'fails for the absolute form of targets',
    failsOn(({ target }) => /^https?:/.test(target)),
  ],
  [
    'host-missing-taken',
    'suspicious',
    'answers requests without Host',
    reply(
      (ask) => {
        const { refusal: _, ...regular } = ask;
        return withHeader(answer(regular, ask.world, HABITS).reply, 'Connection', 'close');
      },
      ({ headers, refusal }) => refusal === 400 && headerOf(headers, 'host') === undefined,
    ),
  ],
  [
    'close-hang',
    'standard',
    'keeps a connection open that it should close, and does not tell the end of the body',
    wire(
      ({ head, body }) => [
        head.replace(/Content-Length: \d+\r\n/, '').replace(/Connection: close\r\n/i, ''),
        body,
        'HANG',
      ],
      both(isList, ({ headers }) => /close/i.test(headerOf(headers, 'connection') ?? '')),
    ),
  ],
  [
    'put-works',
    'suspicious',
    'takes a PUT',
    reply(jsonReply(200, { code: 0 }), ({ method }) => method === 'PUT'),
    { unsafe: true },
  ],
  [
    'unknown-method-500',
    'standard',
    'fails for methods that it does not know',
    reply(failure, ({ method }) => !/^(GET|HEAD|OPTIONS)$/.test(method)),
    { unsafe: true },
  ],
  [
    'options-hang',
    'standard',
    'never answers OPTIONS',
    wire(
      () => ['HANG'],
      ({ method }) => method === 'OPTIONS',
    ),
  ],
  [
    'head-hang',
    'standard',
    'never answers HEAD',
    wire(
      () => ['HANG'],
      ({ method }) => method === 'HEAD',
    ),
  ],
  [
    'options-star-500',
    'standard',
    'fails for OPTIONS *',
    reply(failure, ({ method, target }) => method === 'OPTIONS' && target === '*'),
  ],
  [
    'preflight-500',
    'standard',
    'fails for a preflight',
    reply(
      failure,
      both(({ method }) => method === 'OPTIONS', has('access-control-request-method')),
    ),
  ],
  [
    'options-body',
    'standard',
    'sends a 204 with a body for OPTIONS',
    wire(
      ({ head }) => [head, 'GET, HEAD'],
      ({ method }) => method === 'OPTIONS',
    ),
  ],
  [
    '304-body',
    'standard',
    'sends a 304 with a body',
    [
      reply((_, old) => ({ ...old, headers: [...old.headers, ['ETag', '"a"']] }), isList),
      reply(
        bareReply(304, [['ETag', '"a"']]),
        both(
          isList,
          has('if-none-match', (value) => value.includes('"a"')),
        ),
      ),
      wire(({ head, body }) => [head, head.includes(' 304 ') ? '{"code":0}' : body], has('if-none-match')),
    ],
  ],
]);
