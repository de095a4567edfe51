import fc from 'fast-check';
import * as requests from './requests.js';
import * as wreckage from './wreckage.js';

/**
 * A hostile exchange: what is sent over one connection, and what must come back.
 * @typedef {object} Probe
 * @property {string} kind what it is about
 * @property {readonly string[]} pieces what is sent, in Latin-1; between two there is a pause
 * @property {readonly string[]} methods of the requests to which an answer is due, in order
 * @property {boolean} [isOpen] whether more or fewer answers may come than are due
 * @property {'close' | 'half-close' | 'reset' | 'leave'} [ending] how the client ends the connection: after the answers, or,
 *   where it half-closes or leaves, as soon as everything is sent
 */

/** Requests that are right enough to look at what happens to the connection under them. */
const { targets, accepts, headers, chunkedBodies, pipelined } = requests;
const whole = fc.oneof(targets, accepts, headers, chunkedBodies, pipelined);

const slowStarts = fc
  .tuple(whole, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }))
  .map(([probe, places]) => ({
    ...probe,
    kind: 'slow starts',
    pieces: cut(probe.pieces.join(''), places),
  }));

const halfClosed = whole.map((probe) => ({
  ...probe,
  kind: 'half-closed connections',
  ending: 'half-close',
}));

const halfClosedEarly = fc.tuple(halfClosed, fc.nat()).map(([probe, place]) => ({
  ...probe,
  pieces: cut(probe.pieces.join(''), [place]).slice(0, 1),
  isOpen: true,
}));

/** More than a client takes in before it leaves. */
const flood = pipelined.map(({ pieces, methods, ...probe }) => ({
  ...probe,
  pieces: pieces.map((piece) => piece.repeat(100)),
  methods: Array.from({ length: 100 }, () => methods).flat(),
}));

const leaving = fc.oneof({ weight: 9, arbitrary: whole }, flood).map((probe) => ({
  ...probe,
  kind: 'clients that leave',
  isOpen: true,
  ending: 'leave',
}));

const leavingEarly = fc.tuple(leaving, fc.nat()).map(([probe, place]) => ({
  ...probe,
  pieces: cut(probe.pieces.join(''), [place]).slice(0, 1),
}));

const WEIGHTED = [
  { weight: 5, arbitrary: targets },
  { weight: 3, arbitrary: requests.queries },
  { weight: 2, arbitrary: requests.methods },
  { weight: 4, arbitrary: headers },
  { weight: 4, arbitrary: accepts },
  { weight: 5, arbitrary: requests.preferences },
  { weight: 1, arbitrary: requests.preflights },
  { weight: 2, arbitrary: requests.bodies },
  { weight: 2, arbitrary: chunkedBodies },
  { weight: 1, arbitrary: requests.expectations },
  { weight: 1, arbitrary: requests.upgrades },
  { weight: 1, arbitrary: requests.large },
  { weight: 2, arbitrary: pipelined },
  { weight: 3, arbitrary: wreckage.noHttp },
  { weight: 1, arbitrary: wreckage.afterRequests },
  { weight: 1, arbitrary: wreckage.tunnels },
  { weight: 1, arbitrary: wreckage.lineEnds },
  { weight: 1, arbitrary: wreckage.requestLines },
  { weight: 3, arbitrary: wreckage.framing },
  { weight: 2, arbitrary: slowStarts },
  { weight: 2, arbitrary: halfClosed },
  { weight: 1, arbitrary: halfClosedEarly },
  { weight: 1, arbitrary: leaving },
  { weight: 1, arbitrary: leavingEarly },
];

/** The same probes for the same seed. */
export function makeProbes(seed, count) {
  const ending = fc.constantFrom('close', 'reset');
  const probe = fc.tuple(ending, fc.oneof(...WEIGHTED)).map(([usual, made]) => ({ ending: usual, ...made }));
  return fc.sample(probe, { seed, numRuns: count });
}

/** Cuts a text at some places, given as any numbers. */
function cut(text, places) {
  const sorted = [...new Set(places.map((place) => 1 + (place % (text.length - 1))))].sort((a, b) => a - b);
  return [0, ...sorted].map((start, index) => text.slice(start, sorted[index]));
}
