import type { Act, Parameter } from '../description/model.ts';
import { headerValue, type SentRequest } from './exchange.ts';
import { matchesOf } from './matches.ts';
import { bodyOf, requestFaultOf } from './request-fault.ts';
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
    hasOrdinaryBody(request, { operation, path, query }) &&
    !isLong(request) &&
    SPECIAL_HEADERS.every((name) => headerValue(request.headers, name) === undefined) &&
    [...path.values()].every(isPlainValue) &&
    query.every(([, value]) => value !== undefined) &&
    operation.parameters.every((parameter) => hasPlainValue(parameter, query))
  );
}

/** JSON under another name than the described one is a matter of its own: whether it is taken, or answered 415. */
function hasOrdinaryBody(request: SentRequest, route: Route): boolean {
  const fault = requestFaultOf(request, route);
  const names = namedIn(request, route.operation.acts);
  return (!fault || fault.isJsonAlike === true) && names.every((name) => isPlainValue(name));
}

/** The names of things in the body of a request. */
function namedIn(request: SentRequest, acts: readonly Act[]): readonly string[] {
  const body = bodyOf(request);
  const pointers = acts.flatMap(({ request: key, uses }) => [...(key ? [key] : []), ...Object.values(uses)]);
  const values = pointers.flatMap((pointer) =>
    body === undefined ? [] : [...matchesOf(body, pointer)].map(({ value }) => value),
  );
  return values.filter((value) => typeof value === 'string');
}

/** Whether it is so long that frameworks and proxies may refuse it. */
export function isLong(request: SentRequest): boolean {
  return lengthOf(request) >= LONG;
}

function lengthOf({ target, headers, body = '' }: SentRequest): number {
  return headers.reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    target.length + body.length,
  );
}

function hasPlainValue(parameter: Parameter, query: Route['query']): boolean {
  const values = query.filter(([name]) => parameter.in === 'query' && name === parameter.name);
  return values.length < 2 && values.every(([, value]) => isPlainValue(value));
}

function isPlainValue(value: string | undefined): boolean {
  return value !== undefined && PLAIN_VALUE.test(value);
}
