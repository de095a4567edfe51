import type { RawHead } from './raw-head.ts';
import type { WireFault } from './wire-fault.ts';

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
  /** True where a first try, over a connection that was used before, got no answer in time, and a fresh one did. */
  readonly hungOnReuse?: boolean;
  /** What went over the connection; undefined for recorded traffic, and where there was none. */
  readonly wire?: Wire;
}

/** What went over the connection, byte by byte, read by the grammar of HTTP and not by a forgiving client library. */
export interface Wire {
  /** The request, at most 64 KiB of it. */
  readonly sent: Buffer;
  /** What came for this request: interim answers, the answer, and what followed it; at most 64 KiB of it. */
  readonly received: Buffer;
  /** How many bytes came. */
  readonly size: number;
  /** Without its line end; undefined where none came. */
  readonly statusLine: string | undefined;
  /** Interim answers (RFC 9110 15.2), in order. */
  readonly interim: readonly RawHead[];
  readonly trailers: readonly HeaderLine[];
  /** How many bytes the body had after transfer decoding and before content decoding. */
  readonly contentSize: number;
  /** How the bytes break RFC 9112, in order. */
  readonly faults: readonly WireFault[];
  /** What followed the end of the answer, at most 1 KiB of it. */
  readonly surplus: Buffer;
  /** What had come before this request was sent, behind the end of the answer before it; at most 1 KiB. */
  readonly leftover: Buffer;
  /** How the connection stood when the exchange was over. */
  readonly connection: 'open' | 'closed' | 'reset';
  /** Milliseconds from the sending of the request; undefined where nothing came. */
  readonly firstByteMs: number | undefined;
  readonly lastByteMs: number | undefined;
}

export interface SentRequest {
  readonly method: string;
  /** The request target as on the request line (origin-form): path and query, still percent-encoded. */
  readonly target: string;
  /** `https://host:port`, without userinfo; absent where a recording does not say: then the Host header tells. */
  readonly origin?: string;
  /** In order, names as sent. */
  readonly headers: readonly HeaderLine[];
  /** Absent for 1.1, and where a recording does not say. */
  readonly httpVersion?: '1.0';
  /** The headers of every request of the run, which may be secret; absent for recorded traffic, in which any may. */
  readonly common?: readonly HeaderLine[];
  /** As text; undefined where there was none. */
  readonly body: string | undefined;
  /** All of it, where it was written byte by byte. */
  readonly bytes?: Buffer;
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
  /** How many bytes the body has, where only its beginning is kept: 256 KiB. */
  readonly bodySize?: number;
  readonly bodyProblem?: BodyProblem;
  /** The bytes that came over the connection for this answer, at most 64 KiB of them; undefined for recorded traffic. */
  readonly raw: Buffer | undefined;
}

/** Why there is no body though one came. `detail` is a sentence for people. */
export interface BodyProblem {
  /**
   * `coding`: it is not encoded as it says; `unsupported`: it may be, but the coding cannot be undone here; `size`: it is
   * too large; `framing`: it cannot be told where it ends.
   */
  readonly kind: 'coding' | 'unsupported' | 'size' | 'framing';
  readonly detail: string;
}

export type HeaderLine = readonly [name: string, value: string];

/** Why there is no answer. `detail` is a sentence for people. */
export interface Failure {
  /**
   * `refused`: no connection; `untrusted`: it was given up for the server's certificate; `closed` and `reset`: it ended
   * before the answer did; `malformed`: the bytes are no HTTP.
   */
  readonly kind: 'refused' | 'untrusted' | 'timeout' | 'reset' | 'closed' | 'malformed';
  readonly detail: string;
  /** The bytes that came all the same, at most 64 KiB of them. */
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
