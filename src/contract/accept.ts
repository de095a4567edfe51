import type { Operation } from '../description/model.ts';
import { type AcceptValue, admits, parseAccept } from '../http/accept.ts';
import { headerValue, type SentRequest } from './exchange.ts';

/**
 * What a request's Accept says to a documented media type: it admits one; it admits none but `application/json`, which
 * many clients send to any JSON API; it excludes them all; or it says nothing that can be relied upon.
 */
export type Acceptance = 'admits' | 'json' | 'excludes' | 'unclear';

/** What the Accept of a request says to the media types of which it must admit one. */
export function acceptanceOf(request: SentRequest, operation: Operation): Acceptance {
  const field = headerValue(request.headers, 'Accept');
  const accept = parseAccept(field);
  if (field === undefined) {
    return 'admits';
  }
  if (accept.kind !== 'ranges') {
    return 'unclear';
  }
  // Whether a range with a parameter covers a media type without it is not for us to decide.
  const ranges = accept.ranges.filter(({ parameters }) => parameters.size === 0);
  const plain: AcceptValue = { kind: 'ranges', ranges };
  if (acceptableTypes(operation).some((type) => admits(plain, type))) {
    return 'admits';
  }
  return ranges.length > 0 && ranges.every(({ essence, q }) => essence === 'application/json' && q > 0)
    ? 'json'
    : 'excludes';
}

/** The media types of which an Accept must admit one: those of the 2xx answers unless the description says others. */
export function acceptableTypes(operation: Operation): readonly string[] {
  return operation.accepts ?? documentedTypes(operation);
}

/** The media types of the operation's 2xx answers. */
export function documentedTypes({ responses }: Operation): readonly string[] {
  const successes = responses.filter(({ key }) => key.startsWith('2'));
  return successes.flatMap(({ mediaTypes }) => mediaTypes.map(({ type }) => type));
}
