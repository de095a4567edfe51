import type { Draft, SenderOptions } from './draft.ts';
import type { Exchange, HeaderLine, SentRequest } from './exchange.ts';
import { requestBytes, sendRaw } from './raw-send.ts';

/** Whether no client library sends the request as it is: its target is no URL's, or it says so itself. */
export function isAlone({ alone, raw, target }: Draft, origin: string): boolean {
  return alone === true || raw !== undefined || !isUrl(origin, target);
}

/** Sends a request over a connection of its own, written byte by byte. Never rejects. */
export async function sendAlone(
  draft: Draft,
  options: SenderOptions,
  signal: AbortSignal,
): Promise<Exchange> {
  const { id, method, httpVersion, body, watchedMs } = draft;
  const { origin, timeoutSeconds, tls = {} } = options;
  const target = `${draft.isAbsolute ? origin : ''}${draft.target}`;
  const own = new Set(draft.headers.map(([name]) => name.toLowerCase()));
  const common = options.headers.filter(([name]) => draft.raw || !own.has(name.toLowerCase()));
  const hosted: readonly HeaderLine[] = own.has('host') && !draft.raw ? [] : [['Host', new URL(origin).host]];
  const headers = [...hosted, ...common];
  const bytes =
    draft.raw?.(headers) ??
    requestBytes(
      `${method} ${target} HTTP/${httpVersion ?? '1.1'}`,
      [...headers, ...draft.headers, ...closing(draft)],
      body,
    );
  const start = performance.now();
  const received = await sendRaw({ origin, method, bytes, timeoutSeconds, watchedMs, tls, signal });
  const facts = { method, target, origin, headers: [...headers, ...draft.headers], body, bytes };
  const request: SentRequest = {
    ...facts,
    common: options.headers,
    ...(httpVersion && { httpVersion }),
    ...(draft.raw && { irregular: true }),
  };
  return { id, request, ...received, durationMs: performance.now() - start };
}

/** Its connection ends with the answer, unless the request says otherwise. */
function closing({ headers }: Draft): readonly HeaderLine[] {
  const isSaid = headers.some(([name]) => name.toLowerCase() === 'connection');
  return isSaid ? [] : [['Connection', 'close']];
}

/** Whether a URL has the target as it is: URLs have no dot segments, and encode what must not be in them. */
function isUrl(origin: string, target: string): boolean {
  const url = URL.canParse(`${origin}${target}`) ? new URL(`${origin}${target}`) : undefined;
  return url?.origin === new URL(origin).origin && `${url.pathname}${url.search}` === target;
}
