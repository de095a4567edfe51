import { type Call, sizeOfBody } from '../call.ts';
import type { Failure } from '../exchange.ts';
import { bodyProblem } from './content-coding.ts';
import { wasDropped } from './requests.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';

/** Slower answers than this are worth a warning, in milliseconds. */
const SLOW = 5000;

/** Larger bodies than this are worth a warning, in bytes. */
const LARGE = 5e6;

export const answer: Rule = {
  id: 'answer',
  claim: 'Every request gets one complete and well-formed HTTP answer in time.',
  severity: 'error',
  basis: 'RFC 9110 section 3.4 and RFC 9112 section 2.1',
  fix: 'Repeat the request with the curl line and read the log of the server, or of the proxy in front of it.',
  message: '{operation} got no complete answer: {actual}',
  needs: 'bytes',
  judge: ({ calls }) => {
    const { violations, tests } = judgeEach(calls, judgeFailure);
    const hung = isRepeated(calls) ? calls.filter(isHung) : [];
    return {
      tests,
      violations: [
        ...violations,
        ...hung.map((call) =>
          hungViolation(
            call,
            'none in time over a connection that was used before, though a fresh one brings it',
          ),
        ),
      ],
    };
  },
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
      const { response, durationMs = 0, hungOnReuse } = call.exchange;
      if (hungOnReuse && !isRepeated(calls)) {
        return hungViolation(
          call,
          'too long over a connection that was used before, and no time over a fresh one',
        );
      }
      const actual = `${(durationMs / 1000).toFixed(1)} s`;
      const isSlow = response !== undefined && durationMs > SLOW;
      return isSlow ? { call, kind: 'slow', expected: 'at most 5 s', actual } : undefined;
    }),
};

export const answerSize: Rule = {
  id: 'answer-size',
  claim: 'The body of an answer has no more than 5 MB.',
  severity: 'warning',
  basis: 'what callers put up with; bodies of more than 32 MiB are not read to their end here',
  fix: 'Offer pages or filters. Judge the server with less data where its bodies are too large to be read here.',
  message: '{operation} answers with a very large body: {actual}',
  judge: ({ calls }) => judgeEach(calls, judgeSize),
};

function judgeSize(call: Call): Violation | undefined {
  const size = sizeOfBody(call);
  const actual = `${(size / 1e6).toFixed(1)} MB`;
  return size > LARGE
    ? { call, kind: 'large', expected: 'at most 5 MB', actual }
    : bodyProblem(call, 'size', 'at most 5 MB');
}

function judgeFailure(call: Call): Violation | undefined {
  const { failure } = call.exchange;
  const expected = 'one complete HTTP answer';
  return failure && !wasDropped(call) && !isToldByBytes(call)
    ? { call, kind: failure.kind, expected, actual: sayFailure(failure) }
    : undefined;
}

function isHung({ exchange }: Call): boolean {
  return exchange.hungOnReuse === true;
}

/** One such hang may be chance. */
function isRepeated(calls: readonly Call[]): boolean {
  return calls.filter(isHung).length > 1;
}

function hungViolation(call: Call, actual: string): Violation {
  return { call, kind: 'hung', expected: 'an answer over each connection', actual };
}

/** Faults of the bytes have rules of their own. */
function isToldByBytes({ exchange: { failure, wire } }: Call): boolean {
  return failure?.kind === 'malformed' && wire !== undefined && wire.faults.length > 0;
}

function sayFailure({ kind, detail, raw }: Failure): string {
  const [line = ''] = (raw ?? Buffer.alloc(0)).toString('latin1').split(/\r?\n/);
  return kind === 'malformed' ? `${detail}; it begins with ${JSON.stringify(line.slice(0, 80))}` : detail;
}
