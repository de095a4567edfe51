import { setTimeout as delay } from 'node:timers/promises';
import type { Draft } from './draft.ts';
import { type Exchange, headerValue } from './exchange.ts';
import { isUnreachable } from './failure.ts';
import { Hangs, type Patience } from './hangs.ts';
import type { Sender } from './send.ts';

/** How often a request that came too soon is sent again. */
const RETRIES = 2;

/** The longest that is waited for one, in seconds. Who asks for more gets no second request. */
const LONGEST = 10;

/** What became of a request that was to be sent. */
export interface Asked {
  /** Undefined where it was not sent, or not waited for in full: nothing follows from that. */
  readonly exchange: Exchange | undefined;
  /** Whether nothing came though others like it are answered. */
  readonly isInVain: boolean;
}

/** Sends requests with as much patience as the server deserves. */
export interface Asker {
  ask(draft: Draft): Promise<Asked>;
  /** What was therefore left out, a reason each. */
  leftOut(): readonly string[];
}

/** `signal` ends all waiting where it is aborted. */
export function createAsker(sender: Sender, signal: AbortSignal): Asker {
  const hangs = new Hangs();
  let givenUp = 0;
  const unsent = new Map<string, number>();

  async function send(draft: Draft, kind: string, patience: Patience): Promise<Asked> {
    const exchange = await sendPatiently(() => sender.send(draft, patience), signal);
    if (isUnreachable(exchange.failure)) {
      return { exchange, isInVain: true };
    }
    if (!isLate(exchange)) {
      hangs.sawAnswer(kind, exchange.durationMs ?? 0);
      return { exchange, isInVain: false };
    }
    const isInVain = hangs.isAnswered(kind);
    if (patience.seconds === undefined) {
      hangs.sawHang(kind);
      return { exchange, isInVain };
    }
    givenUp += 1;
    return { exchange: undefined, isInVain };
  }

  return {
    /** Requests of one method that go out in one way are likely to hang for one reason. */
    async ask(draft) {
      const kind = `${draft.method} requests${sender.isAlone(draft) ? ' of an unusual form' : ''}`;
      const patience = hangs.patienceFor(kind);
      if (patience) {
        return send(draft, kind, patience);
      }
      unsent.set(kind, (unsent.get(kind) ?? 0) + 1);
      return { exchange: undefined, isInVain: false };
    },
    leftOut: () => [
      ...(givenUp > 0 ? [`${givenUp} requests were given up early, since others had hung`] : []),
      ...[...unsent].map(([kind, count]) => `${count} more ${kind} were not sent, since the first ones hung`),
    ],
  };
}

/**
 * Sends a request, and again where the answer is 429 (RFC 6585 4), after the time that Retry-After gives
 * (RFC 9110 10.2.3), one second without it.
 */
export async function sendPatiently(send: () => Promise<Exchange>, signal: AbortSignal): Promise<Exchange> {
  let exchange = await send();
  for (let count = 0; count < RETRIES && exchange.response?.status === 429; count += 1) {
    const seconds = secondsToWait(headerValue(exchange.response.headers, 'Retry-After'));
    if (seconds > LONGEST || !(await sleep(seconds, signal))) {
      return exchange;
    }
    exchange = await send();
  }
  return exchange;
}

function isLate({ failure }: Exchange): boolean {
  return failure?.kind === 'timeout';
}

/** Gives whether the time passed undisturbed. */
function sleep(seconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(seconds * 1000, true, { signal }).catch(() => false);
}

/** Retry-After is a number of seconds or a date. */
function secondsToWait(field = '1'): number {
  const seconds = /^\d+$/.test(field) ? Number(field) : (Date.parse(field) - Date.now()) / 1000;
  return Math.max(Number.isNaN(seconds) ? 1 : seconds, 0);
}
