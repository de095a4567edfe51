import type { Location } from '../errors.ts';

export type Severity = 'error' | 'warning';

/** A rule broken, grouped over the exchanges that broke it in the same way. */
export interface Finding {
  readonly severity: Severity;
  /** The id of the rule. */
  readonly check: string;
  /** One sentence: what is wrong, for a reader who has not seen the code. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** JSON pointer into the answer's body; undefined where the finding is not about a value. */
  readonly pointer: string | undefined;
  /** What convicts: `file:line` of the description, or the section of an RFC. */
  readonly source: Location | string;
  /** A command line that repeats the request, without any secret. */
  readonly curl: string;
  /** In how many exchanges it was seen. */
  readonly count: number;
}

/** A claim that this target gave no chance to test. */
export interface Untested {
  readonly check: string;
  /** Why, and what would make it testable. */
  readonly reason: string;
}

/** The outcome of a run. */
export interface Report {
  /** `no-verdict`: nothing could be judged; `reason` says why. */
  readonly verdict: 'conforms' | 'violates' | 'no-verdict';
  /** Why there is no verdict; undefined otherwise. */
  readonly reason: string | undefined;
  /** The base URL that was judged, or the file of recorded traffic. Without userinfo. */
  readonly target: string;
  /** The description's file or URL. */
  readonly description: string;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly untested: readonly Untested[];
  /** The ids of the rules that were tested and found kept. */
  readonly kept: readonly string[];
  /** Remarks on how the run came about: which base path was used, what was passed over. */
  readonly notes: readonly string[];
  /** Requests sent, or recorded exchanges judged. */
  readonly requests: number;
  readonly durationMs: number;
}
