import type { Location } from '../errors.ts';
import type { OperationCoverage } from './coverage.ts';

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
  /** In how many exchanges it was seen; 0 where it is about no exchange. */
  readonly count: number;
  /** The operation that it is about, and where that is described. */
  readonly operation?: { readonly id: string; readonly where: Location };
  /** Every different value that was seen; `actual` names the first of them. */
  readonly values?: readonly string[];
  /** The exchange that `curl` repeats. */
  readonly evidence?: Transcript;
}

/** An exchange as people read it: text as on the wire, cut where it is long. */
export interface Transcript {
  readonly request: string;
  /** What came back; what came of it where the answer is no whole one. */
  readonly response: string;
  /** The part of `response` that convicts, in UTF-16 code units; undefined where no part alone does. */
  readonly marked: { readonly start: number; readonly end: number } | undefined;
}

/** A finding that is known and put up with: which one, why, and until when. */
export interface Waiver {
  /** The id of the rule. */
  readonly rule: string;
  /** The id of the operation; undefined for any. */
  readonly operation: string | undefined;
  /** JSON pointer to the value; an index in it, or `*`, stands for any. Undefined for any place. */
  readonly pointer: string | undefined;
  /** The values that may be seen, as a finding shows them; undefined for any. */
  readonly values: readonly string[] | undefined;
  readonly reason: string;
  /** An http(s) URL. */
  readonly link: string | undefined;
  /** The last day on which it holds, as `YYYY-MM-DD` in UTC; undefined for ever. */
  readonly expires: string | undefined;
  /** Where the ledger says so. */
  readonly where: Location;
}

/** A finding that does not fail the run, and what lets it pass. */
export interface Waived {
  readonly finding: Finding;
  readonly waiver: Waiver;
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
  /** The description's file or URL, and the names of the overlays on it. */
  readonly description: string;
  /** Worst first, without those that are waived. */
  readonly findings: readonly Finding[];
  /** The findings that a waiver covers, worst first. */
  readonly waived?: readonly Waived[];
  /** The waivers whose finding did not occur although its rule was tested: they can go. */
  readonly healed?: readonly Waiver[];
  readonly untested: readonly Untested[];
  /** The ids of the rules that were tested and found kept. */
  readonly kept: readonly string[];
  /** Remarks on how the run came about: which base path was used, what was passed over. */
  readonly notes: readonly string[];
  /** What of the description the answers showed; absent where nothing was judged. */
  readonly coverage?: readonly OperationCoverage[];
  /** Requests sent, or recorded exchanges judged. */
  readonly requests: number;
  readonly durationMs: number;
}
