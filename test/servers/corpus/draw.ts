import { createHash } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Random choices that follow from a seed alone. */
export class Draw {
  #state: number;

  constructor(seed: string) {
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE();
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.fraction() < share;
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][this.int(0, others.length)] ?? first;
  }

  /** Lower-case letters, of which the last may be digits. */
  word(): string {
    const letters = Array.from({ length: this.int(4, 9) }, () => LETTERS[this.int(0, 25)] ?? 'a').join('');
    return this.chance(0.3) ? `${letters}${this.int(1, 99)}` : letters;
  }

  shuffled<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => [this.fraction(), item] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, item]) => item);
  }
}
