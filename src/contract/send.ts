import { ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import supertest, { type Test } from 'supertest';
import type { Exchange, Failure, HeaderLine, SentRequest } from './exchange.ts';
import { failureOf } from './failure.ts';
import { HEAD_LIMIT } from './raw-response.ts';
import { requestBytes, sendRaw, type TlsTrust } from './raw-send.ts';
import { lingerAfter, receivedOf } from './received.ts';
import { tapOf, type Watch } from './wire.ts';

/** A request to be sent. */
export interface Draft {
  /** What it is for; the exchange's id. */
  readonly id: string;
  readonly method: string;
  /** Path and query, percent-encoded. It is sent as it is, even where it is malformed. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
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

/** Sends requests over kept-alive connections, and odd ones each over a connection of its own. */
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

/** One try: what became of it, and whether it ran on a connection that was used before. */
interface Attempt {
  readonly exchange: Exchange;
  readonly reused: boolean;
}

export function createSender(options: SenderOptions): Sender {
  const { origin, tls = {} } = options;
  const settings = { keepAlive: true, ...tls };
  const agent = origin.startsWith('https:') ? new HttpsAgent(settings) : new HttpAgent(settings);
  const closing = new AbortController();
  /** Whether a body that is too large came to an end all the same: then nobody need wait for that once more. */
  let endsAnyway = false;
  let sent = 0;

  async function attempt(draft: Draft): Promise<Attempt> {
    sent += 1;
    if (draft.raw || !isUrl(origin, draft.target)) {
      return runRaw(draft, options, closing.signal);
    }
    const test = new supertest.Test(origin, draft.method, draft.target).agent(agent);
    const attempted = await run(test, draft, options, endsAnyway);
    endsAnyway ||= attempted.exchange.response?.bodyProblem?.kind === 'size';
    return attempted;
  }

  return {
    async send(draft) {
      const first = await attempt(draft);
      const isLate = first.exchange.failure?.kind === 'timeout';
      if (closing.signal.aborted || !(isLate || isStale(first))) {
        return first.exchange;
      }
      const { exchange } = await attempt(draft);
      return isLate && first.reused && exchange.response ? { ...exchange, hungOnReuse: true } : exchange;
    },
    sent: () => sent,
    close: () => {
      closing.abort();
      agent.destroy();
    },
  };
}

/** Whether a URL has the target as it is: URLs have no dot segments, and encode what must not be in them. */
function isUrl(origin: string, target: string): boolean {
  const url = URL.canParse(`${origin}${target}`) ? new URL(`${origin}${target}`) : undefined;
  return url?.origin === new URL(origin).origin && `${url.pathname}${url.search}` === target;
}

/** A connection that the server closed while it was idle: no fault of anybody (RFC 9112 9.5). */
function isStale({ exchange: { failure }, reused }: Attempt): boolean {
  const ended = failure?.kind === 'reset' || failure?.kind === 'closed';
  return reused && ended && failure.raw?.length === 0;
}

async function runRaw(draft: Draft, options: SenderOptions, signal: AbortSignal): Promise<Attempt> {
  const { id, method, target } = draft;
  const { origin, timeoutSeconds, tls = {} } = options;
  const own = new Set(draft.headers.map(([name]) => name.toLowerCase()));
  const common = options.headers.filter(([name]) => draft.raw || !own.has(name.toLowerCase()));
  const hosted: readonly HeaderLine[] = own.has('host') && !draft.raw ? [] : [['Host', new URL(origin).host]];
  const headers = [...hosted, ...common];
  const bytes =
    draft.raw?.(headers) ??
    requestBytes(`${method} ${target} HTTP/1.1`, [...headers, ...draft.headers, ['Connection', 'close']]);
  const start = performance.now();
  const received = await sendRaw({ origin, method, bytes, timeoutSeconds, tls, signal });
  const facts = { method, target, origin, headers: [...headers, ...draft.headers], body: undefined };
  const request: SentRequest = draft.raw ? { ...facts, irregular: true } : facts;
  return { exchange: { id, request, ...received, durationMs: performance.now() - start }, reused: false };
}

/** What is seen of one try while it runs. */
interface Observation {
  request: ClientRequest | undefined;
  response: IncomingMessage | undefined;
  watch: Watch | undefined;
  /** Set where the rest of the body is not wanted. */
  stopped: boolean;
}

/**
 * Lets superagent send the request and wait for the answer, but takes the answer from the bytes: Node's parser and
 * superagent's decoding forgive what is to be judged here.
 */
async function run(test: Test, draft: Draft, options: SenderOptions, endsAnyway: boolean): Promise<Attempt> {
  const seen: Observation = { request: undefined, response: undefined, watch: undefined, stopped: false };
  test.on('request', () => observe(test, seen, endsAnyway));
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
  const failure = error ? failureOf(error, seen.watch?.tap, options.timeoutSeconds) : undefined;
  const exchange: Exchange = {
    id: draft.id,
    request: requestOf(draft, options.origin, seen.request),
    ...(await outcomeOf(seen, draft.method, failure)),
    durationMs,
  };
  return { exchange, reused: seen.request?.reusedSocket ?? false };
}

async function outcomeOf(
  { watch, stopped }: Observation,
  method: string,
  failure: Failure | undefined,
): Promise<Pick<Exchange, 'response' | 'failure' | 'wire'>> {
  if (!watch || failure?.kind === 'refused') {
    return { response: undefined, failure };
  }
  await lingerAfter(watch, method);
  return receivedOf(watch.finish(), method, stopped ? 'stopped' : failure);
}

/** Node may report a broken answer once more, for which superagent would print a warning. */
function ignoreErrors(source: ClientRequest | IncomingMessage | undefined): void {
  source?.removeAllListeners('error').on('error', () => undefined);
}

function observe({ req }: Test, seen: Observation, endsAnyway: boolean): void {
  if (!(req instanceof ClientRequest)) {
    return;
  }
  seen.request = req;
  // Node reads these two from the request once it has a connection; superagent has no way to hand them over.
  Object.assign(req, { maxHeaderSize: HEAD_LIMIT, insecureHTTPParser: true });
  req.once('socket', (socket) => {
    const watch = tapOf(socket).watch(req.method);
    watch.onRead = () => stopIfTooLarge(req, watch, seen, endsAnyway);
    seen.watch = watch;
  });
  req.prependOnceListener('response', (response) => {
    seen.response = response;
    // So that superagent does not decode: the bytes still have it.
    delete response.headers['content-encoding'];
    response.resume();
  });
}

/** A length tells beforehand that a body is too large. Without one it is read to its end once, since it may have none. */
function stopIfTooLarge(req: ClientRequest, { reader }: Watch, seen: Observation, endsAnyway: boolean): void {
  if (!seen.stopped && reader.isTooLarge() && (endsAnyway || reader.isLengthGiven())) {
    seen.stopped = true;
    req.destroy();
  }
}

/** The request as it was sent. */
function requestOf(draft: Draft, origin: string, request: ClientRequest | undefined): SentRequest {
  const names = request?.getRawHeaderNames() ?? [];
  const headers = names.map((name): HeaderLine => [name, String(request?.getHeader(name))]);
  return { method: draft.method, target: request?.path ?? draft.target, origin, headers, body: undefined };
}
