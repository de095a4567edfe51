import { life, scenery } from './lives.js';
import { soundRequest } from './operations.js';
import { Random } from './random.js';
import { twisted } from './twists.js';
import { sized, WIRES } from './wires.js';

/**
 * A request to be sent: in the form of the recordings, with the number of answers to it. `{job}` in its path stands for the id
 * of the job that was run last, and `{number}` for the number in it; `wait` says in which status that job must be before.
 * @typedef {{ id: string, request: import('../recording.js').Recorded, count: number, wait?: string[] }} Step
 */

/**
 * The same requests for the same seed.
 * @returns {Step[]}
 */
export function sequence(count, seed) {
  const random = new Random(seed);
  const steps = scenery().map((step) => ({ ...step, kind: 'scene' }));
  while (steps.length < count) {
    steps.push(...random.weighed(KINDS)(random));
  }
  return steps.map(({ kind, ...step }, index) => ({ id: `${kind}.${index}`, ...step }));
}

const KINDS = [
  [90, (random) => [{ kind: 'request', request: twisted(random, soundRequest(random)), count: 1 }]],
  [8, wire],
  [2, (random) => [{ kind: 'size', request: raw(sized(random)), count: 1 }]],
  [1, (random) => life(random).map((step) => ({ ...step, kind: 'life' }))],
];

function wire(random) {
  const { id, raw: bytes, count } = random.pick(WIRES);
  return [{ kind: `wire.${id}`, request: raw(bytes), count }];
}

function raw(bytes) {
  const [method, path = ''] = bytes.trimStart().split(' ');
  return { method, path, raw: bytes };
}
