import type { IncomingHttpHeaders } from 'node:http';
import type { Question } from '../responder.ts';
import { isFolded, splitHead } from './heads.ts';

/** What bytes are that the HTTP library does not take for a request: one all the same, or why not. */
export type Unread = { readonly question: Question } | { readonly bad: number; readonly reason?: string };

/** Reads them as generously as Jetty does: any method will do, and lines may end without a carriage return. */
export function readUnread(bytes: Buffer): Unread {
  const { head, rest } = splitHead(bytes);
  const [line = '', ...fields] = head.split(/\r?\n/);
  const [method = '', target = '', ...more] = line.split(' ');
  const version = more.join(' ');
  if (target === '') {
    return { bad: 400, reason: 'No URI' };
  }
  if (version === '') {
    return { bad: 505, reason: 'HTTP/0.9 not supported' };
  }
  const [, httpVersion] = /^HTTP\/(1\.0|1\.1|2\.0)$/.exec(version) ?? [];
  if (httpVersion === undefined) {
    return { bad: 400, reason: 'Unknown Version' };
  }
  const headers = headersOf(fields);
  const size = Number(headers['content-length'] ?? 0);
  const body = async () => rest.subarray(0, size);
  return { question: { httpVersion, method, target, headers, body, isFolded: isFolded(head) } };
}

function headersOf(fields: readonly string[]): IncomingHttpHeaders {
  const headers: Record<string, string> = {};
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).toLowerCase();
    const value = field.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}
