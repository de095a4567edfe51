import type { Audit, World } from '../model.ts';
import { type Clock, type Instant, timeText } from './clock.ts';
import { Executor } from './executor.ts';
import { SERVER, type Times } from './jobs.ts';
import { StoredMetalake } from './metalake.ts';
import { Metalakes } from './metalakes.ts';
import type { Call, Outcome } from './model.ts';
import { done, type Facts, mayRefuse, refused } from './outcome.ts';
import type { SavedState } from './saved-state.ts';

export interface StateOptions {
  readonly clock: Clock;
  /** Seconds between two looks at the running jobs; the world's where absent, or else one. */
  readonly pullSeconds?: number;
  /** Digits of a second in the times of audits; 6 where absent. */
  readonly digits?: 6 | 9;
}

/** What a state holds, for its operations. */
export class Store {
  readonly world: World;
  /** Draws job ids, and the runs that a rule with a share decides. */
  readonly seed: number;
  readonly metalakes: Metalakes;
  readonly executor: Executor;
  /** Counts the changes. */
  changes = 0;
  /** Counts the runs that were asked for. */
  turn: number;
  now: Instant;
  readonly #clock: Clock;
  readonly #times: Times;
  /** When the looks at the running jobs began. */
  readonly #epoch: Instant;

  constructor(world: World, options: StateOptions, saved?: SavedState) {
    const { clock, digits = 6 } = options;
    this.world = world;
    this.seed = world.seed ?? 1;
    this.executor = new Executor(world.runs?.atOnce ?? Number.POSITIVE_INFINITY);
    this.#clock = clock;
    this.now = clock.now();
    this.#epoch = saved?.epoch ?? this.now;
    this.turn = saved?.turn ?? 0;
    const pull = Math.max(1, Math.round((options.pullSeconds ?? world.runs?.pullSeconds ?? 1) * 1e6));
    const looks = (instant: Instant) => (instant - this.#epoch) / pull;
    this.#times = {
      digits,
      seen: (instant) => this.#epoch + Math.max(1, Math.ceil(looks(instant))) * pull,
      looks: (now) => Math.floor(looks(now)),
    };
    const audit = { creator: SERVER, createTime: timeText(this.#epoch, digits) };
    this.metalakes = new Metalakes(world, audit);
    if (saved) {
      this.#restore(saved);
    }
  }

  /** Goes on to the present, and stays there until it is called again: an operation is done at one instant. */
  tick(): void {
    this.now = this.#clock.now();
    this.executor.advance(this.now);
  }

  /** `now` as a text. */
  get time(): string {
    return timeText(this.now, this.#times.digits);
  }

  /** The audit of something new. */
  created({ by = SERVER }: Call): Audit {
    return { creator: by, createTime: this.time };
  }

  /** The metalake of a name, with its jobs as they are now. */
  enter(name: string, call: Call, facts: Facts): Outcome<StoredMetalake> {
    const metalake = this.metalakes.find(name);
    if (!metalake) {
      return refused('absent-metalake', facts);
    }
    metalake.settle(this.now, this.#times);
    return !metalake.record.inUse && mayRefuse(call, 'disabled-metalake')
      ? refused('disabled-metalake', facts)
      : done(metalake);
  }

  /** What was entered under a name, to be changed. */
  change(name: string, entered: StoredMetalake): StoredMetalake {
    this.changes += 1;
    return this.metalakes.toChange(name, entered);
  }

  /** Between two looks at the running jobs only changes make a difference, and where none runs there is nothing to see. */
  revision(): string {
    const isRunning = Array.from(this.metalakes.own()).some(({ hasPlans }) => hasPlans);
    return `${this.changes} ${isRunning ? this.#times.looks(this.now) : 'at rest'}`;
  }

  save(): SavedState {
    return {
      format: 'gravitino-jobs-kit state 1',
      now: this.now,
      epoch: this.#epoch,
      turn: this.turn,
      gone: [...this.metalakes.gone()],
      metalakes: Array.from(this.metalakes.own(), (metalake) => metalake.parts()),
    };
  }

  #restore({ gone, metalakes }: SavedState): void {
    for (const name of gone) {
      this.metalakes.remove(name);
    }
    for (const parts of metalakes) {
      this.metalakes.put(new StoredMetalake(parts));
    }
    const plans = metalakes.flatMap(({ jobs }) => jobs.flatMap(({ plan }) => plan ?? []));
    for (const plan of plans.sort((a, b) => a.turn - b.turn)) {
      this.executor.take(plan);
    }
  }
}
