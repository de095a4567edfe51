import { createHash } from 'node:crypto';
import { chunk, headOf, jobsBody, list, message } from './messages.ts';
import type { Ask, HostileTarget, Piece } from './target.ts';

const LIST = jobsBody(2);
const NOISE = Buffer.concat(Array.from({ length: 64 }, (_, index) => digest(`noise ${index}`)));

/** A whole answer with everything in it that an answer can have. */
const WHOLE = [
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
  `${headOf()}Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n`,
  chunk(LIST.slice(0, 9)).toString('latin1'),
  chunk(LIST.slice(9)).toString('latin1'),
  '0\r\nX-Sum: 1\r\n\r\n',
].join('');

/** Servers that do not keep to HTTP, or end it where they like. */
export const GARBAGE: readonly HostileTarget[] = [
  {
    id: 'closes',
    sentence: 'accepts connections and closes them',
    answer: () => ['CLOSE'],
    greet: () => ['CLOSE'],
  },
  { id: 'resets', sentence: 'resets each connection', answer: () => ['RESET'] },
  { id: 'noise', sentence: 'answers with noise', answer: () => [NOISE] },
  { id: 'noise-for-ever', sentence: 'answers with noise without an end', answer: noiseForEver },
  {
    id: 'tls',
    sentence: 'speaks TLS',
    answer: () => [Buffer.from([0x15, 3, 3, 0, 2, 2, 80]), 'CLOSE'],
    quick: true,
  },
  { id: 'ssh', sentence: 'speaks SSH', answer: () => [], greet: () => ['SSH-2.0-OpenSSH_9.6\r\n'] },
  {
    id: 'http2',
    sentence: 'speaks HTTP/2 alone',
    answer: () => [Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])],
    greet: () => [Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 255, 255])],
  },
  { id: 'html', sentence: 'answers as in 1991', answer: () => ['<html>hello</html>', 'CLOSE'] },
  {
    id: 'echo',
    sentence: 'sends back what it got',
    answer: ({ method, target }) => [`${method} ${target} HTTP/1.1\r\nHost: here\r\n\r\n`],
  },
  {
    id: 'early',
    sentence: 'answers before anybody asked',
    answer: () => [],
    greet: () => message('200 OK', LIST),
    args: ['--timeout', '0.5'],
  },
  {
    id: 'early-and-late',
    sentence: 'answers before anybody asked, and again',
    answer: (ask) => list(ask, LIST),
    greet: () => message('200 OK', LIST),
  },
  {
    id: 'strays',
    sentence: 'sends stray bytes on idle connections',
    answer: (ask) => [...list(ask, LIST), { wait: 30 }, 'stray'],
    quick: true,
  },
  {
    id: 'strays-for-ever',
    sentence: 'sends stray bytes on idle connections without an end',
    answer: function* (ask) {
      yield* list(ask, LIST);
      for (;;) {
        yield { wait: 1 };
        yield 'stray';
      }
    },
  },
  { id: 'switches', sentence: 'switches protocols though nobody asked', answer: () => [switching] },
  {
    id: 'random',
    sentence: 'changes everything about its answers by chance',
    answer: ({ count }) => chance(count),
    quick: true,
  },
  {
    id: 'truncates',
    sentence: 'ends each answer a byte later than the one before',
    answer: cut('CLOSE'),
    quick: true,
  },
  {
    id: 'truncates-by-reset',
    sentence: 'resets each answer a byte later than the one before',
    answer: cut('RESET'),
  },
  ...[20, 60, 200, 260, 300, 600, 620].map(alwaysCut),
];

const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n';

function* noiseForEver(): Generator<Piece, void> {
  for (;;) {
    yield NOISE;
  }
}

/** Ends the answers at each point of a whole one in turn. */
function cut(end: Piece): (ask: Ask) => readonly Piece[] {
  return ({ count }) => [WHOLE.slice(0, count % WHOLE.length), end];
}

function alwaysCut(at: number): HostileTarget {
  return {
    id: `truncates-at-${at}`,
    sentence: `ends each answer after ${at} bytes`,
    answer: () => [WHOLE.slice(0, at), 'CLOSE'],
  };
}

const STATUSES = [
  '200 OK',
  '201 Created',
  '204 No Content',
  '304 Not Modified',
  '404 Not Found',
  '500 Oops',
  '999 -',
  '42',
];
const TEXTS = ['', LIST, '{}', '{"code":0}', 'null', '[', '<html>', '{"code":1003,"type":"a","message":"b"}'];
const LINES = [
  '',
  'X: 1\r\n',
  'Set-Cookie: a=b\r\n',
  'Content-Encoding: gzip\r\n',
  ' folded\r\n',
  'Allow\r\n',
  'Vary: *\r\n',
];

/** An answer that follows from a number as if it were thrown by dice. */
function chance(seed: number): readonly Piece[] {
  const dice = digest(`chance ${seed}`);
  const pick = <T>(list: readonly T[], index: number) => list[(dice[index] ?? 0) % list.length] as T;
  const head = headOf(pick(STATUSES, 0), pick(LINES, 1));
  const body = pick(TEXTS, 2);
  const framings: readonly (readonly Piece[])[] = [
    [`${head}Content-Length: ${body.length}\r\n\r\n${body}`],
    [`${head}Content-Length: ${body.length}\r\n\r\n${body}`],
    [`${head}Content-Length: ${body.length + 1}\r\n\r\n${body}`, 'CLOSE'],
    [`${head}Content-Length: 1\r\n\r\n${body}`],
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk(body), '0\r\n\r\n'],
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, body],
    [`${head}\r\n${body}`, 'CLOSE'],
    ['RESET'],
    [NOISE],
  ];
  return [{ wait: (dice[3] ?? 0) % 8 }, ...pick(framings, 4)];
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
