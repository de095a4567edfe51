/** What a client may cost the mock. */
export const LIMITS = {
  /** Characters of a request target: several times what the longest sensible filter needs. */
  targetLength: 8192,
  /** Bytes of a request's target and headers together. */
  headerBytes: 16_384,
  /** Bytes of a body. */
  bodyBytes: 2 ** 20,
  /** Bytes of a body that are skipped, until the connection is cut. */
  skippedBytes: 32 * 2 ** 20,
  /** Milliseconds in which the headers of a request must arrive. */
  headersMs: 15_000,
  /** Milliseconds in which a whole request must arrive. */
  requestMs: 60_000,
  /** Milliseconds for which a connection is kept between two requests. */
  idleMs: 65_000,
  /** Milliseconds after which a connection is cut on which nothing moves; longer than any answer is held back. */
  silenceMs: 120_000,
  /** Milliseconds between two looks for late requests. */
  checkMs: 1_000,
  /** Milliseconds in which running answers are finished when the mock is closed. */
  closingMs: 5_000,
  /** Milliseconds between two looks for connections that a closing mock can end. */
  sweepMs: 10,
  /** Milliseconds for which a client may go on sending after it was refused, so that it gets to read why. */
  lingerMs: 500,
} as const satisfies Record<string, number>;

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

/** The same for a mock that behaves like a server, which takes much longer heads. */
export const SERVER_LIMITS: Limits = { ...LIMITS, headerBytes: 131_072 };
