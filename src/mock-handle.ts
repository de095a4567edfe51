/** What a test may ask of a mock; everything has a default. */
export interface MockOptions {
  /** A shipped scenario, or the path of a fixture file. Default: `default`. */
  readonly scenario?: string;
  /** The port to listen on. Default: 0, any free one. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`. */
  readonly host?: string;
  /** Makes this many jobs in place of the fixture's. */
  readonly jobs?: number;
  /** The same seed makes the same jobs and the same failures. */
  readonly seed?: number;
  /** The time at which made-up jobs end, as RFC 3339 writes it. Default: the real one. */
  readonly now?: string;
  /** Origins whose pages may read the answers, beside those of this machine; `*` for all. */
  readonly cors?: readonly string[];
  /** Path or URL of the OpenAPI description. Default: the shipped one. */
  readonly description?: string;
  /** Paths or URLs of OpenAPI overlays on it, in order. */
  readonly overlays?: readonly string[];
}

/** A running mock. */
export interface Mock {
  /** Such as `http://127.0.0.1:49152`, without a trailing slash. */
  readonly url: string;
  /** The requests that were answered, the oldest first; the last 1,000 of them. */
  readonly requests: readonly ReceivedRequest[];
  /** Answers from another scenario (a shipped one, or the path of a fixture file) from now on. */
  use(scenario: string): Promise<void>;
  /** Finishes the running answers and stops listening. */
  close(): Promise<void>;
}

/** A request that the mock answered. */
export interface ReceivedRequest {
  readonly method: string;
  /** As sent: percent-encoded, with the base path. */
  readonly path: string;
  /** Decoded; of a repeated parameter the first value. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The status of the answer. */
  readonly status: number;
  /** Milliseconds since 1970 at which the answer was made. */
  readonly at: number;
}
