import type { Instant } from './clock.ts';

/** A run on its way through the executor. The executor alone sets `started` and `ended`. */
export interface Plan {
  /** Counts the runs of a state. */
  readonly turn: number;
  /** It starts then, or as soon as another one has made room. */
  readonly ready: Instant;
  /** Microseconds from its start to its end. */
  readonly lasts: number;
  outcome: 'succeeded' | 'failed' | 'cancelled';
  started?: Instant;
  /** Known from its start on, so it may lie in the future. */
  ended?: Instant;
}

/**
 * Runs jobs, so many at once and the others one after the other, without any timer: what has happened until an instant
 * is computed when somebody asks for it. Instants must not go back.
 */
export class Executor {
  readonly #atOnce: number;
  /** In the order in which they will start. */
  readonly #waiting: Plan[] = [];
  #running: Plan[] = [];
  #now: Instant = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Takes a plan: a new one, or one that was taken before the program ended. */
  take(plan: Plan): void {
    if (plan.started !== undefined) {
      this.#running.push(plan);
    } else if (plan.ended === undefined) {
      const after = this.#waiting.findLastIndex(({ ready }) => ready <= plan.ready);
      this.#waiting.splice(after + 1, 0, plan);
    }
  }

  /** Starts what starts until `now`. */
  advance(now: Instant): void {
    const waited = this.#waiting.length;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const start = this.#roomFrom(Math.max(next.ready, this.#now));
      if (start > now) {
        break;
      }
      this.#waiting.shift();
      next.started = start;
      next.ended = start + next.lasts;
      this.#running.push(next);
    }
    if (this.#waiting.length < waited) {
      this.#running = this.#running.filter((plan) => endOf(plan) > now);
    }
    this.#now = now;
  }

  /** Ends a plan right after the instant that `advance` came to. One that has ended stays as it is. */
  cancel(plan: Plan): void {
    if (endOf(plan) > this.#now) {
      plan.ended = this.#now + 1;
      plan.outcome = 'cancelled';
      const index = this.#waiting.indexOf(plan);
      if (index >= 0) {
        this.#waiting.splice(index, 1);
      }
    }
  }

  /** The first instant from `from` on at which fewer than `atOnce` run. */
  #roomFrom(from: Instant): Instant {
    if (this.#running.length < this.#atOnce) {
      return from;
    }
    const ends = this.#running.map(endOf).filter((end) => end > from);
    const tooMany = ends.length - this.#atOnce;
    return tooMany < 0 ? from : (ends.sort((a, b) => a - b)[tooMany] ?? from);
  }
}

function endOf({ ended }: Plan): Instant {
  return ended ?? Number.POSITIVE_INFINITY;
}
