import type { Parameter } from '../description/model.ts';
import { headerValue, type SentRequest } from './exchange.ts';
import type { Route } from './routes.ts';

/** A value that no router, proxy or framework has a reason to treat in a way of its own. */
const PLAIN_VALUE = /^(?!\.$|.*\.\.)[\w.~ -]{1,64}$/;

/** Letters beyond ASCII stand in a target only as escapes (RFC 3986 section 2). */
const WELL_FORMED = /^[\x21-\x7e]+$/;

/** Frameworks and proxies limit what they accept from about 4 kB on. */
const LONG = 4096;

/** Headers that give a server good reasons for answers of its own: 206, 304, 412, 416, 417, 101 … */
const SPECIAL_HEADERS = [
  'If-Match',
  'If-None-Match',
  'If-Modified-Since',
  'If-Unmodified-Since',
  'If-Range',
  'Range',
  'Expect',
  'Upgrade',
  'X-HTTP-Method-Override',
];

/**
 * Whether a request is an ordinary one by the description: well-formed, of ordinary length, with plain values, and each
 * described query parameter at most once. Others may get any answer of the framework or proxy in front of the API.
 */
export function isPlain(request: SentRequest, { operation, path, query }: Route): boolean {
  return (
    !request.irregular &&
    WELL_FORMED.test(request.target) &&
    !request.body &&
    !isLong(request) &&
    SPECIAL_HEADERS.every((name) => headerValue(request.headers, name) === undefined) &&
    [...path.values()].every(isPlainValue) &&
    query.every(([, value]) => value !== undefined) &&
    operation.parameters.every((parameter) => hasPlainValue(parameter, query))
  );
}

/** Whether it is so long that frameworks and proxies may refuse it. */
export function isLong(request: SentRequest): boolean {
  return lengthOf(request) >= LONG;
}

function lengthOf({ target, headers }: SentRequest): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, target.length);
}

function hasPlainValue(parameter: Parameter, query: Route['query']): boolean {
  const values = query.filter(([name]) => parameter.in === 'query' && name === parameter.name);
  return values.length < 2 && values.every(([, value]) => isPlainValue(value));
}

function isPlainValue(value: string | undefined): boolean {
  return value !== undefined && PLAIN_VALUE.test(value);
}
