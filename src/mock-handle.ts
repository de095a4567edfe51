/** What a test may ask of a mock; everything has a default. */
export interface MockOptions {
  /** The release whose server the mock is to be like, such as `gravitino-1.3`. Default: none, but the documentation. */
  readonly dialect?: string;
  /** A shipped scenario, or the path of a fixture file. Default: `default`, with a dialect `server`. */
  readonly scenario?: string;
  /** The port to listen on. Default: 0, any free one. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`. */
  readonly host?: string;
  /** Makes this many jobs in place of the fixture's. */
  readonly jobs?: number;
  /** The same seed makes the same jobs and the same failures. */
  readonly seed?: number;
  /** The time that it is when the mock starts, as RFC 3339 writes it; made-up jobs end then. Default: the real one. */
  readonly now?: string;
  /** `manual` stops the clock: only `clock` of the mock and control requests move it. Default: `real`. */
  readonly clock?: 'real' | 'manual';
  /** How many seconds pass in one. Default: 1. */
  readonly speed?: number;
  /** The path of a file that keeps what changes, or `memory`. Default: `memory`. */
  readonly state?: string;
  /** Whether requests below `/__jobs-kit/` may control the mock. Default: true. */
  readonly control?: boolean;
  /** Serves the operations of the shipped description alone, without their companions. Default: false. */
  readonly endpointOnly?: boolean;
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
  /**
   * Answers from another scenario (a shipped one, or the path of a fixture file) from now on, as if it had just begun.
   * @throws KitError SCENARIO_UNKNOWN, FIXTURE_INVALID and the like; then nothing changes.
   */
  use(scenario: string): Promise<void>;
  /** Forgets what requests have changed. */
  reset(): Promise<void>;
  /** The time that jobs live by. */
  readonly clock: MockClock;
  /** Finishes the running answers and stops listening. */
  close(): Promise<void>;
}

/** The clock of a mock. It only goes forward. */
export interface MockClock {
  now(): Promise<Date>;
  /** Lets time pass at once. */
  advance(milliseconds: number): Promise<void>;
  /** Moves to a later time. */
  set(time: Date | string): Promise<void>;
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
