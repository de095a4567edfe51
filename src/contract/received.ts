import { setTimeout as delay } from 'node:timers/promises';
import { codingsOf, undo } from './decode.ts';
import {
  type BodyProblem,
  type Exchange,
  type Failure,
  headerValue,
  type ReceivedResponse,
} from './exchange.ts';
import type { RawHead } from './raw-head.ts';
import { isBodiless } from './raw-length.ts';
import type { RawResponse } from './raw-response.ts';
import type { Watch, Watched } from './wire.ts';

/** What of an exchange its connection tells. */
export type Received = Pick<Exchange, 'response' | 'failure' | 'wire'>;

/** How long bytes are waited for that must not come, in milliseconds. */
const LINGER = 25;

/** Waits a little behind an answer that ends with its head, for the body that it must not have. */
export async function lingerAfter({ reader, tap }: Watch, method: string): Promise<void> {
  const head = reader.head();
  if (head && isBodiless(head.status, method) && tap.state() === 'open') {
    await delay(LINGER);
  }
}

/**
 * What came of a request, by its bytes. The cause is why the transport gave up, if it did; it does not count where the
 * bytes are a whole answer all the same. `stopped`: nobody wanted the rest of a body that is too large.
 */
export async function receivedOf(
  { raw, wire }: Watched,
  method: string,
  cause: Failure | 'stopped' | undefined,
): Promise<Received> {
  if (raw.head && (raw.complete || cause === 'stopped')) {
    return { response: await responseOf(raw, raw.head, method), failure: undefined, wire };
  }
  return { response: undefined, failure: whyNot(raw, cause === 'stopped' ? undefined : cause), wire };
}

async function responseOf(raw: RawResponse, head: RawHead, method: string): Promise<ReceivedResponse> {
  const { httpVersion, status, reason, headers } = head;
  const { body, bodyProblem } = await contentOf(raw, head, method);
  const facts = { httpVersion, status, reason, headers, body, raw: raw.received };
  return bodyProblem ? { ...facts, bodyProblem } : facts;
}

interface ReadContent {
  readonly body: Buffer | undefined;
  readonly bodyProblem?: BodyProblem;
}

async function contentOf(raw: RawResponse, head: RawHead, method: string): Promise<ReadContent> {
  const { content, excess, surplus, transferCodings } = raw;
  if (content === undefined) {
    return problem('size', excess ?? 'it was not read');
  }
  if (surplus.length > 0 && !isBodiless(head.status, method)) {
    return problem('framing', 'it cannot be told where it ends');
  }
  if (method === 'HEAD') {
    return { body: undefined };
  }
  const field = headerValue(head.headers, 'Content-Encoding');
  const codings = content.length === 0 ? [] : [...codingsOf(field), ...transferCodings];
  const decoded = await undo(content, codings);
  return 'body' in decoded ? decoded : { body: undefined, bodyProblem: decoded.problem };
}

function problem(kind: BodyProblem['kind'], detail: string): ReadContent {
  return { body: undefined, bodyProblem: { kind, detail } };
}

/** Bytes that are no HTTP are worse than how their connection ended. */
function whyNot(
  { received, size, faults, gaveUp, missing }: RawResponse,
  cause: Failure | undefined,
): Failure {
  const [first] = faults;
  if (first) {
    return { kind: 'malformed', detail: `the bytes are no HTTP answer: ${first.detail}`, raw: received };
  }
  if (gaveUp !== undefined) {
    return { kind: 'malformed', detail: gaveUp, raw: received };
  }
  const { kind, detail } = cause ?? { kind: 'closed', detail: 'the connection was closed' };
  return size === 0
    ? { kind, detail: `${detail}; nothing came`, raw: received }
    : { kind, detail: `${detail}; ${size} bytes came, but not ${missing}`, raw: received };
}
