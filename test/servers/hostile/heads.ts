import { headOf, jobsBody, KIB, list, MIB, message, NAME, repeated } from './messages.ts';
import type { HostileTarget, Piece } from './target.ts';

const LIST = jobsBody(3);
const BLOCK = 'x'.repeat(MIB);

/** Servers that make too much of everything around the body. */
export const HEADS: readonly HostileTarget[] = [
  {
    id: 'million-headers',
    sentence: 'sends 1,000,000 header lines',
    answer: () => withLines(repeated('X-Header: 1\r\n'.repeat(1000), 1000)),
    quick: true,
  },
  {
    id: 'endless-headers',
    sentence: 'sends header lines without an end',
    answer: () => withLines(repeated('X-Header: 1\r\n'.repeat(1000))),
  },
  {
    id: 'many-short-headers',
    sentence: 'sends 15,000 header lines with each answer',
    answer: ({ count }) => withLines([`a${count}:\r\n`.repeat(15_000)]),
    exits: [0, 1],
  },
  {
    id: 'many-broken-headers',
    sentence: 'sends 15,000 header lines without a colon',
    answer: ({ count }) => withLines([`a${count}\r\n`.repeat(15_000)]),
  },
  {
    id: 'long-header',
    sentence: 'sends a header line of 100 MB',
    answer: () => withLines(['X-Header: ', ...repeated('x'.repeat(1e6), 100), '\r\n']),
  },
  {
    id: 'long-status-line',
    sentence: 'sends a status line of 100 MB',
    answer: () => ['HTTP/1.1 200 ', ...repeated('x'.repeat(1e6), 100), '\r\n\r\n'],
  },
  {
    id: 'large-headers',
    sentence: 'sends header lines of 200 KiB, others each time',
    answer: ({ count }) => withLines([`X-Header: ${count} ${'x'.repeat(200 * KIB)}\r\n`]),
    exits: [0, 1],
  },
  ...[
    'Content-Type',
    'Allow',
    'Vary',
    'ETag',
    'Retry-After',
    'Set-Cookie',
    'Location',
    'Cache-Control',
  ].flatMap(tangled),
  {
    id: 'endless-interim',
    sentence: 'says 100 Continue for ever',
    answer: () => repeated('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)),
    quick: true,
  },
  {
    id: 'long-interim',
    sentence: 'sends 60 KiB of early hints before each answer',
    answer: (ask) => [
      `HTTP/1.1 103 Early Hints\r\nLink: <${'x'.repeat(60 * KIB)}>\r\n\r\n`,
      ...list(ask, LIST),
    ],
    exits: [0, 1],
  },
  {
    id: 'redirects',
    sentence: 'sends everybody elsewhere for ever',
    answer: ({ count }) =>
      message('302 Found', '', `Location: /api/metalakes/${NAME}/jobs/runs?${count}\r\n`),
  },
  {
    id: 'redirects-to-itself',
    sentence: 'sends everybody back to where they are',
    answer: ({ target }) => message('307 Temporary Redirect', '', `Location: ${target}\r\n`),
  },
  {
    id: 'endless-extension',
    sentence: 'sends a chunk extension without an end',
    answer: () => chunked(chain(['5;x="'], repeated(BLOCK))),
  },
  {
    id: 'endless-extensions',
    sentence: 'sends small chunks with long extensions without an end',
    answer: () => chunked(repeated(`1;x="${'y'.repeat(10 * KIB)}"\r\n \r\n`)),
  },
  {
    id: 'endless-trailer',
    sentence: 'sends a trailer line without an end',
    answer: () => chunked(chain(['0\r\nX-Trailer: '], repeated(BLOCK))),
  },
  {
    id: 'endless-trailers',
    sentence: 'sends trailer lines without an end',
    answer: () => chunked(chain(['0\r\n'], repeated('X-Trailer: 1\r\n'.repeat(1000)))),
  },
];

/** Values on which careless patterns never come to an end. */
function tangled(name: string): readonly HostileTarget[] {
  const values = [' '.repeat(60 * KIB), ','.repeat(60 * KIB), '"\\'.repeat(30 * KIB), 'a=;'.repeat(20 * KIB)];
  return [
    {
      id: `tangled-${name.toLowerCase()}`,
      sentence: `sends a ${name} of 60 KiB that means nothing`,
      answer: ({ count }) => withLines([`${name}: x${values[count % values.length]}x\r\n`]),
      exits: [0, 1],
    },
  ];
}

function* withLines(lines: Iterable<Piece>): Generator<Piece, void> {
  yield headOf();
  yield* lines;
  yield `Content-Length: ${LIST.length}\r\n\r\n${LIST}`;
}

function* chunked(chunks: Iterable<Piece>): Generator<Piece, void> {
  yield `${headOf()}Transfer-Encoding: chunked\r\n\r\n`;
  yield* chunks;
}

function* chain(...parts: readonly Iterable<Piece>[]): Generator<Piece, void> {
  for (const part of parts) {
    yield* part;
  }
}
