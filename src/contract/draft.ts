import type { HeaderLine } from './exchange.ts';
import type { TlsTrust } from './raw-send.ts';

/** A request to be sent. */
export interface Draft {
  /** What it is for; the exchange's id. */
  readonly id: string;
  readonly method: string;
  /** Path and query, percent-encoded. It is sent as it is, even where it is malformed. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
  /** True where the origin is to stand in front of the target (RFC 9112 3.2.2). */
  readonly isAbsolute?: boolean;
  /** Absent for 1.1. */
  readonly httpVersion?: '1.0';
  readonly body?: string | undefined;
  /** True for a request that no client library sends as it is: it goes over a connection of its own. */
  readonly alone?: boolean;
  /** Milliseconds for which such a connection is watched once the answer came; by default a few. */
  readonly watchedMs?: number;
  /**
   * The bytes to be sent in place of a well-formed request, made of the Host header and the headers of every request.
   * `method`, `target` and `headers` then say what a server may take them for.
   */
  readonly raw?: (headers: readonly HeaderLine[]) => Buffer;
}

export interface SenderOptions {
  /** `http://host:port`, without a path. */
  readonly origin: string;
  /** Sent with every request. A header of the draft of the same name wins. */
  readonly headers: readonly HeaderLine[];
  /** For each try, from the connection to the last byte. */
  readonly timeoutSeconds: number;
  readonly tls?: TlsTrust;
}
