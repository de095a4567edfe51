import { casesOf } from '../case.ts';
import {
  always,
  both,
  data,
  delay,
  everyNth,
  head,
  isAbsent,
  isList,
  line,
  plainWire,
  reply,
  type Which,
  wire,
} from '../change.ts';
import { bareReply, bytesOf, chunked, type Message, textReply } from '../reply.ts';
import { withCount } from '../world.ts';

const isGet: Which = ({ method }) => method === 'GET';
const isHead: Which = ({ method }) => method === 'HEAD';
/** Lists for clients of HTTP/1.1: what is wrong with chunks is wrong in a way of its own for older ones. */
const aList = both(isList, isGet, ({ minor }) => minor > 0);

/** The body's last bytes are missing. */
const cut = ({ body }: Message, share = 0.6) => body.subarray(0, Math.floor(body.length * share));

/** Replaces the field that tells the length, framing the body as the new lines say. */
const framed = (text: string, lines: string) => text.replace(/Content-Length: \d+\r\n/, lines);

const chunkedHead = ({ head: text }: Message) => framed(text, 'Transfer-Encoding: chunked\r\n');

/** Writes lists in a chunked coding of its own making. */
const badChunks = (coding: (body: Buffer) => Buffer | string, end: 'CLOSE' | 'HANG' | undefined = 'CLOSE') =>
  wire((message) => [chunkedHead(message), coding(message.body), ...(end ? [end] : [])], aList);

const lengthIs = (value: (length: number) => string) =>
  head(
    (text) =>
      text.replace(
        /Content-Length: (\d+)/,
        (_, digits: string) => `Content-Length: ${value(Number(digits))}`,
      ),
    aList,
  );

const statusLine = (text: string, which: Which = aList) =>
  head((whole) => whole.replace(/^[^\r]*/, text), which);

/** A line of its own after the status line. */
const rawLine = (text: string, which: Which = aList) =>
  head((whole) => whole.replace('\r\n', `\r\n${text}\r\n`), which);

/** What goes wrong below HTTP, in the status line, the header section and the framing of bodies. */
export const FRAMING = casesOf('T', [
  [
    'cut-body',
    'standard',
    'closes before the body is as long as Content-Length says',
    wire((message) => [message.head, cut(message), 'CLOSE'], aList),
  ],
  [
    'cut-body-of-404',
    'standard',
    'closes in the middle of the body of an error',
    wire((message) => [message.head, cut(message), 'CLOSE'], both(isAbsent, isGet)),
  ],
  [
    'cut-now-and-then',
    'standard',
    'cuts every fifth list',
    wire((message) => [message.head, cut(message, 0.9), 'CLOSE'], both(aList, everyNth(5))),
  ],
  [
    'cut-head',
    'standard',
    'closes in the middle of the header section',
    wire(({ head: text }) => [text.slice(0, 40), 'CLOSE'], aList),
  ],
  [
    'length-too-small',
    'standard',
    'sends more bytes than Content-Length says',
    lengthIs((length) => String(length - 9)),
  ],
  ['length-one-too-small', 'standard', 'counts one byte too few', lengthIs((length) => String(length - 1))],
  [
    'length-too-large',
    'standard',
    'waits for bytes that never come',
    wire(
      (message) => [
        message.head.replace(/(Content-Length: )(\d+)/, (_, name, digits) => `${name}${Number(digits) + 7}`),
        message.body,
        'HANG',
      ],
      aList,
    ),
  ],
  [
    'length-in-characters',
    'standard',
    'counts characters instead of bytes',
    [
      {
        world: (world) => ({
          ...world,
          metalakes: new Map(
            [...world.metalakes].map(([name, jobs]) => [
              name,
              jobs.map((job) => ({ ...job, audit: { ...job.audit, creator: 'Jörg Müller' } })),
            ]),
          ),
        }),
      },
      wire(
        (message) => [
          message.head.replace(/(Content-Length: )\d+/, `$1${message.body.toString().length}`),
          message.body,
        ],
        aList,
      ),
    ],
  ],
  ['length-not-a-number', 'standard', 'sends "Content-Length: many"', lengthIs(() => 'many')],
  ['length-signed', 'standard', 'writes a sign before Content-Length', lengthIs((length) => `+${length}`)],
  ['length-negative', 'standard', 'sends "Content-Length: -1"', lengthIs(() => '-1')],
  [
    'length-hexadecimal',
    'standard',
    'writes Content-Length in hexadecimal',
    lengthIs((length) => `0x${length.toString(16)}`),
  ],
  [
    'length-decimal-point',
    'standard',
    'writes a decimal point into Content-Length',
    lengthIs((length) => `${length}.0`),
  ],
  ['lengths-differ', 'standard', 'sends two Content-Length fields that differ', rawLine('Content-Length: 7')],
  [
    'lengths-in-a-list',
    'standard',
    'sends a Content-Length with two values that differ',
    lengthIs((length) => `${length}, ${length + 3}`),
  ],
  [
    'length-and-chunked',
    'standard',
    'sends both Content-Length and Transfer-Encoding',
    wire(
      ({ head: text, body }) => [text.replace('\r\n', '\r\nTransfer-Encoding: chunked\r\n'), chunked(body)],
      aList,
    ),
  ],
  [
    'length-of-no-content',
    'standard',
    'sends a 204 whose Content-Length is not 0',
    [
      reply(
        bareReply(204),
        both(({ method, about }) => method === 'OPTIONS' && about === 'other'),
      ),
      rawLine('Content-Length: 5', ({ method }) => method === 'OPTIONS'),
    ],
  ],
  [
    'length-0-of-no-content',
    'suspicious',
    'sends a 204 whose Content-Length is 0',
    rawLine('Content-Length: 0', (_, { status }) => status === 204),
  ],
  [
    'chunked-no-content',
    'standard',
    'sends a 204 with Transfer-Encoding',
    rawLine('Transfer-Encoding: chunked', (_, { status }) => status === 204),
  ],
  ['never-answers', 'standard', 'takes the request and never answers', wire(() => ['HANG'], always)],
  [
    'never-answers-one-metalake',
    'standard',
    'never answers about one of the metalakes',
    wire(
      () => ['HANG'],
      ({ metalake, world }) => metalake === [...world.metalakes.keys()][1],
    ),
  ],
  ['never-answers-absent', 'standard', 'never answers about what is absent', wire(() => ['HANG'], isAbsent)],
  [
    'second-never-answered',
    'standard',
    'never answers the second request of a connection',
    wire(
      () => ['HANG'],
      ({ turn }) => turn > 1,
    ),
  ],
  [
    'once-never-answered',
    'suspicious',
    'never answers one request of an old connection, but answers it over a fresh one',
    {
      wire: (message, { turn, about, memory }) => {
        const hangs = turn > 5 && about === 'list' && !memory.has('hung');
        if (hangs) {
          memory.set('hung', true);
        }
        return hangs ? ['HANG'] : plainWire(message);
      },
    },
  ],
  [
    'closes-without-answer',
    'standard',
    'closes the connection instead of answering',
    wire(() => ['CLOSE'], aList),
  ],
  [
    'resets-without-answer',
    'standard',
    'resets the connection instead of answering',
    wire(() => ['RESET'], aList),
  ],
  [
    'resets-in-body',
    'standard',
    'resets the connection in the middle of the body',
    wire((message) => [message.head, cut(message), { wait: 5 }, 'RESET'], aList),
  ],
  [
    'chunk-size-garbage',
    'standard',
    'sends a chunk size that is no number',
    badChunks((body) => `zz\r\n${body.toString('latin1')}\r\n0\r\n\r\n`),
  ],
  [
    'chunk-size-too-large',
    'standard',
    'says a larger chunk size than it sends',
    badChunks((body) => `${(body.length + 50).toString(16)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`),
  ],
  [
    'chunk-size-too-small',
    'standard',
    'says a smaller chunk size than it sends',
    badChunks((body) => `${(body.length - 5).toString(16)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`),
  ],
  [
    'chunk-size-signed',
    'standard',
    'writes "0x" before chunk sizes',
    badChunks((body) => `0x${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`),
  ],
  [
    'chunk-size-decimal',
    'standard',
    'writes chunk sizes in decimal',
    badChunks((body) => `${Math.max(body.length, 10)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`),
  ],
  [
    'chunk-without-end',
    'standard',
    'closes without the last chunk',
    badChunks((body) => chunked(body).subarray(0, -5)),
  ],
  [
    'chunk-end-cut',
    'standard',
    'closes before the empty line after the last chunk',
    badChunks((body) => chunked(body).subarray(0, -2)),
  ],
  [
    'chunk-end-missing-open',
    'standard',
    'keeps the connection open without the last chunk',
    badChunks((body) => chunked(body).subarray(0, -5), 'HANG'),
  ],
  [
    'chunk-bare-lf',
    'standard',
    'ends the lines of chunks with a bare LF',
    badChunks((body) => `${body.length.toString(16)}\n${body.toString('latin1')}\n0\n\n`),
  ],
  [
    'chunked-declared-only',
    'standard',
    'says chunked and sends plain bytes',
    wire((message) => [chunkedHead(message), message.body, 'CLOSE'], aList),
  ],
  [
    'chunked-twice',
    'standard',
    'says that chunked was applied twice',
    wire(
      ({ head: text, body }) => [
        framed(text, 'Transfer-Encoding: chunked, chunked\r\n'),
        chunked(chunked(body)),
      ],
      aList,
    ),
  ],
  [
    'chunked-not-last',
    'standard',
    'applies another transfer coding after chunked',
    wire(
      ({ head: text, body }) => [
        framed(text, 'Transfer-Encoding: chunked, gzip\r\n'),
        chunked(body),
        'CLOSE',
      ],
      aList,
    ),
  ],
  [
    'chunked-in-1.0',
    'standard',
    'sends Transfer-Encoding in an HTTP/1.0 answer',
    wire(
      (message) => [chunkedHead(message).replace('HTTP/1.1', 'HTTP/1.0'), chunked(message.body), 'CLOSE'],
      aList,
    ),
  ],
  [
    'surplus-after-body',
    'standard',
    'leaves bytes after each body on the connection',
    wire(({ head: text, body }) => [text, body, 'xyz'], aList),
  ],
  [
    'surplus-newline',
    'suspicious',
    'writes an empty line after each body',
    wire(({ head: text, body }) => [text, body, '\r\n'], aList),
  ],
  [
    'surplus-after-chunks',
    'standard',
    'leaves bytes after the last chunk',
    wire((message) => [chunkedHead(message), chunked(message.body), '{"more":1}'], aList),
  ],
  [
    'surplus-before-second',
    'standard',
    'corrupts the second answer of a connection with bytes left over',
    wire(({ head: text, body }, { turn }) => (turn === 2 ? ['}]}', text, body] : [text, body]), isGet),
  ],
  [
    'second-response',
    'standard',
    'answers one request twice',
    wire(({ head: text, body }) => [text, body, text, body], aList),
  ],
  ['http-0.9', 'standard', 'sends the body alone', wire(({ body }) => [body, 'CLOSE'], aList)],
  [
    'garbage',
    'standard',
    'does not speak HTTP',
    wire(() => ['220 mail.example.com ESMTP ready\r\n', 'CLOSE'], always),
  ],
  [
    'greets-first',
    'standard',
    'speaks before it is asked',
    { connection: (socket) => void socket.write('+OK ready\r\n') },
  ],
  ['status-line-without-code', 'standard', 'sends "HTTP/1.1 OK"', statusLine('HTTP/1.1 OK')],
  ['status-line-two-digits', 'standard', 'sends a status of two digits', statusLine('HTTP/1.1 20 OK')],
  ['status-line-four-digits', 'standard', 'sends a status of four digits', statusLine('HTTP/1.1 2000 OK')],
  ['status-line-letters', 'standard', 'writes the letter O in the status', statusLine('HTTP/1.1 2OO OK')],
  [
    'status-line-two-blanks',
    'standard',
    'writes two blanks before the status',
    statusLine('HTTP/1.1  200 OK'),
  ],
  ['status-line-lower-case', 'standard', 'writes "http/1.1"', statusLine('http/1.1 200 OK')],
  ['status-line-version', 'standard', 'calls its version HTTP/1', statusLine('HTTP/1 200 OK')],
  ['status-line-http2', 'standard', 'calls its version HTTP/2.0', statusLine('HTTP/2.0 200 OK')],
  ['status-line-shout', 'standard', 'sends "ICY 200 OK"', statusLine('ICY 200 OK')],
  ['status-0', 'standard', 'sends the status 000', statusLine('HTTP/1.1 000 OK')],
  ['status-099', 'standard', 'sends the status 099', statusLine('HTTP/1.1 099 Low')],
  ['status-600', 'standard', 'sends the status 600', statusLine('HTTP/1.1 600 High')],
  [
    'blank-before-colon',
    'standard',
    'writes a blank between a field name and its colon',
    rawLine('X-Node : one'),
  ],
  ['folded-header', 'standard', 'folds a header line', rawLine('X-Node: one\r\n two')],
  ['header-without-colon', 'standard', 'sends a header line without a colon', rawLine('X-Node')],
  ['header-without-name', 'standard', 'sends a header line without a name', rawLine(': one')],
  ['blank-in-name', 'standard', 'sends a field name with a blank in it', rawLine('X Node: one')],
  ['umlaut-in-name', 'standard', 'sends a field name outside ASCII', rawLine('X-N\xf6de: one')],
  ['indented-first-header', 'standard', 'indents the first header line', rawLine(' X-Node: one')],
  ['nul-in-header', 'standard', 'sends a NUL in a field value', rawLine('X-Node: a\0b')],
  ['cr-in-header', 'standard', 'sends a bare CR in a field value', rawLine('X-Node: a\rb')],
  ['control-in-header', 'standard', 'sends a control character in a field value', rawLine('X-Node: a\x07b')],
  [
    'bare-lf',
    'standard',
    'ends header lines with a bare LF',
    head((text) => text.replaceAll('\r\n', '\n'), aList),
  ],
  [
    'bare-lf-once',
    'standard',
    'ends one header line with a bare LF',
    head((text) => text.replace('\r\n', '\r\nX-Node: 1\n'), aList),
  ],
  [
    'bare-lf-in-404',
    'standard',
    'ends the header lines of errors with a bare LF',
    head((text) => text.replaceAll('\r\n', '\n'), isAbsent),
  ],
  [
    'two-content-types',
    'standard',
    'sends two Content-Type fields that differ',
    line('Content-Type', 'text/html', isList),
  ],
  [
    'unasked-101',
    'standard',
    'switches protocols though nobody asked',
    wire(
      () => ['HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n', 'HANG'],
      aList,
    ),
  ],
  [
    'endless-interim',
    'standard',
    'sends interim answers and never a final one',
    wire(() => [...Array.from({ length: 30 }, () => 'HTTP/1.1 102 Processing\r\n\r\n'), 'HANG'], aList),
  ],
  [
    'interim-only',
    'standard',
    'closes after an interim answer',
    wire(() => ['HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n', 'CLOSE'], aList),
  ],
  [
    'interim-with-body',
    'standard',
    'sends a body after an interim answer',
    wire(
      ({ head: text, body }) => ['HTTP/1.1 103 Early Hints\r\nContent-Length: 2\r\n\r\nhi', text, body],
      aList,
    ),
  ],
  [
    'redirect-loop',
    'description',
    'redirects to itself',
    reply(({ target }) => bareReply(302, [['Location', target]]), isList),
  ],
  [
    'redirect-away',
    'description',
    'redirects to a login page',
    reply(
      () => ({
        ...textReply(302, '<a href="/login">Log in</a>'),
        headers: [
          ['Location', '/login'],
          ['Content-Type', 'text/html'],
        ],
      }),
      isList,
    ),
  ],
  [
    'redirect-slash',
    'description',
    'redirects to the same path with a slash',
    reply(({ target }) => bareReply(307, [['Location', target.replace(/(?=\?|$)/, '/')]]), isList),
  ],
  [
    'redirect-https',
    'description',
    'redirects to https',
    reply(({ target }) => bareReply(301, [['Location', `https://localhost${target}`]]), isList),
  ],
  [
    'stops-listening',
    'standard',
    'refuses to answer anybody after some requests',
    wire(({ head: text, body }, { count }) => (count > 12 ? ['RESET'] : [text, body]), always),
  ],
  ['late-first-byte', 'suspicious', 'lets every list wait for more than 5 s', delay(5500), { slow: true }],
  [
    'drips',
    'suspicious',
    'drips a body over 6 s',
    wire(
      ({ head: text, body }) => [
        text,
        ...Array.from({ length: 12 }, (_, index) => [
          { wait: 500 },
          body.subarray(Math.floor((index * body.length) / 12), Math.floor(((index + 1) * body.length) / 12)),
        ]).flat(),
      ],
      aList,
    ),
    { slow: true },
  ],
  [
    'drips-headers',
    'standard',
    'drips its header section without an end',
    wire(
      () => [
        'HTTP/1.1 200 OK\r\n',
        ...Array.from({ length: 60 }, (_, index) => [{ wait: 250 }, `X-${index}: 1\r\n`]).flat(),
        'HANG',
      ],
      aList,
    ),
  ],
  [
    'huge-list',
    'suspicious',
    'sends a list of 8 MB',
    [
      data(withCount(9)),
      {
        answer: (old, ask) =>
          isList(ask, old)
            ? {
                ...old,
                bytes: Buffer.from(JSON.stringify({ ...Object(old.body), padding: 'x'.repeat(8 << 20) })),
              }
            : old,
      },
    ],
  ],
  [
    'huge-once',
    'suspicious',
    'sends a list of 6 MB once',
    {
      answer: (old, ask) => {
        const lists = Number(ask.memory.get('lists') ?? 0) + (isList(ask, old) ? 1 : 0);
        ask.memory.set('lists', lists);
        return lists === 2 && isList(ask, old)
          ? { ...old, body: { ...Object(old.body), padding: 'x'.repeat(6e6) } }
          : old;
      },
    },
  ],
  [
    'body-length-0',
    'description',
    'sends lists without any byte of a body',
    { answer: (old, ask) => (isList(ask, old) ? { ...old, bytes: Buffer.alloc(0) } : old) },
  ],
  [
    'head-body',
    'standard',
    'sends the body in reply to HEAD',
    {
      answer: (old, ask) => {
        ask.memory.set('body', bytesOf(old));
        return old;
      },
      wire: ({ head: text, body }, ask) => [
        text,
        isHead(ask, bareReply(0)) ? (ask.memory.get('body') as Buffer) : body,
      ],
    },
  ],
]);
