import type { IncomingHttpHeaders } from 'node:http';
import type { Question } from '../responder.ts';
import { type Bad, partsOf, problemOfHead } from './head-check.ts';
import { splitHead } from './heads.ts';

/** What bytes are that the HTTP library does not take for a request: one all the same, or why not. */
export type Unread = { readonly question: Question } | Bad;

/** Reads them as generously as Jetty does: any method will do, and lines may end without a carriage return. */
export function readUnread(bytes: Buffer): Unread {
  const { head, rest } = splitHead(bytes);
  const problem = problemOfHead(head);
  if (problem) {
    return problem;
  }
  const [line = '', ...fields] = head.split(/\r?\n/);
  const [method, target, version] = partsOf(line);
  const headers = headersOf(fields);
  const size = Number(headers['content-length'] ?? 0);
  const body = async () => rest.subarray(0, size);
  return { question: { httpVersion: version.replace('HTTP/', ''), method, target, headers, body } };
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
