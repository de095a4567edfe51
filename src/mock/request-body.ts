import type { IncomingHttpHeaders } from 'node:http';
import type { MediaType, RequestBody } from '../description/model.ts';
import { isJsonType, sameMediaType } from '../http/media-type.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Refused } from './handlers/handler.ts';

/** What a body says, or why it cannot be met. */
export type ParsedBody = { readonly value: JsonObject } | { readonly refused: Refused };

/** How deep a body may be nested. */
const DEPTH = 100;

/**
 * What a body says, if it is as the operation describes it. Clients are met half-way: any JSON type will do where JSON is
 * described, and a member that is null counts as absent where its schema does not know null.
 */
export function parseBody(described: RequestBody, headers: IncomingHttpHeaders, bytes: Buffer): ParsedBody {
  if (bytes.length === 0) {
    return described.required ? refused('no-content', 'the request has no body') : { value: {} };
  }
  const mediaType = mediaTypeOf(described, headers['content-type']);
  if (!mediaType) {
    return refused('unsupported-media-type', mediaTypeReason(described, headers['content-type']));
  }
  const value = parseJson(bytes);
  if (value === undefined) {
    return refused('malformed-body', 'the body is no JSON text in UTF-8');
  }
  return depthOf(value) > DEPTH
    ? refused('malformed-body', `the body is nested deeper than ${DEPTH} levels`)
    : accepted(value, mediaType);
}

function accepted(value: Json, { schema }: MediaType): ParsedBody {
  const [violation] = schema?.check(value) ?? [];
  const sent = violation ? withoutNulls(value) : value;
  const [remaining] = violation ? (schema?.check(sent) ?? []) : [];
  if (remaining) {
    const { pointer, actual, expected } = remaining;
    return refused('malformed-body', `${pointer || 'the body'} is ${actual}, expected was ${expected}`);
  }
  return { value: isObject(sent) ? sent : {} };
}

function mediaTypeOf({ mediaTypes }: RequestBody, contentType = ''): MediaType | undefined {
  return (
    mediaTypes.find(({ type }) => sameMediaType(type, contentType)) ??
    (isJsonType(contentType) ? mediaTypes.find(({ type }) => isJsonType(type)) : undefined)
  );
}

function mediaTypeReason({ mediaTypes }: RequestBody, contentType: string | undefined): string {
  const known = mediaTypes.map(({ type }) => type).join(' or ');
  return contentType === undefined
    ? `A body needs a Content-Type: ${known}`
    : `The Content-Type ${JSON.stringify(contentType)} is none of ${known}`;
}

/** Without a byte order mark, if there is one. */
function parseJson(bytes: Buffer): Json | undefined {
  try {
    const value: Json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}

/** The levels of a value, without recursion: it may have half a million. */
function depthOf(value: Json): number {
  let depth = 0;
  let level: readonly Json[] = [value];
  while (level.length > 0) {
    depth += 1;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return depth;
}

function withoutNulls(value: Json): Json {
  if (isArray(value)) {
    return value.map(withoutNulls);
  }
  if (!isObject(value)) {
    return value;
  }
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

function refused(refusal: string, reason: string): ParsedBody {
  return { refused: { refusal, facts: { reason } } };
}
