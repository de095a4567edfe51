import { KitError } from '../../errors.ts';

/** A time in whole microseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** The time that a state lives by. It never goes back. */
export interface Clock {
  /** Seconds that pass in a second: 1 for the real time, 0 for a clock that is only moved by hand. */
  readonly speed: number;
  now(): Instant;
  /**
   * Lets some time pass at once.
   * @throws KitError USAGE where that is less than none, or too much
   */
  advance(milliseconds: number): void;
  /**
   * Moves to a later time.
   * @throws KitError USAGE where that has passed, or is no time
   */
  set(time: Date): void;
}

export interface ClockOptions {
  /** 1 where absent; 60 makes a minute last a second; 0 stops the clock. */
  readonly speed?: number;
  /** What the clock shows at first; the present where absent. */
  readonly start?: Date;
}

/** The end of the times that RFC 3339 can write. */
const LATEST: Instant = Date.UTC(10_000, 0) * 1000;

/** Starts a clock. */
export function createClock({ speed = 1, start }: ClockOptions = {}): Clock {
  const begun = realTime();
  let shown = start ? start.getTime() * 1000 : begun;
  let latest = 0;
  const now = () => {
    latest = Math.max(latest, Math.floor(shown + (realTime() - begun) * speed));
    return latest;
  };
  const move = (by: number) => {
    if (!(by >= 0 && now() + by < LATEST)) {
      const reason = `the clock shows ${timeText(now(), 6)} and cannot be moved by ${by / 1e6} s`;
      throw KitError.of('USAGE', { reason, advice: 'It only goes forward, and not beyond the year 9999.' });
    }
    shown += Math.round(by);
  };
  return {
    speed,
    now,
    advance: (milliseconds) => move(milliseconds * 1000),
    set: (time) => move(time.getTime() * 1000 - now()),
  };
}

/**
 * An RFC 3339 time in UTC with so many digits of a second, such as 2025-08-12T02:14:28.205023Z with six. Nothing is known of
 * what lies below a microsecond; it is made up, since servers leave out digits that are all 0.
 */
export function timeText(instant: Instant, digits: 3 | 6 | 9): string {
  const whole = new Date(Math.floor(instant / 1000)).toISOString().slice(0, -'.000Z'.length);
  const below = 1 + (((instant % 1_000_000) * 7919) % 999);
  const fraction = `${instant % 1_000_000}`.padStart(6, '0') + `${below}`.padStart(3, '0');
  return `${whole}.${fraction.slice(0, digits)}Z`;
}

/** Steady where the time of the computer is set back, and in step with it after the computer has slept. */
function realTime(): Instant {
  const steady = (performance.timeOrigin + performance.now()) * 1000;
  return Math.floor(Math.max(steady, Date.now() * 1000));
}
