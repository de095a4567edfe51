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
  /** In order, names as sent. */
  readonly headers: readonly HeaderLine[];
  /** As text; undefined where there was none. */
  readonly body: string | undefined;
}

export interface ReceivedResponse {
  /** `1.1` */
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  /** Header lines in order, names as received. */
  readonly headers: readonly HeaderLine[];
  /** The content after transfer and content decoding; undefined where a recording does not hold it. */
  readonly body: Buffer | undefined;
  /** Every byte that came over the connection for this answer; undefined for recorded traffic. */
  readonly raw: Buffer | undefined;
}

export type HeaderLine = readonly [name: string, value: string];

/** Why there is no answer. `detail` is a sentence for people. */
export interface Failure {
  readonly kind: 'refused' | 'timeout' | 'reset' | 'closed' | 'malformed';
  readonly detail: string;
}

/** The values of a header, joined as RFC 9110 5.2 allows; undefined where it is absent. */
export function headerValue(headers: readonly HeaderLine[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  const values = headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value);
  return values.length > 0 ? values.join(', ') : undefined;
}
