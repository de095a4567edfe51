import type { HeaderLine, SentRequest } from './exchange.ts';
import { type Told, toldHeaders } from './placeholders.ts';
import { rawLineOf } from './raw-line.ts';

/** A target that can stand in a URL: other forms than a path (RFC 9112 3.2), and fragments, cannot. */
const IN_URL = /^\/[!"$-~]*$/;

/** Methods whose requests have no Content-Length where they have no body. */
const BODILESS = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

/** The length of bodies from which on curl waits for leave to send them. */
const LONG_BODY = 1024;

/** Segments that curl resolves unless it is told not to. */
const DOT_SEGMENT = /\/(\.|%2e){1,2}(?=[/?]|$)/i;

/**
 * A command line for a POSIX shell that sends a request again: by curl, or byte by byte where curl would send another one.
 * A secret is written as a variable: the values of `given` headers as `$HEADER_1` and so on, by their place in that list,
 * other credentials by their name. `options` are those that curl needs to reach the server.
 */
export function curlOf(
  request: SentRequest,
  given: readonly HeaderLine[],
  options: readonly string[] = [],
): string {
  return isForCurl(request)
    ? curlLine(request, toldHeaders(request, given), options)
    : rawLineOf(request, originOf(request), given);
}

/** Whether curl, and a shell in a terminal of any encoding, let it pass as it is. */
function isForCurl({ irregular, target, method, headers, body = '' }: SentRequest): boolean {
  return (
    !irregular &&
    /^[!-~]+$/.test(target) &&
    headers.every(([, value]) => /^[ -~]*$/.test(value)) &&
    /^\P{C}*$/u.test(body) &&
    !(method === 'HEAD' && body !== '')
  );
}

function curlLine(request: SentRequest, headers: readonly Told[], options: readonly string[]): string {
  const { method, target, httpVersion, body } = request;
  const origin = originOf(request);
  const isPath = IN_URL.test(target);
  return [
    'curl -i',
    ...options,
    // TLS would offer HTTP/2.
    ...(httpVersion === '1.0' ? ['--http1.0'] : origin.startsWith('https:') ? ['--http1.1'] : []),
    ...methodOptions(method, body),
    ...(isPath && DOT_SEGMENT.test(target) ? ['--path-as-is'] : []),
    ...headers.filter((each) => !isImplied(each, request, origin)).map(headerOption),
    ...withoutDefaults(request),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
    ...(isPath && /[[\]{}]/.test(target) ? ['--globoff'] : []),
    ...(isPath ? [] : [`--request-target ${quote(target)}`]),
    quote(isPath ? `${origin}${target}` : origin),
  ].join(' ');
}

function methodOptions(method: string, body: string | undefined): readonly string[] {
  if (method === 'HEAD') {
    return ['--head'];
  }
  return method === 'GET' && body === undefined ? [] : [`-X ${quote(method)}`];
}

/** What curl writes by itself. */
function isImplied({ name, value }: Told, { body }: SentRequest, origin: string): boolean {
  switch (name.toLowerCase()) {
    case 'host':
      return value === new URL(origin).host;
    case 'connection':
      return value.toLowerCase() === 'keep-alive';
    case 'content-length':
      return body !== undefined && value === String(Buffer.byteLength(body));
    default:
      return false;
  }
}

function headerOption({ name, value, variable }: Told): string {
  if (variable !== undefined) {
    return `-H ${quote(`${name}: `)}"$${variable}"`;
  }
  // A header without a value ends in a semicolon for curl.
  return `-H ${quote(value.trim() === '' ? `${name};` : `${name}: ${value}`)}`;
}

/** What curl does unless it is told not to. A recording may lack what its client did by itself. */
function withoutDefaults({ method, headers, body, common, bytes }: SentRequest): readonly string[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const hasLength = common && !bytes && body === undefined && !BODILESS.includes(method);
  return [
    ...(names.has('accept') ? [] : ["-H 'Accept:'"]),
    ...(common === undefined || names.has('user-agent') ? [] : ["-A ''"]),
    ...(hasLength ? ["-H 'Content-Length: 0'"] : []),
    ...(body === undefined || names.has('content-type') ? [] : ["-H 'Content-Type:'"]),
    ...(body === undefined || body.length < LONG_BODY || names.has('expect') ? [] : ["-H 'Expect:'"]),
  ];
}

/** Recorded traffic may tell its server by the Host header alone. */
function originOf({ origin, headers }: SentRequest): string {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  return origin ?? (URL.canParse(`http://${host}`) ? `http://${host}` : 'http://localhost');
}

/** In single quotes unless the text is harmless. */
function quote(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
