import type { Faults } from '../world/model.ts';
import { seededRandom } from '../world/random.ts';

/** How a world's operations misbehave: each answer waits, and some are replaced by a failure. */
export interface RunningFaults {
  readonly delayMs: number;
  /** The status of failures, and whether the next request gets one; undefined where none fails. */
  readonly failure: { readonly status: number; readonly strikes: () => boolean } | undefined;
}

/** Starts the faults of a world: the same seed fails the same requests, counted from here. */
export function startFaults({ delaySeconds, failure }: Faults): RunningFaults {
  return { delayMs: delaySeconds * 1000, failure: failure && startFailures(failure) };
}

function startFailures({ status, share, seed }: NonNullable<Faults['failure']>): RunningFaults['failure'] {
  const random = seededRandom(String(seed));
  return { status, strikes: () => random() < share };
}
