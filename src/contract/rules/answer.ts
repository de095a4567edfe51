import type { Call } from '../call.ts';
import type { Failure } from '../exchange.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';

/** Slower answers than this are worth a warning, in milliseconds. */
const SLOW = 5000;

export const answer: Rule = {
  id: 'answer',
  claim: 'Every request gets one complete and well-formed HTTP answer in time.',
  severity: 'error',
  basis: 'RFC 9110 section 3.4 and RFC 9112 section 2.1',
  fix: 'Repeat the request with the curl line and read the log of the server, or of the proxy in front of it.',
  message: '{operation} got no complete answer: {actual}',
  needs: 'bytes',
  judge: ({ calls }) =>
    judgeEach(calls, (call) => {
      const { failure } = call.exchange;
      const expected = 'one complete HTTP answer';
      return failure && { call, kind: failure.kind, expected, actual: sayFailure(failure) };
    }),
};

export const slowAnswer: Rule = {
  id: 'slow-answer',
  claim: 'An answer takes no more than 5 seconds.',
  severity: 'warning',
  basis: 'what callers put up with',
  fix: 'Find out what the server waits for. The first answer of a run is not counted, since the server may be cold.',
  message: '{operation} took {actual}',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(calls.slice(1), (call) => {
      const { response, durationMs = 0 } = call.exchange;
      const actual = `${(durationMs / 1000).toFixed(1)} s`;
      const isSlow = response !== undefined && durationMs > SLOW;
      return isSlow ? { call, kind: 'slow', expected: 'at most 5 s', actual } : undefined;
    }),
};

export const answerSize: Rule = {
  id: 'answer-size',
  claim: 'The body of an answer has no more than 64 MiB.',
  severity: 'warning',
  basis: 'what is read of one answer here',
  fix: 'Judge the server with less data: what an answer beyond that size holds is not looked at.',
  message: '{operation} answers with a body that is not judged: {actual}',
  judge: ({ calls }) => judgeEach(calls, (call) => bodyProblem(call, 'size', 'at most 64 MiB')),
};

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

function bodyProblem(call: Call, kind: 'size' | 'coding', expected: string): Violation | undefined {
  const problem = call.exchange.response?.bodyProblem;
  return problem?.kind === kind ? { call, kind, expected, actual: problem.detail } : undefined;
}

function sayFailure({ kind, detail, raw }: Failure): string {
  const [line = ''] = (raw ?? Buffer.alloc(0)).toString('latin1').split(/\r?\n/);
  return kind === 'malformed' ? `${detail}; it begins with ${JSON.stringify(line.slice(0, 80))}` : detail;
}
