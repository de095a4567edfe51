import type { MediaType, Parameter, RequestBody } from '../description/model.ts';
import { isJsonType, sameMediaType } from '../http/media-type.ts';
import type { Json } from '../json.ts';
import { headerValue, type SentRequest } from './exchange.ts';
import { scanJson } from './json-scan.ts';
import type { Route } from './routes.ts';

/**
 * How a request breaks what the description says of it. `type`: its body comes in another media type than the described
 * ones; `form`: in no form that can be read; `value`: something in it is not valid; `unknown`: that cannot be told.
 */
export interface RequestFault {
  readonly kind: 'missing' | 'type' | 'form' | 'value' | 'unknown';
  /** What is wrong, for people. */
  readonly detail: string;
  /** Set where the body is JSON all the same, under another name than the described one. */
  readonly isJsonAlike?: boolean;
}

/** How a request breaks the description of its parameters and of its body; undefined where it does not. */
export function requestFaultOf(request: SentRequest, route: Route): RequestFault | undefined {
  return queryFault(route) ?? bodyFault(request, route.operation.requestBody);
}

/** The body of a request as JSON; undefined where it is none. */
export function bodyOf({ body }: SentRequest): Json | undefined {
  try {
    const value: Json | undefined = body === undefined ? undefined : JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

function queryFault({ operation, query }: Route): RequestFault | undefined {
  for (const [name, value] of query) {
    const parameter = operation.parameters.find((each) => each.in === 'query' && each.name === name);
    const read = parameter && value !== undefined ? readAs(parameter, value) : undefined;
    const [violation] = read === undefined ? [] : (parameter?.schema?.check(read) ?? []);
    if (violation) {
      return {
        kind: 'value',
        detail: `${name} is ${JSON.stringify(value)} instead of ${violation.expected}`,
      };
    }
  }
  return undefined;
}

/** A value of a query as the type of its parameter reads it; undefined where that is no matter of one text. */
function readAs({ schema }: Parameter, value: string): Json | undefined {
  switch (schema?.standard['type']) {
    case 'boolean':
      return value === 'true' || (value === 'false' ? false : value);
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    case 'string':
      return value;
    default:
      return undefined;
  }
}

function bodyFault(request: SentRequest, described: RequestBody | undefined): RequestFault | undefined {
  const { body = '' } = request;
  if (described === undefined) {
    return body === '' ? undefined : { kind: 'unknown', detail: 'a body that nobody described' };
  }
  if (!isWhole(request)) {
    return { kind: 'unknown', detail: 'a body that is not known' };
  }
  if (body === '') {
    return described.required ? { kind: 'missing', detail: 'no body' } : undefined;
  }
  return contentFault(request, described);
}

function contentFault(request: SentRequest, { mediaTypes }: RequestBody): RequestFault | undefined {
  const type = headerValue(request.headers, 'Content-Type');
  const detail = type === undefined ? 'no Content-Type' : `Content-Type ${type}`;
  const exact = mediaTypes.find((each) => type !== undefined && sameMediaType(each.type, type));
  const alike = isJsonType(type ?? '') ? mediaTypes.find((each) => isJsonType(each.type)) : undefined;
  const mediaType = exact ?? alike;
  return mediaType
    ? (jsonFault(request, mediaType) ?? (exact ? undefined : { kind: 'type', detail, isJsonAlike: true }))
    : { kind: 'type', detail };
}

function jsonFault(request: SentRequest, { schema }: MediaType): RequestFault | undefined {
  const value = bodyOf(request);
  if (value === undefined || scanJson(request.body ?? '').length > 0) {
    return { kind: 'form', detail: 'a body that is no JSON, or ambiguous' };
  }
  const [violation] = schema?.check(value) ?? [];
  return (
    violation && {
      kind: 'value',
      detail: `${violation.pointer || 'the body'} is ${violation.actual} instead of ${violation.expected}`,
    }
  );
}

/** Whether the body is known in full. Recordings may have other texts in it, so that its length says nothing where it is JSON. */
function isWhole(request: SentRequest): boolean {
  const { body = '', headers } = request;
  const length = headerValue(headers, 'Content-Length');
  const isChunked = headerValue(headers, 'Transfer-Encoding') !== undefined;
  const isEncoded = headerValue(headers, 'Content-Encoding') !== undefined;
  const hasLength = length === undefined || length === String(Buffer.byteLength(body));
  return !isEncoded && !(isChunked && body === '') && (hasLength || bodyOf(request) !== undefined);
}
