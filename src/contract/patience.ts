import { setTimeout as delay } from 'node:timers/promises';
import { type Exchange, headerValue } from './exchange.ts';

/** How often a request that came too soon is sent again. */
const RETRIES = 2;

/** The longest that is waited for one, in seconds. */
const LONGEST = 10;

/**
 * Sends a request, and again where the answer is 429 (RFC 6585 4), after the time that Retry-After gives
 * (RFC 9110 10.2.3), one second without it.
 */
export async function sendPatiently(send: () => Promise<Exchange>): Promise<Exchange> {
  let exchange = await send();
  for (let count = 0; count < RETRIES && exchange.response?.status === 429; count += 1) {
    await delay(secondsToWait(headerValue(exchange.response.headers, 'Retry-After')) * 1000);
    exchange = await send();
  }
  return exchange;
}

/** Retry-After is a number of seconds or a date. */
function secondsToWait(field = '1'): number {
  const seconds = /^\d+$/.test(field) ? Number(field) : (Date.parse(field) - Date.now()) / 1000;
  return Math.min(Math.max(Number.isNaN(seconds) ? 1 : seconds, 0), LONGEST);
}
