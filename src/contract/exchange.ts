/** One request and everything that came back. Plain data: rules read it, nobody changes it. */
export interface Exchange {
  /** What the request was for (a probe's id), or the id or index that a recording gives it. */
  readonly id: string;
  readonly request: SentRequest;
  /** Undefined where no answer came: then `failure` says why. */
  readonly response: ReceivedResponse | undefined;
  readonly failure: Failure | undefined;
  /** Milliseconds from the first byte sent to the last received; undefined where a recording does not say. */
  readonly durationMs: number | undefined;
}

export interface SentRequest {
  readonly method: string;
  /** The request target as on the request line (origin-form): path and query, still percent-encoded. */
  readonly target: string;
  /** `https://host:port`, without userinfo; absent where a recording does not say: then the Host header tells. */
  readonly origin?: string;
  /** In order, names as sent. */
  readonly headers: readonly HeaderLine[];
  /** As text; undefined where there was none. */
  readonly body: string | undefined;
  /**
   * True where what was sent is no well-formed HTTP request (RFC 9112: no Host, two of them, a folded header, bytes that
   * are no request line), or more than the fields above tell (pipelined requests). What such a request gets is hardly
   * ever wrong.
   */
  readonly irregular?: boolean;
}

export interface ReceivedResponse {
  /** `1.1`; empty where a recording does not say. */
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  /** Header lines in order, names as received. */
  readonly headers: readonly HeaderLine[];
  /** The content after transfer and content decoding; undefined where a recording does not hold it, or for `bodyProblem`. */
  readonly body: Buffer | undefined;
  /** Why there is no `body` though one came. `detail` is a sentence for people. */
  readonly bodyProblem?: { readonly kind: 'coding' | 'size'; readonly detail: string };
  /** The bytes that came over the connection for this answer, at most 1 MiB of them; undefined for recorded traffic. */
  readonly raw: Buffer | undefined;
}

export type HeaderLine = readonly [name: string, value: string];

/** Why there is no answer. `detail` is a sentence for people. */
export interface Failure {
  /** `refused`: no connection; `closed` and `reset`: it ended before the answer did; `malformed`: the bytes are no HTTP. */
  readonly kind: 'refused' | 'timeout' | 'reset' | 'closed' | 'malformed';
  readonly detail: string;
  /** The bytes that came all the same, at most 1 MiB of them. */
  readonly raw?: Buffer;
}

/** The values of a header, joined as RFC 9110 5.2 allows; undefined where it is absent. */
export function headerValue(headers: readonly HeaderLine[], name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length > 0 ? values.join(', ') : undefined;
}

/** The values of a header's lines, in order. */
export function headerValues(headers: readonly HeaderLine[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value);
}
