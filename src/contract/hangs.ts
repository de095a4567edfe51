/** So many requests of a kind without an answer in time, and the others are not waited for as long. */
const ENOUGH = 2;

/** The least that is waited for then, in milliseconds, and how much longer than for the slowest answer. */
const LEAST = 500;
const FACTOR = 4;

/** How a request is waited for. */
export interface Patience {
  /** How often it is sent until an answer comes in time. */
  readonly tries: 1 | 2;
  /** For each try; undefined for the usual time. */
  readonly seconds?: number;
}

/** What is known of the requests of one kind. */
interface Known {
  hung: number;
  answered: number;
  slowestMs: number;
}

/**
 * What a run learns from requests that get no answer: the first two of a kind are waited for in full, the first one
 * twice. Of a kind that never got an answer no more are sent then; others are given up much sooner.
 */
export class Hangs {
  readonly #kinds = new Map<string, Known>();

  /** Undefined where it is not worth sending. */
  patienceFor(kind: string): Patience | undefined {
    const { hung, answered, slowestMs } = this.#known(kind);
    if (hung === 0) {
      return { tries: 2 };
    }
    if (hung < ENOUGH) {
      return { tries: 1 };
    }
    return answered === 0 ? undefined : { tries: 1, seconds: Math.max(LEAST, slowestMs * FACTOR) / 1000 };
  }

  /** Whether a request of the kind was ever answered. */
  isAnswered(kind: string): boolean {
    return this.#known(kind).answered > 0;
  }

  sawAnswer(kind: string, durationMs: number): void {
    const known = this.#known(kind);
    known.answered += 1;
    known.slowestMs = Math.max(known.slowestMs, durationMs);
  }

  sawHang(kind: string): void {
    this.#known(kind).hung += 1;
  }

  #known(kind: string): Known {
    const known = this.#kinds.get(kind) ?? { hung: 0, answered: 0, slowestMs: 0 };
    this.#kinds.set(kind, known);
    return known;
  }
}
