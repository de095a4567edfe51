import type { Call } from '../call.ts';
import { codingsOf } from '../decode.ts';
import { type BodyProblem, headerValue } from '../exchange.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';

export const contentCoding: Rule = {
  id: 'content-coding',
  claim: 'A body is encoded as its Content-Encoding says.',
  severity: 'error',
  basis: 'RFC 9110 section 8.4',
  fix: 'Compress in one place only, the server or the proxy, and set Content-Encoding there.',
  message: '{operation} answers with a body that cannot be decoded: {actual}',
  needs: 'bytes',
  judge: ({ calls }) =>
    judgeEach(calls, (call) => bodyProblem(call, 'coding', 'bytes of its Content-Encoding')),
};

export const unaskedCoding: Rule = {
  id: 'unasked-coding',
  claim: 'A body comes in a content coding that the request accepts.',
  severity: 'warning',
  basis: 'RFC 9110 section 12.5.3',
  fix: 'Compress only for who names the coding in Accept-Encoding: other clients cannot read it.',
  message: '{operation} answers in a content coding that was not asked for: {actual}',
  judge: ({ calls }) => judgeEach(calls.filter(hasCoding), judgeCoding),
};

/** The problem of this kind that the body of an answer has, as a violation. */
export function bodyProblem(call: Call, kind: BodyProblem['kind'], expected: string): Violation | undefined {
  const problem = call.exchange.response?.bodyProblem;
  return problem?.kind === kind ? { call, kind, expected, actual: problem.detail } : undefined;
}

function hasCoding({ exchange: { response } }: Call): boolean {
  return response !== undefined && headerValue(response.headers, 'Content-Encoding') !== undefined;
}

/** Who names no coding accepts all of them; what a weight of zero asks for is seldom understood. */
function judgeCoding(call: Call): Violation | undefined {
  const { request, response } = call.exchange;
  const accepted = headerValue(request.headers, 'Accept-Encoding');
  const used = codingsOf(headerValue(response?.headers ?? [], 'Content-Encoding'));
  const names = codingsOf(accepted).map((each) => each.replace(/\s*;.*$/, '').replace(/^x-/, ''));
  const isOpen = accepted === undefined || names.includes('*');
  const unasked = used.find((each) => each !== 'identity' && !names.includes(each.replace(/^x-/, '')));
  if (!isOpen && unasked !== undefined) {
    const actual = `Content-Encoding: ${used.join(', ')} for Accept-Encoding: ${accepted}`;
    return { call, kind: unasked, expected: accepted, actual };
  }
  return bodyProblem(call, 'unsupported', 'gzip, deflate, br or none');
}
