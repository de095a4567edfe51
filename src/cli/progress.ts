import { counted } from '../report/finding.ts';
import { printable } from '../report/printable.ts';
import type { Surroundings } from './io.ts';

/** How far a run is. */
interface Stage {
  readonly requests: number;
  /** What the last request was for. */
  readonly purpose: string;
}

/** Back to the start of the line, and nothing on it (ECMA-48 8.3.41). */
const ERASE = '\r\u001b[K';

/** A line on standard error that tells how far a run is, written over itself; nothing where that is no terminal. */
export interface ProgressLine {
  show(stage: Stage): void;
  /** Leaves no trace of it. */
  erase(): void;
}

export function createProgressLine({
  err,
  errColumns,
}: Pick<Surroundings, 'err' | 'errColumns'>): ProgressLine {
  if (errColumns === undefined) {
    return { show: () => undefined, erase: () => undefined };
  }
  return {
    show({ requests, purpose }) {
      const line = `${counted(requests, 'request')}: ${printable(purpose)}`;
      // A line that fills the last column would be broken in two, and half of it would stay.
      err(`${ERASE}${line.slice(0, errColumns - 1)}`);
    },
    erase: () => err(ERASE),
  };
}
