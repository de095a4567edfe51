import type { IncomingHttpHeaders } from 'node:http';
import { type AcceptValue, admits, parseAccept } from '../http/accept.ts';
import { parseMediaType } from '../http/media-type.ts';
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

/** Completes a reply with the headers that every answer has; one that `Accept` does not admit becomes a 406. */
export function toAnswer(reply: Reply, request: IncomingHttpHeaders, parts: HeaderParts): Answer {
  const { type, headers, failure, ...rest } = reply;
  const label = type === undefined ? undefined : labelOf(type, parseAccept(request.accept));
  if (type !== undefined && label === undefined && reply.transport === undefined) {
    return toAnswer(parts.transport('not-acceptable', { types: type }), request, parts);
  }
  return {
    ...rest,
    headers: [
      ...contentHeaders(reply.body, label ?? type),
      ...parts.cors.headersFor(request.origin),
      ...headers,
    ],
    failure: failure && { strikes: failure.strikes, answer: toAnswer(failure.reply, request, parts) },
  };
}

function contentHeaders(body: Buffer | undefined, type: string | undefined): readonly string[] {
  return body && type !== undefined
    ? ['Content-Type', type, 'Content-Length', String(body.length), 'Vary', VARY.content]
    : ['Vary', VARY.none];
}

/**
 * What a body of a documented media type is called: by that type wherever it is admitted, else by `application/json` if
 * it is JSON and that is admitted. Undefined where neither is.
 */
function labelOf(type: string, accept: AcceptValue): string | undefined {
  const isJson = parseMediaType(type)?.subtype.endsWith('+json');
  return [type, ...(isJson ? ['application/json'] : [])].find((each) => admits(accept, each));
}
