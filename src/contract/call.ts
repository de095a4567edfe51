import type { Operation, Parameter, ResponseDescription } from '../description/model.ts';
import { isJsonType, parseMediaType, sameMediaType } from '../http/media-type.ts';
import type { Schema } from '../schema/schema.ts';
import { type Acceptance, acceptanceOf } from './accept.ts';
import type { Content, Contents, ReadBody } from './content.ts';
import { type Exchange, headerValue, type ReceivedResponse } from './exchange.ts';
import { isPlain } from './plain.ts';
import type { Route } from './routes.ts';

/** An exchange that calls an operation of the description, with all that the rules ask about it. */
export interface Call extends Route {
  readonly exchange: Exchange;
  /** How many requests that may change data came before: what two calls show can be compared only where this is equal. */
  readonly epoch: number;
  readonly acceptance: Acceptance;
  /** Whether the request is an ordinary one but for its Accept. */
  readonly plain: boolean;
  /** Set where it does not call the operation itself; then the description says nothing of its answer. */
  readonly beside?: Beside;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** What the description says of an answer with this status. */
  readonly described: ResponseDescription | undefined;
  readonly content: Content;
}

/**
 * How a request that calls no operation relates to one: another method at its path, a path that begins like its path,
 * its path with slashes too many or in another form that HTTP or URLs know, or the server as a whole.
 */
export type Beside = 'method' | 'path' | 'slashes' | 'form' | 'server';

/** Makes a call of an exchange and of the operation that it was routed to. */
export function callOf(exchange: Exchange, route: Route, epoch: number, contents: Contents): Call {
  const { request, response } = exchange;
  const { content, ...kept } = contents.read(response?.body);
  return {
    exchange: response ? { ...exchange, response: withBody(response, kept) } : exchange,
    ...route,
    epoch,
    acceptance: acceptanceOf(request, route.operation),
    plain: isPlain(request, route),
    status: response?.status,
    described: response && describedResponse(route.operation, response.status),
    content,
  };
}

function withBody(
  response: ReceivedResponse,
  { body, bodySize, excess }: Omit<ReadBody, 'content'>,
): ReceivedResponse {
  return {
    ...response,
    body,
    ...(bodySize !== undefined && { bodySize }),
    ...(excess !== undefined && { bodyProblem: { kind: 'size', detail: excess } }),
  };
}

/** How many bytes the body of an answer has; 0 where it is not known. */
export function sizeOfBody({ exchange: { response } }: Call): number {
  return response?.bodySize ?? response?.body?.length ?? 0;
}

/** Whether two answers have the same body, as far as it is known. */
export function haveSameBody({ exchange: one }: Call, { exchange: other }: Call): boolean {
  const [a, b] = [one.response?.body, other.response?.body];
  // Of long ones just the beginning is kept: where they are the same, it is one and the same buffer.
  const isLong = one.response?.bodySize !== undefined;
  return !a || !b || a === b || (!isLong && a.equals(b));
}

/** Makes a call of an exchange whose request calls no operation, about one that is near. */
export function callBeside(
  exchange: Exchange,
  operation: Operation,
  beside: Beside,
  contents: Contents,
): Call {
  const route = { operation, path: new Map(), query: [] };
  const call = callOf(exchange, route, 0, contents);
  return { ...call, beside, acceptance: 'unclear', plain: false, described: undefined };
}

/** The same call of a request that is odd for a reason of its own. */
export function asOdd(call: Call): Call {
  return { ...call, plain: false };
}

/** Whether the description binds every answer to this request: an ordinary one that admits a documented media type. */
export function isBinding(call: Call): boolean {
  return call.plain && call.acceptance === 'admits';
}

/** Whether the description says what the body of this answer is: a described one, on a request that is not too odd. */
export function hasBoundBody(call: Call): boolean {
  const odd = !call.plain && !isSuccess(call);
  return call.described !== undefined && call.acceptance === 'admits' && !odd && !isAlsoServed(call);
}

export function isSuccess({ status }: Call): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** The value of the answer's Content-Type; undefined where it has none. */
export function contentType({ exchange: { response } }: Call): string | undefined {
  return response && headerValue(response.headers, 'Content-Type');
}

/** Whether the answer comes in a media type that the prose allows beside the documented ones; its body is free. */
export function isAlsoServed(call: Call): boolean {
  const type = contentType(call) ?? '';
  return call.described?.alsoServed.some((served) => sameMediaType(served, type)) ?? false;
}

/**
 * The schema of the answer's body: that of its media type, or that of the documented JSON type where the answer is JSON
 * under a wrong name or none, so that one mistake does not hide others.
 */
export function schemaOf(call: Call): Schema | undefined {
  const type = contentType(call);
  const documented = call.described?.mediaTypes ?? [];
  const exact = documented.find((each) => type !== undefined && sameMediaType(each.type, type));
  const named = type !== undefined && parseMediaType(type) !== undefined;
  const likely = !named || isJsonType(type) ? documented.find((each) => isJsonType(each.type)) : undefined;
  return (exact ?? likely)?.schema;
}

/** The values that a call gives to a path or query parameter; none for parameters elsewhere. */
export function valuesOf(call: Call, parameter: Parameter): readonly (string | undefined)[] {
  if (parameter.in === 'path') {
    return [call.path.get(parameter.name)];
  }
  return parameter.in === 'query'
    ? call.query.filter(([name]) => name === parameter.name).map(([, value]) => value)
    : [];
}

/** The response for a status: the exact one, else its range such as `4XX`, else `default` (OpenAPI 3.0.3, Responses Object). */
function describedResponse({ responses }: Operation, status: number): ResponseDescription | undefined {
  const keys = [String(status), `${String(status)[0]}XX`, 'default'];
  return keys.flatMap((key) => responses.find((response) => response.key === key) ?? [])[0];
}
