import { STATUS_CODES } from 'node:http';
import { documentedTypes } from '../accept.ts';
import { type Call, isBinding } from '../call.ts';
import { type RequestFault, requestFaultOf } from '../request-fault.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';

export const serverError: Rule = {
  id: 'server-error',
  claim: 'No request that a client could send makes the server fail.',
  severity: 'error',
  basis: 'RFC 9110 section 15.6: a 5xx says that the server has erred',
  fix: 'Repeat the request with the curl line and look for the exception in the log of the server.',
  message: '{operation} fails with {actual}',
  unproven: 'no request was answered',
  judge: ({ calls }) =>
    judgeEach(answered(calls), (call) => (isServerError(call) ? failureOf(call) : undefined)),
};

export const documentedStatus: Rule = {
  id: 'documented-status',
  claim: 'An ordinary request gets one of the statuses that the description lists.',
  severity: 'error',
  basis: 'the responses of the operation',
  fix: 'Answer with a status that the description lists, or describe this one.',
  message: '{operation} answers {actual}, which the description does not list',
  unproven: 'no ordinary request was answered',
  judge: ({ calls, kind }) =>
    judgeEach(answered(calls).filter(isBinding), (call) => {
      const { described, operation } = call;
      const expected = operation.responses.map(({ key }) => key).join(', ');
      const isFine = described || hasRuleOfItsOwn(call, kind) || isOtherType(call);
      return isFine ? undefined : { ...statusViolation(call, expected), source: operation.where };
    }),
};

export const acceptable: Rule = {
  id: 'acceptable',
  claim: 'An Accept that admits the documented media type is never answered 406.',
  severity: 'error',
  basis: 'the media types of the responses; RFC 9110 section 12.5.1',
  fix: 'Let content negotiation offer the documented media type.',
  message: '{operation} answers {actual} to a request that accepts the documented media type',
  unproven: 'no ordinary request was answered',
  judge: ({ calls }) => judgeEach(answered(calls).filter(isBinding), refusal),
};

export const acceptJson: Rule = {
  id: 'accept-json',
  claim: 'A client that accepts application/json alone is answered, too.',
  severity: 'warning',
  basis: 'what HTTP clients send to JSON APIs by default',
  fix: 'Answer with the documented media type or with application/json instead of 406.',
  message: '{operation} answers {actual} to a lone Accept: application/json, which many clients send',
  unproven: 'no request accepted application/json alone',
  judge: ({ calls }) =>
    judgeEach(
      answered(calls).filter(({ plain, acceptance }) => plain && acceptance === 'json'),
      // Where the description says what an Accept must admit, it has said what becomes of others.
      (call) => (call.operation.accepts ? undefined : refusal(call)),
    ),
};

/** `404 Not Found` */
export function statusLine({ status = 0 }: Call): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

function statusViolation(call: Call, expected: string): Violation {
  return { call, kind: String(call.status), expected, actual: statusLine(call) };
}

function refusal(call: Call): Violation | undefined {
  const { status, operation } = call;
  const expected = `an answer in ${documentedTypes(operation).join(' or ')}`;
  return status === 406 ? { ...statusViolation(call, expected), source: operation.where } : undefined;
}

function answered(calls: readonly Call[]): readonly Call[] {
  return calls.filter(({ status }) => status !== undefined);
}

/** What fails only where the request is wrong has another cause than what fails always. */
function failureOf(call: Call): Violation {
  const fault = requestFaultOf(call.exchange.request, call);
  const kind = fault && !fault.isJsonAlike ? fault.kind : 'unknown';
  const violation = statusViolation(call, 'no 5xx');
  return { ...violation, kind: `${violation.kind} ${kind}`, actual: `${violation.actual}${WRONG[kind]}` };
}

/** What is wrong with a request, in words behind what it got. */
const WRONG: Readonly<Record<RequestFault['kind'], string>> = {
  missing: ' where the body is missing',
  type: ' where the body is of another media type',
  form: ' where the body is malformed',
  value: ' where the request is not valid',
  unknown: '',
};

/** A description may say that a server fails for a reason of which it knows: one that a release is to be compared with. */
function isServerError(call: Call): boolean {
  return hasFailed(call) && !call.operation.refuses.some(({ status }) => status === call.status);
}

/** 501 says that a method is unknown (of HEAD the rule `head` tells), 505 that a version of HTTP is: what the server understood, not how it failed. */
function hasFailed({
  status = 0,
  exchange: {
    request: { method },
  },
}: Call): boolean {
  return status >= 500 && status !== 505 && !(status === 501 && method !== 'GET');
}

/** A body of another media type than the described one may be refused for that. */
function isOtherType({ status, exchange: { request }, ...route }: Call): boolean {
  return status === 415 && requestFaultOf(request, route) !== undefined;
}

/**
 * 406 and 5xx are judged above. A 429 in recorded traffic says how fast somebody asked; in a live run it was waited for,
 * and persists.
 */
function hasRuleOfItsOwn({ status = 0 }: Call, kind: 'live' | 'recorded'): boolean {
  return status === 406 || status >= 500 || (status === 429 && kind === 'recorded');
}
