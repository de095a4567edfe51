/** A server that is out to wear down whoever judges it. */
export interface HostileTarget {
  readonly id: string;
  /** What the server does. */
  readonly sentence: string;
  /** What it writes in answer to a request: piece by piece, as fast as they are taken. The connection stays open. */
  readonly answer: (ask: Ask) => Iterable<Piece>;
  /** What it writes before anybody asked. */
  readonly greet?: () => Iterable<Piece>;
  /** The exit codes that are right; by default 1 alone. */
  readonly exits?: readonly number[];
  /** Seconds that the judging may take; by default `BUDGET`. */
  readonly budget?: number;
  /** More arguments of the command. */
  readonly args?: readonly string[];
  /** True where it belongs to the few that every test run tries. */
  readonly quick?: true;
}

/** A request, as far as these servers care. */
export interface Ask {
  readonly method: string;
  readonly target: string;
  /** The metalake that is asked for, percent-encoded; undefined at any other path. */
  readonly name: string | undefined;
  /** The how manyth request of the server this is, from 1. */
  readonly count: number;
}

/** Bytes to be written (text is Latin-1), milliseconds to wait, or the end of the connection. */
export type Piece = string | Buffer | { readonly wait: number } | 'CLOSE' | 'RESET';

/** Seconds that judging such a server may take unless it says otherwise. */
export const BUDGET = 4;
