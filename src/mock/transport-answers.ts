import type { Description, MediaType, Operation } from '../description/model.ts';
import { KitError } from '../errors.ts';
import { errorModel } from './handlers/error-model.ts';
import { LIMITS } from './limits.ts';
import { type Reply, replyOf } from './reply.ts';

/**
 * Every answer that the documented page does not describe. `docs/transport-answers.md` lists them; a test holds the two
 * together. The codes are those that Gravitino has for the same kind of error.
 */
export const TRANSPORT_ANSWERS = {
  'malformed-request': {
    status: 400,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'This is no HTTP/1.1 request: {reason}',
  },
  'malformed-target': {
    status: 400,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'The target {target} holds what is neither printable ASCII nor a percent-encoding of UTF-8',
  },
  'host-missing': {
    status: 400,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'An HTTP/1.1 request needs a Host header',
  },
  'preference-refused': {
    status: 400,
    code: 1001,
    type: 'IllegalArgumentException',
    message: '{reason}',
  },
  'malformed-body': {
    status: 400,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'The request cannot be met: {reason}',
  },
  'control-refused': {
    status: 400,
    code: 1001,
    type: 'IllegalArgumentException',
    message: '{reason}',
  },
  'foreign-origin': {
    status: 403,
    code: 1008,
    type: 'ForbiddenException',
    message: 'Pages of {origin} may not control this mock; --cors admits an origin',
  },
  'unknown-path': {
    status: 404,
    code: 1003,
    type: 'NotFoundException',
    message: 'No operation is at {path}. Described are {operations}',
  },
  'absent-thing': {
    status: 404,
    code: 1003,
    type: 'NotFoundException',
    message: 'There is {reason}',
  },
  'method-not-allowed': {
    status: 405,
    code: 1006,
    type: 'UnsupportedOperationException',
    message: '{path} does not take {method}, it takes {allow}',
  },
  'not-acceptable': {
    status: 406,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'Accept admits none of {types}',
  },
  'request-timeout': {
    status: 408,
    code: 1000,
    type: 'RequestTimeoutException',
    message: 'The request did not arrive within {headersMs} ms for its headers and {requestMs} ms in all',
  },
  conflict: {
    status: 409,
    code: 1004,
    type: 'ConflictException',
    message: 'This cannot be done now: {reason}',
  },
  'body-too-large': {
    status: 413,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'The body is larger than {bodyBytes} bytes',
  },
  'target-too-long': {
    status: 414,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'The target is longer than {targetLength} characters',
  },
  'unsupported-media-type': {
    status: 415,
    code: 1001,
    type: 'IllegalArgumentException',
    message: '{reason}',
  },
  'expectation-failed': {
    status: 417,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'Expect: {expect} cannot be met, only 100-continue can',
  },
  'headers-too-large': {
    status: 431,
    code: 1001,
    type: 'IllegalArgumentException',
    message: 'The headers are larger than {headerBytes} bytes',
  },
  'broken-answer': {
    status: 500,
    code: 1002,
    type: 'RuntimeException',
    message: 'The answer would break the description: {reason}',
  },
  'mock-failed': {
    status: 500,
    code: 1002,
    type: 'RuntimeException',
    message: 'A fault of the mock itself: {reason}',
  },
} as const;

/** A key of the list. */
export type TransportName = keyof typeof TRANSPORT_ANSWERS;

/** The header that marks these answers, so that nobody takes them for Gravitino's. Its value is the name in the list. */
export const TRANSPORT_HEADER = 'x-jobs-kit';

/** Makes a reply of the list. The facts, and `LIMITS`, fill the braces of its message. */
export type MakeTransportReply = (
  name: TransportName,
  facts?: Readonly<Record<string, string | number>>,
  headers?: readonly string[],
) => Reply;

/**
 * The replies as this description can express them: in its error's media type, valid by its error's schema.
 * @throws KitError DESCRIPTION_INVALID where the schema of the description's errors does not admit them.
 */
export function transportReplies(description: Description): MakeTransportReply {
  const mediaType = errorMediaType(description.operations);
  refuseOtherErrors(mediaType);
  const type = mediaType?.type ?? 'application/json';
  return (name, facts = {}, headers = []) =>
    replyOf({
      status: TRANSPORT_ANSWERS[name].status,
      body: Buffer.from(JSON.stringify(contentOf(name, facts))),
      type,
      headers: [TRANSPORT_HEADER, name, ...headers],
      why:
        TRANSPORT_ANSWERS[name].status < 500
          ? `transport: ${name}`
          : `transport: ${name}: ${facts['reason']}`,
      transport: name,
      repeatable: TRANSPORT_ANSWERS[name].status < 500,
    });
}

/** The first media type that describes an error of the client. */
function errorMediaType(operations: readonly Operation[]): MediaType | undefined {
  const responses = operations.flatMap((operation) => operation.responses);
  return responses.find(({ key, mediaTypes }) => key.startsWith('4') && mediaTypes.length > 0)?.mediaTypes[0];
}

function refuseOtherErrors(mediaType: MediaType | undefined): void {
  for (const name of Object.keys(TRANSPORT_ANSWERS) as TransportName[]) {
    const [violation] = mediaType?.schema?.check(contentOf(name, {})) ?? [];
    if (violation) {
      const reason = `the schema of errors does not admit the mock's own: "${violation.pointer}" would have to be ${violation.expected}`;
      throw KitError.of(
        'DESCRIPTION_INVALID',
        { reason, advice: 'Let it admit code, type and message.' },
        violation.where,
      );
    }
  }
}

function contentOf(name: TransportName, facts: Readonly<Record<string, string | number>>): object {
  const { code, type, message } = TRANSPORT_ANSWERS[name];
  const known: Readonly<Record<string, string | number>> = { ...LIMITS, ...facts };
  const filled = message.replace(/\{(\w+)\}/g, (_, fact: string) => String(known[fact] ?? `{${fact}}`));
  return errorModel({ code, type, message: filled });
}
