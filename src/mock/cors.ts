import type { IncomingHttpHeaders } from 'node:http';
import { TRANSPORT_HEADER } from './transport-answers.ts';

/** Pages of this machine, on any port: a front end in development. A page opened as a file has the origin `null`. */
const LOOPBACK = /^(https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?|null)$/i;

/** Response headers that a page may read beside the few that the standard lists. */
const EXPOSED = ['Preference-Applied', 'Allow', TRANSPORT_HEADER].join(', ');

/** Seconds for which a browser may keep what a preflight allowed. */
const MAX_AGE = '600';

/** Says which pages may read the answers (https://fetch.spec.whatwg.org/#http-cors-protocol). */
export interface Cors {
  /** The headers that let the page of this origin read an answer; none for an origin that is not allowed. */
  headersFor(origin: string | undefined): readonly string[];
  /** The headers that answer a preflight, beside those of `headersFor`; none where the origin is not allowed. */
  preflightHeaders(headers: IncomingHttpHeaders): readonly string[];
}

/** Allows loopback origins, `null`, and `origins`: such as `https://ui.example.com`, or `*` for every one. */
export function corsFor(origins: readonly string[]): Cors {
  const listed = new Set(origins.map((origin) => origin.toLowerCase().replace(/\/$/, '')));
  const allows = (origin: string | undefined): origin is string =>
    origin !== undefined && (listed.has('*') || LOOPBACK.test(origin) || listed.has(origin.toLowerCase()));
  return {
    headersFor: (origin) => (allows(origin) ? grant(origin) : []),
    preflightHeaders: (headers) => (allows(headers.origin) ? preflightGrant(headers) : []),
  };
}

/** Whether a request is a browser's question, and not a request of the page itself. */
export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  const asked = headers['access-control-request-method'];
  return method === 'OPTIONS' && headers.origin !== undefined && asked !== undefined;
}

function grant(origin: string): readonly string[] {
  return [
    'Access-Control-Allow-Origin',
    origin,
    'Access-Control-Allow-Credentials',
    'true',
    'Access-Control-Expose-Headers',
    EXPOSED,
  ];
}

/** Any method is granted, so that the page sees the 405 and its reason, and not a blocked request. */
function preflightGrant(headers: IncomingHttpHeaders): readonly string[] {
  const { 'access-control-request-method': method = 'GET', 'access-control-request-headers': names } =
    headers;
  return [
    'Access-Control-Allow-Methods',
    method,
    ...(names === undefined ? [] : ['Access-Control-Allow-Headers', names]),
    ...(headers['access-control-request-private-network'] === 'true'
      ? ['Access-Control-Allow-Private-Network', 'true']
      : []),
    'Access-Control-Max-Age',
    MAX_AGE,
  ];
}
