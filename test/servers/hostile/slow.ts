import { dripped, headOf, jobsBody, list, message, NAME } from './messages.ts';
import type { Ask, HostileTarget, Piece } from './target.ts';

const LIST = jobsBody(3);

/** Servers that take their time. */
export const SLOW: readonly HostileTarget[] = [
  {
    id: 'drips',
    sentence: 'drips a byte a second of everything',
    answer: () => dripped(`${headOf()}Content-Length: ${LIST.length}\r\n\r\n${LIST}`, 1000),
    quick: true,
  },
  {
    id: 'drips-fast',
    sentence: 'drips a byte each 5 ms of everything, so that an answer takes 4 s',
    answer: () => dripped(`${headOf()}Content-Length: ${LIST.length}\r\n\r\n${LIST}`, 5),
    exits: [0, 1],
  },
  { id: 'silent', sentence: 'accepts connections and never answers', answer: () => [], quick: true },
  {
    id: 'silent-at-first',
    sentence: 'answers from the third request on',
    answer: (ask) => (ask.count < 3 ? [] : list(ask, LIST)),
    exits: [0, 1],
  },
  { id: 'silent-later', sentence: 'stops answering after 20 requests', answer: (ask) => first(20, ask, []) },
  {
    id: 'silent-now-and-then',
    sentence: 'leaves every seventh request without an answer',
    answer: (ask) => (ask.count % 7 === 0 ? [] : list(ask, LIST)),
    args: ['--timeout', '0.5'],
  },
  {
    id: 'head-alone',
    sentence: 'sends the head of each answer and never its body',
    answer: () => [`${headOf()}Content-Length: ${LIST.length}\r\n\r\n`],
  },
  {
    id: 'late',
    sentence: 'lets every list wait for 5.5 s',
    answer: (ask) => (ask.name === NAME ? [{ wait: 5500 }, ...list(ask, LIST)] : list(ask, LIST)),
    exits: [0, 1],
    quick: true,
  },
  {
    id: 'late-and-broken',
    sentence: 'lets every list wait for 3 s, and cuts it then',
    answer: () => [{ wait: 3000 }, headOf(), 'CLOSE'],
  },
  {
    id: 'later-and-later',
    sentence: 'lets each answer wait 20 ms longer than the one before',
    answer: (ask) => [{ wait: ask.count * 20 }, ...list(ask, LIST)],
    exits: [0, 1],
  },
  {
    id: 'wait-for-ever',
    sentence: 'asks to be asked again in a day',
    answer: () => message('429 Too Many Requests', '{}', 'Retry-After: 86400\r\n'),
  },
  {
    id: 'wait-now-and-then',
    sentence: 'asks to be asked again in 9 s, every third time',
    answer: (ask) =>
      ask.count % 3 === 0 ? message('429 Too Many Requests', '{}', 'Retry-After: 9\r\n') : list(ask, LIST),
    exits: [0, 1],
  },
  {
    id: 'never-ready',
    sentence: 'is about to be ready for ever',
    answer: () => message('503 Service Unavailable', '{}', 'Retry-After: 9\r\n'),
    args: ['--wait', '60'],
  },
  {
    id: 'never-ready-in-silence',
    sentence: 'accepts connections, never answers, and is waited for',
    answer: () => [],
    args: ['--wait', '60'],
  },
];

function first(count: number, ask: Ask, later: readonly Piece[]): readonly Piece[] {
  return ask.count <= count ? list(ask, LIST) : later;
}
