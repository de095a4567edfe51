import type { TransportName } from './transport-answers.ts';

/** What is said to a request, before the headers are written. */
export interface Reply {
  readonly status: number;
  /** Undefined for an answer without content. */
  readonly body: Buffer | undefined;
  /** The documented media type of the body. */
  readonly type: string | undefined;
  /** Further headers: name, value, name, value … */
  readonly headers: readonly string[];
  /** What was answered and why, for the log. */
  readonly why: string;
  /** Set where the documented page does not describe the answer. */
  readonly transport: TransportName | undefined;
  /** How long the answer is held back. */
  readonly delayMs: number;
  /** False where the same request may get another answer the next time. */
  readonly repeatable: boolean;
  /** The reply that takes this one's place each time that `strikes` says so. */
  readonly failure: { readonly strikes: () => boolean; readonly reply: Reply } | undefined;
}

/** A complete answer: made once, and sent as often as the same is asked. */
export interface Answer extends Omit<Reply, 'type' | 'headers' | 'failure'> {
  /** Name, value, name, value … in the order in which they are sent. */
  readonly headers: string[];
  /** Stands in the place of the status's usual name. */
  readonly reason?: string;
  /** Whether nothing may be added to the headers: neither a date nor what becomes of the connection. */
  readonly isBare?: boolean;
  readonly failure: { readonly strikes: () => boolean; readonly answer: Answer } | undefined;
}

/** A reply of these parts; what is not given is absent. */
export function replyOf(parts: Pick<Reply, 'status' | 'why'> & Partial<Reply>): Reply {
  return {
    body: undefined,
    type: undefined,
    headers: [],
    transport: undefined,
    delayMs: 0,
    repeatable: true,
    failure: undefined,
    ...parts,
  };
}
