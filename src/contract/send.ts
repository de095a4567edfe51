import { ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import supertest, { type Test } from 'supertest';
import { BODY_LIMIT, decodeContent } from './decode.ts';
import {
  type Exchange,
  type HeaderLine,
  headerValue,
  type ReceivedResponse,
  type SentRequest,
} from './exchange.ts';
import { failureOf } from './failure.ts';
import { type Tap, tapOf } from './wire.ts';

/** A request to be sent. */
export interface Draft {
  /** What it is for; the exchange's id. */
  readonly id: string;
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
}

export interface SenderOptions {
  /** `http://host:port`, without a path. */
  readonly origin: string;
  /** Sent with every request. A header of the draft of the same name wins. */
  readonly headers: readonly HeaderLine[];
  /** For each try, from the connection to the last byte. */
  readonly timeoutSeconds: number;
}

/** Sends requests one after another over kept-alive connections. */
export interface Sender {
  /**
   * Never rejects: why there is no answer is data. A try without a complete answer in time is repeated once, and so,
   * unseen, is one on a kept connection that the server had closed meanwhile.
   */
  send(draft: Draft): Promise<Exchange>;
  /** How many requests were sent. */
  sent(): number;
  /** Ends every connection, those with a request under way too. */
  close(): void;
}

/** What is seen of one try while it runs. */
interface Observation {
  request: ClientRequest | undefined;
  response: IncomingMessage | undefined;
  tap: Tap | undefined;
  readonly chunks: Buffer[];
  /** Bytes of the body so far, the dropped ones included. */
  size: number;
}

/** One try: what became of it, and whether it ran on a connection that was used before. */
interface Attempt {
  readonly exchange: Exchange;
  readonly reused: boolean;
}

export function createSender(options: SenderOptions): Sender {
  const secure = options.origin.startsWith('https:');
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  let sent = 0;
  let closed = false;

  function attempt(draft: Draft): Promise<Attempt> {
    sent += 1;
    const test = new supertest.Test(options.origin, draft.method, draft.target).agent(agent);
    return run(test, draft, options);
  }

  return {
    async send(draft) {
      const first = await attempt(draft);
      const again = first.exchange.failure?.kind === 'timeout' || isStale(first);
      return again && !closed ? (await attempt(draft)).exchange : first.exchange;
    },
    sent: () => sent,
    close: () => {
      closed = true;
      agent.destroy();
    },
  };
}

/** A connection that the server closed while it was idle: no fault of anybody (RFC 9112 9.5). */
function isStale({ exchange: { failure }, reused }: Attempt): boolean {
  const ended = failure?.kind === 'reset' || failure?.kind === 'closed';
  return reused && ended && failure.raw?.length === 0;
}

/**
 * Lets superagent send the request and read the answer, but takes the answer from Node's own objects: superagent's
 * decoding forgives streams that are cut short, and its parsers would throw on bodies that are none.
 */
async function run(test: Test, draft: Draft, options: SenderOptions): Promise<Attempt> {
  const seen: Observation = { request: undefined, response: undefined, tap: undefined, chunks: [], size: 0 };
  test.on('request', () => observe(test, seen));
  test
    .unset('Accept-Encoding')
    .buffer(true)
    .parse((_, done) => seen.response?.on('end', () => done(null, undefined)))
    .ok(() => true)
    .maxResponseSize(Number.MAX_SAFE_INTEGER)
    .timeout({ deadline: options.timeoutSeconds * 1000 });
  for (const [name, value] of [...options.headers, ...draft.headers]) {
    test.set(name, value);
  }
  const start = performance.now();
  const error = await new Promise<Error | null>((resolve) => test.end(resolve));
  const durationMs = performance.now() - start;
  ignoreErrors(seen.request);
  ignoreErrors(seen.response);
  const failure = error ? failureOf(error, seen.tap, options.timeoutSeconds) : undefined;
  const exchange: Exchange = {
    id: draft.id,
    request: requestOf(draft, options.origin, seen.request),
    response: failure || !seen.response ? undefined : await responseOf(seen.response, seen),
    failure,
    durationMs,
  };
  return { exchange, reused: seen.request?.reusedSocket ?? false };
}

/** Node may report a broken answer once more, for which superagent would print a warning. */
function ignoreErrors(source: ClientRequest | IncomingMessage | undefined): void {
  source?.removeAllListeners('error').on('error', () => undefined);
}

function observe({ req }: Test, seen: Observation): void {
  if (!(req instanceof ClientRequest)) {
    return;
  }
  seen.request = req;
  req.once('socket', (socket) => {
    seen.tap = tapOf(socket);
    seen.tap.restart();
  });
  req.prependOnceListener('response', (response) => {
    seen.response = response;
    // So that superagent does not decode: `rawHeaders` still has it.
    delete response.headers['content-encoding'];
    response.on('data', (chunk: Buffer) => {
      seen.size += chunk.length;
      if (seen.size <= BODY_LIMIT) {
        seen.chunks.push(chunk);
      }
    });
  });
}

/** The request as it was sent: superagent may have percent-encoded characters of the target that a URL must not hold. */
function requestOf(draft: Draft, origin: string, request: ClientRequest | undefined): SentRequest {
  const names = request?.getRawHeaderNames() ?? [];
  const headers = names.map((name): HeaderLine => [name, String(request?.getHeader(name))]);
  return { method: draft.method, target: request?.path ?? draft.target, origin, headers, body: undefined };
}

async function responseOf(message: IncomingMessage, seen: Observation): Promise<ReceivedResponse> {
  const headers = pairs(message.rawHeaders);
  const content = await contentOf(seen, headers);
  return {
    httpVersion: message.httpVersion,
    status: message.statusCode ?? 0,
    reason: message.statusMessage ?? '',
    headers,
    ...content,
    raw: seen.tap?.bytes(),
  };
}

async function contentOf(
  { chunks, size }: Observation,
  headers: readonly HeaderLine[],
): Promise<Pick<ReceivedResponse, 'body' | 'bodyProblem'>> {
  if (size > BODY_LIMIT) {
    const detail = `it is larger than the ${BODY_LIMIT / 1024 / 1024} MiB that are read`;
    return { body: undefined, bodyProblem: { kind: 'size', detail } };
  }
  const bytes = Buffer.concat(chunks);
  const coding = bytes.length === 0 ? undefined : headerValue(headers, 'Content-Encoding');
  const decoded = await decodeContent(bytes, coding);
  return 'body' in decoded ? { body: decoded.body } : { body: undefined, bodyProblem: decoded.problem };
}

function pairs(rawHeaders: readonly string[]): readonly HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return lines;
}
