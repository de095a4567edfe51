import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Exchange, HeaderLine, ReceivedResponse, SentRequest } from '../exchange.ts';
import { bodyOf } from './har-body.ts';
import { versionNumber } from './recording.ts';

const NOT_HTTP = 'it is no HTTP request';
const NOT_SENT = 'it was answered by the browser or the recording test, not by a server';
const NO_ANSWER = 'no answer was recorded';
const NO_HEADERS = 'the headers of its answer were not recorded';

/** What an entry shows: the exchange, or why it is none. `folder` is where the HAR file is. */
export async function readEntry(entry: Json, id: string, folder: string): Promise<Exchange | string> {
  const fields = objectOr(entry);
  const request = requestOf(objectOr(fields['request']));
  if (!request) {
    return NOT_HTTP;
  }
  const response = objectOr(fields['response']);
  if (isAnswered(response) && isAnsweredLocally(fields, response)) {
    return NOT_SENT;
  }
  const answer = await responseOf(response, folder);
  const exchange = { id, request, durationMs: durationOf(objectOr(fields['timings'])) };
  return typeof answer === 'string'
    ? { ...exchange, response: undefined, failure: { kind: 'closed', detail: answer } }
    : { ...exchange, response: answer, failure: undefined };
}

function requestOf(request: JsonObject): SentRequest | undefined {
  const [, scheme, authority, target] =
    /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(stringOr(request['url'], '')) ?? [];
  const method = stringOr(request['method'], '');
  if (scheme === undefined || authority === undefined || target === undefined || method === '') {
    return undefined;
  }
  return {
    method,
    target: target.startsWith('/') ? target : `/${target}`,
    origin: `${scheme}://${authority.replace(/^.*@/, '')}`.toLowerCase(),
    headers: headersOf(request['headers']),
    body: stringOr(objectOr(request['postData'])['text'], '') || undefined,
  };
}

/**
 * Chromium marks what its cache or a service worker answered, and its own redirects (HSTS); Playwright what the test
 * itself fulfilled, and what the cache answered by its size on the wire.
 */
function isAnsweredLocally(entry: JsonObject, response: JsonObject): boolean {
  return (
    Boolean(entry['_fromCache']) ||
    Boolean(entry['_wasFulfilled']) ||
    Boolean(response['_fetchedViaServiceWorker']) ||
    response['_transferSize'] === 0 ||
    headersOf(response['headers']).some(([name]) => name.toLowerCase() === 'non-authoritative-reason')
  );
}

/** Where no answer came, browsers and proxies write a status of 0 or -1, or none. */
function isAnswered(response: JsonObject): boolean {
  return Number(response['status']) > 0;
}

async function responseOf(response: JsonObject, folder: string): Promise<ReceivedResponse | string> {
  if (!isAnswered(response)) {
    return NO_ANSWER;
  }
  const headers = responseHeaders(response);
  if (!headers) {
    return NO_HEADERS;
  }
  return {
    httpVersion: versionNumber(stringOr(response['httpVersion'], '')),
    status: Number(response['status']),
    reason: stringOr(response['statusText'], ''),
    headers,
    body: await bodyOf(response, folder),
    raw: undefined,
  };
}

/** An empty list means that the tool kept no headers; `content.mimeType` then still has the Content-Type. */
function responseHeaders(response: JsonObject): readonly HeaderLine[] | undefined {
  const headers = headersOf(response['headers']);
  if (headers.length > 0) {
    return headers;
  }
  const mimeType = stringOr(objectOr(response['content'])['mimeType'], 'x-unknown');
  if (mimeType === 'x-unknown') {
    return undefined;
  }
  return mimeType === '' ? [] : [['Content-Type', mimeType]];
}

/** Without the pseudo-headers of HTTP/2; Chromium joins the lines of one name with a line feed. */
function headersOf(headers: Json | undefined): readonly HeaderLine[] {
  return (isArray(headers) ? headers : []).flatMap((header) => {
    const name = stringOr(objectOr(header)['name'], '');
    const value = stringOr(objectOr(header)['value'], '');
    return name === '' || name.startsWith(':')
      ? []
      : value.split('\n').map((line): HeaderLine => [name, line]);
  });
}

/** From the first byte sent to the last received: `time` would count what the browser waited before it sent anything. */
function durationOf(timings: JsonObject): number | undefined {
  const parts = [timings['send'], timings['wait'], timings['receive']].map((part) =>
    typeof part === 'number' ? part : -1,
  );
  return parts.every((part) => part >= 0) ? parts.reduce((sum, part) => sum + part) : undefined;
}

function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function stringOr(value: Json | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
