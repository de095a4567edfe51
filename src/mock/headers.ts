import { type IncomingHttpHeaders, validateHeaderValue } from 'node:http';
import { type AcceptValue, admits, parseAccept } from '../http/accept.ts';
import { isJsonType, sameMediaType } from '../http/media-type.ts';
import type { Cors } from './cors.ts';
import type { Answer, Reply } from './reply.ts';
import type { MakeTransportReply } from './transport-answers.ts';

/** The request headers on which answers depend (RFC 9110 12.5.5). */
const VARY = {
  content: 'Accept, Prefer, Origin',
  none: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network',
};

interface HeaderParts {
  readonly transport: MakeTransportReply;
  readonly cors: Cors;
}

/**
 * Completes a reply with the headers that every answer has; one that `Accept` does not admit becomes a 406.
 * @throws TypeError for a header that could not be sent
 */
export function toAnswer(reply: Reply, request: IncomingHttpHeaders, parts: HeaderParts): Answer {
  const { type, failure, ...rest } = reply;
  const label = type === undefined ? undefined : labelOf(type, parseAccept(request.accept));
  if (type !== undefined && label === undefined && reply.transport === undefined) {
    return toAnswer(parts.transport('not-acceptable', { types: type }), request, parts);
  }
  const headers = [
    ...contentHeaders(reply.body, label ?? type),
    ...parts.cors.headersFor(request.origin),
    ...reply.headers,
  ];
  refuseUnsendable(headers);
  const failing = failure && { strikes: failure.strikes, answer: toAnswer(failure.reply, request, parts) };
  return { ...rest, headers, failure: failing };
}

/** Found here, and not when the answer is sent, where nobody could answer in its place. */
function refuseUnsendable(headers: readonly string[]): void {
  for (let index = 0; index < headers.length; index += 2) {
    validateHeaderValue(headers[index] ?? '', headers[index + 1] ?? '');
  }
}

function contentHeaders(body: Buffer | undefined, type: string | undefined): readonly string[] {
  return body && type !== undefined
    ? ['Content-Type', type, 'Content-Length', String(body.length), 'Vary', VARY.content]
    : ['Vary', VARY.none];
}

/** Whether a body of a documented media type could be sent under some name that `Accept` admits. */
export function isAdmitted(type: string, accept: string | undefined): boolean {
  return labelOf(type, parseAccept(accept)) !== undefined;
}

/**
 * What a body of a documented media type is called: by that type wherever it is admitted, else by `application/json` if
 * it is JSON and that is admitted. Undefined where neither is. Who admits some kind of JSON takes plain JSON as well:
 * clients send one `Accept` wherever they go.
 */
function labelOf(type: string, accept: AcceptValue): string | undefined {
  const names = [type, ...(isJsonType(type) ? ['application/json'] : [])];
  const admitted = names.find((each) => admits(accept, each));
  return admitted ?? (sameMediaType(type, 'application/json') && admitsJson(accept) ? type : undefined);
}

function admitsJson(accept: AcceptValue): boolean {
  return accept.kind === 'ranges' && accept.ranges.some(({ essence, q }) => q > 0 && isJsonType(essence));
}
