import { setMaxListeners } from 'node:events';
import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import supertest, { type Test } from 'supertest';
import type { Draft, SenderOptions } from './draft.ts';
import type { Exchange, Failure, HeaderLine, SentRequest } from './exchange.ts';
import { failureOf, isUnreachable, tenths } from './failure.ts';
import type { Patience } from './hangs.ts';
import { type Circumstances, ignoreErrors, type Observation, observe } from './observe.ts';
import { lingerAfter, receivedOf } from './received.ts';
import { isAlone, sendAlone } from './send-alone.ts';

/** Sends requests over kept-alive connections, and odd ones each over a connection of its own. */
export interface Sender {
  /**
   * Never rejects: why there is no answer is data. A try without a complete answer in time is repeated as often as the
   * patience says, and so, unseen, is one on a kept connection that the server had closed meanwhile.
   */
  send(draft: Draft, patience?: Patience): Promise<Exchange>;
  /** Whether the request goes over a connection of its own. */
  isAlone(draft: Draft): boolean;
  /** How many requests were sent. */
  sent(): number;
  /** Ends every connection; what is under way gets no answer any more, and what is sent later none at all. */
  close(): void;
}

/** One try: what became of it, and whether it ran on a connection that was used before. */
interface Attempt {
  readonly exchange: Exchange;
  readonly reused: boolean;
}

/** After so many connections on which a second request got no answer, each request gets a connection of its own. */
const ENOUGH_HUNG = 2;

export function createSender(options: SenderOptions): Sender {
  const { origin, tls = {} } = options;
  const newAgent = () =>
    new (origin.startsWith('https:') ? HttpsAgent : HttpAgent)({ keepAlive: true, ...tls });
  const agent = newAgent();
  const closing = new AbortController();
  // Several requests at once listen to it.
  setMaxListeners(0, closing.signal);
  /** Whether a body that is too large came to an end all the same: then nobody need wait for that once more. */
  let endsAnyway = false;
  let hungOnReuse = 0;
  let sent = 0;

  async function attempt(draft: Draft, seconds = options.timeoutSeconds): Promise<Attempt> {
    sent += 1;
    const limited = { ...options, timeoutSeconds: Math.min(seconds, options.timeoutSeconds) };
    if (isAlone(draft, origin)) {
      return { exchange: await sendAlone(draft, limited, closing.signal), reused: false };
    }
    const own = hungOnReuse < ENOUGH_HUNG ? undefined : newAgent();
    const test = new supertest.Test(origin, draft.method, draft.target).agent(own ?? agent);
    const attempted = await run(test, draft, limited, { endsAnyway, closing: closing.signal });
    own?.destroy();
    endsAnyway ||= attempted.exchange.response?.bodyProblem?.kind === 'size';
    return attempted;
  }

  return {
    async send(draft, { tries, seconds } = { tries: 2 }) {
      const first = await attempt(draft, seconds);
      const isLate = first.exchange.failure?.kind === 'timeout';
      if (closing.signal.aborted || !((isLate && tries > 1) || isStale(first))) {
        return first.exchange;
      }
      const { exchange } = await attempt(draft, seconds);
      const hung = isLate && first.reused && exchange.response !== undefined;
      hungOnReuse += hung ? 1 : 0;
      return hung ? { ...exchange, hungOnReuse: true } : exchange;
    },
    isAlone: (draft) => isAlone(draft, origin),
    sent: () => sent,
    close: () => {
      closing.abort();
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
 * Lets superagent send the request and wait for the answer, but takes the answer from the bytes: Node's parser and
 * superagent's decoding forgive what is to be judged here.
 */
async function run(
  test: Test,
  draft: Draft,
  options: SenderOptions,
  circumstances: Circumstances,
): Promise<Attempt> {
  const seen = watchTest(test, circumstances);
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
  const error = await endOf(test, seen);
  const durationMs = performance.now() - start;
  ignoreErrors(seen.request);
  ignoreErrors(seen.response);
  const seconds = seen.closing.aborted ? tenths(durationMs) : options.timeoutSeconds;
  const failure = error ? failureOf(error, seen.watch?.tap, seconds) : undefined;
  const exchange: Exchange = {
    id: draft.id,
    request: requestOf(draft, options, seen.request),
    ...(await outcomeOf(seen, draft.method, failure)),
    durationMs,
  };
  return { exchange, reused: seen.request?.reusedSocket ?? false };
}

/** Sends the request and waits for whatever ends it first; gives the error, if that is one. */
async function endOf(test: Test, seen: Observation): Promise<Error | null> {
  const cut = () => seen.end(Object.assign(new Error('the run is over'), { timeout: 1 }));
  seen.closing.addEventListener('abort', cut);
  const error = await new Promise<Error | null>((resolve) => {
    seen.end = (early) => {
      resolve(early);
      test.abort();
    };
    test.end(resolve);
    if (seen.closing.aborted) {
      cut();
    }
  });
  seen.closing.removeEventListener('abort', cut);
  return error;
}

async function outcomeOf(
  { watch, stopped }: Observation,
  method: string,
  failure: Failure | undefined,
): Promise<Pick<Exchange, 'response' | 'failure' | 'wire'>> {
  if (!watch || isUnreachable(failure)) {
    return { response: undefined, failure };
  }
  await lingerAfter(watch, method);
  return receivedOf(watch.finish(), method, stopped ? 'stopped' : failure);
}

function watchTest(test: Test, circumstances: Circumstances): Observation {
  const nothing = { request: undefined, response: undefined, watch: undefined, stopped: false };
  const seen: Observation = { ...nothing, ...circumstances, end: () => undefined };
  test.on('request', ({ req }: Test) => observe(req, seen));
  return seen;
}

/** The request as it was sent. */
function requestOf(
  draft: Draft,
  { origin, headers: common }: SenderOptions,
  request: ClientRequest | undefined,
): SentRequest {
  const names = request?.getRawHeaderNames() ?? [];
  const headers = names.map((name): HeaderLine => [name, String(request?.getHeader(name))]);
  const target = request?.path ?? draft.target;
  return { method: draft.method, target, origin, headers, common, body: undefined };
}
