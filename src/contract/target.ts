import { validateHeaderName, validateHeaderValue } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { KitError } from '../errors.ts';
import { decodeOnce } from '../http/percent.ts';
import { type Call, contentType, isSuccess, schemaOf } from './call.ts';
import type { Exchange, HeaderLine } from './exchange.ts';

/** How long a server that is not ready is left alone before it is asked again, in milliseconds. */
const WAIT_STEP = 250;

/** Where requests go. */
export interface Address {
  /** `http://host:port`, without userinfo. */
  readonly origin: string;
  /** The path of the URL without its trailing slash; empty where there is none. */
  readonly path: string;
  /** The userinfo of the URL as credentials (RFC 7617). */
  readonly headers: readonly HeaderLine[];
}

/** @throws KitError USAGE for what is no http or https URL */
export function parseAddress(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw KitError.of('USAGE', {
      reason: 'what is to be judged is no http or https URL',
      advice: 'Give one such as http://localhost:8090.',
    });
  }
  const userinfo = [url.username, url.password].map((part) => decodeOnce(part) ?? part).join(':');
  const credentials = Buffer.from(userinfo).toString('base64');
  return {
    origin: url.origin,
    path: url.pathname.replace(/\/+$/, ''),
    headers: userinfo === ':' ? [] : [['Authorization', `Basic ${credentials}`]],
  };
}

/** @throws KitError USAGE for a header that cannot be sent; its value is not told, since it may be a secret */
export function checkHeaders(headers: readonly HeaderLine[]): void {
  for (const [name, value] of headers) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      const reason = `the header ${JSON.stringify(name)} cannot be sent`;
      const advice = 'Give "Name: value" in printable ASCII characters.';
      throw KitError.of('USAGE', { reason, advice });
    }
  }
}

/** A base path as it stands in front of others: percent-encoded, with a slash at its start, without one at its end. */
export function toBasePath(path: string): string {
  return new URL(`http://localhost/${path.replace(/^\/+/, '')}`).pathname.replace(/\/+$/, '');
}

/**
 * Asks again, as long as `mayWait`, until a connection is accepted and the answer is not 503; gives the last exchange,
 * undefined where there is none. One that was cut for want of time does not replace an answer.
 */
export async function askUntilReady(
  ask: () => Promise<Exchange | undefined>,
  mayWait: () => boolean,
): Promise<Exchange | undefined> {
  let answered: Exchange | undefined;
  for (;;) {
    const exchange = await ask();
    const isReady = exchange?.failure?.kind !== 'refused' && exchange?.response?.status !== 503;
    const isOver = !mayWait();
    if (isReady || isOver) {
      return isOver && !exchange?.response ? (answered ?? exchange) : exchange;
    }
    answered = exchange?.response ? exchange : answered;
    await delay(WAIT_STEP);
  }
}

/** The fit of a list, after which no other base path is tried. */
export const PERFECT_FIT = 6;

/**
 * How well an answer to the first request fits the API that the description describes: the base path whose answer fits
 * best is used. A wrong base path usually gives a 404 of the server's framework, or a web page.
 */
export function fitOf(call: Call): number {
  const { content, status, described } = call;
  const isPage = /^text\/html\b/i.test(contentType(call) ?? '');
  if (status === undefined) {
    return call.exchange.failure?.kind === 'refused' ? 0 : 4;
  }
  if (isSuccess(call)) {
    return content.kind === 'json' ? PERFECT_FIT : isPage ? 1 : 5;
  }
  if (status === 404) {
    return isValid(call) ? 3 : 1;
  }
  return described || [401, 403, 406].includes(status) ? 4 : 2;
}

function isValid(call: Call): boolean {
  return call.content.kind === 'json' && schemaOf(call)?.check(call.content.value).length === 0;
}
