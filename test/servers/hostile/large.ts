import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { chunk, headOf, jobsBody, KIB, list, MIB, message, repeated } from './messages.ts';
import type { HostileTarget, Piece } from './target.ts';

const BLOCK = Buffer.alloc(MIB, ' ');
const GIB = 1024 * MIB;

/** Servers that send more than anybody wants. */
export const LARGE: readonly HostileTarget[] = [
  {
    id: 'gib',
    sentence: 'sends 1 GiB',
    answer: () => [`${headOf()}Content-Length: ${GIB}\r\n\r\n`, ...repeated(BLOCK, 1024)],
    exits: [0, 1],
    quick: true,
  },
  {
    id: 'gib-in-chunks',
    sentence: 'sends 1 GiB in chunks',
    answer: function* () {
      yield `${headOf()}Transfer-Encoding: chunked\r\n\r\n`;
      yield* repeated(chunk(BLOCK), 1024);
      yield '0\r\n\r\n';
    },
    exits: [0, 1],
  },
  {
    id: 'gib-at-once',
    sentence: 'sends 1 GiB, but for the first answers, which are asked for one at a time',
    answer: (ask) =>
      ask.count < 12
        ? list(ask, jobsBody(3))
        : [`${headOf()}Content-Length: ${GIB}\r\n\r\n`, ...repeated(BLOCK, 1024)],
    exits: [0, 1],
  },
  {
    id: 'large-at-once',
    sentence: 'sends 31 MiB, but for the first answers, which are asked for one at a time',
    answer: (ask) =>
      ask.count < 12
        ? list(ask, jobsBody(3))
        : [`${headOf()}Content-Length: ${31 * MIB}\r\n\r\n`, ...repeated(BLOCK, 31)],
  },
  {
    id: 'endless',
    sentence: 'sends a body without an end',
    answer: function* () {
      yield `${headOf()}\r\n`;
      yield* repeated(BLOCK);
    },
  },
  {
    id: 'endless-crumbs',
    sentence: 'sends chunks of one byte without an end',
    answer: function* () {
      yield `${headOf()}Transfer-Encoding: chunked\r\n\r\n`;
      yield* repeated('1\r\n \r\n'.repeat(10 * KIB));
    },
  },
  {
    id: 'surplus',
    sentence: 'goes on without an end behind its answers',
    answer: function* (ask) {
      yield* list(ask, jobsBody(3));
      yield* repeated(BLOCK);
    },
  },
  {
    id: 'gzip-bomb',
    sentence: 'sends 1 GiB in 1 MiB of gzip',
    answer: bomb('gzip', once(gzipped)),
    exits: [0, 1],
  },
  {
    id: 'gzip-bombs',
    sentence: 'sends gzip in gzip that grows to 1 GiB',
    answer: bomb(
      'gzip, gzip',
      once(() => gzipSync(gzipped())),
    ),
    exits: [0, 1],
  },
  {
    id: 'brotli-bomb',
    sentence: 'sends 256 MiB in 1 KiB of brotli',
    answer: bomb(
      'br',
      once(() =>
        brotliCompressSync(Buffer.alloc(256 * MIB), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
      ),
    ),
    exits: [0, 1],
  },
];

/** 64 MiB of zeros again and again: a stream of gzip may consist of several members. */
function gzipped(): Buffer {
  const member = gzipSync(Buffer.alloc(64 * MIB));
  return Buffer.concat(Array.from({ length: 16 }, () => member));
}

function bomb(coding: string, make: () => Buffer): () => readonly Piece[] {
  return () => message('200 OK', make(), `Content-Encoding: ${coding}\r\n`);
}

/** Made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
