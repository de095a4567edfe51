import type { Call } from '../call.ts';
import { headerValue } from '../exchange.ts';
import { isBodiless } from '../raw-length.ts';
import { type FaultKind, shown, type WireFault } from '../wire-fault.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';

export const messageSyntax: Rule = {
  id: 'message-syntax',
  claim: 'The status line and the header lines of an answer are written by the grammar of HTTP.',
  severity: 'error',
  basis: 'RFC 9112 sections 2.2, 4 and 5, RFC 9110 section 5.5',
  fix: 'Let an HTTP library write the head, and check what is put into header values. Clients and proxies each read a malformed head in their own way.',
  message: '{operation} answers with {actual}',
  needs: 'bytes',
  judge: ({ calls }) =>
    judgeEach(calls, (call) => {
      // Some servers answer what is no HTTP request as they would a client of HTTP/0.9.
      const faults = faultsOf(call, 'syntax').filter(() => !isOldAnswer(call));
      return faults.map((fault) => wireViolation(call, fault, 'a head by RFC 9112'));
    }),
};

export const messageLength: Rule = {
  id: 'message-length',
  claim: 'An answer says in one way, and rightly, where its body ends.',
  severity: 'error',
  basis: 'RFC 9112 sections 6 and 7',
  fix: 'Let one place only, the server or the proxy, set Content-Length or Transfer-Encoding and write the chunks.',
  message: '{operation} answers with {actual}',
  needs: 'bytes',
  judge: ({ calls }) =>
    judgeEach(calls, (call) =>
      faultsOf(call, 'length').map((fault) => wireViolation(call, fault, 'one clear length by RFC 9112')),
    ),
};

export const surplusBytes: Rule = {
  id: 'surplus-bytes',
  claim: 'Nothing follows the end of an answer on its connection.',
  severity: 'error',
  basis: 'RFC 9112 sections 6.3 and 9.2',
  fix: 'Count the bytes of the body, not its characters, and write nothing behind it: the next answer on the connection is read from there.',
  message: '{operation} sends {actual}',
  needs: 'bytes',
  judge: ({ calls }) =>
    judgeEach(calls.filter(isRegular), (call) => judgeSurplus(call).filter(({ kind }) => kind !== 'newline')),
};

export const surplusNewline: Rule = {
  id: 'surplus-newline',
  claim: 'Not even an empty line follows the end of an answer.',
  severity: 'warning',
  basis: 'RFC 9112 section 2.2: only recipients of requests are asked to skip one',
  fix: 'Write the body alone behind the head: strict clients and proxies drop the connection.',
  message: '{operation} sends {actual}',
  needs: 'bytes',
  judge: ({ calls }) =>
    judgeEach(calls.filter(isRegular), (call) => judgeSurplus(call).filter(({ kind }) => kind === 'newline')),
};

export const bodilessAnswer: Rule = {
  id: 'bodiless-answer',
  claim: 'An answer to HEAD, a 1xx, a 204 and a 304 have no body.',
  severity: 'error',
  basis: 'RFC 9110 sections 8.6, 9.3.2, 15.3.5 and 15.4.5',
  fix: 'Send the head alone: a client takes the body for the next answer on the connection.',
  message: '{operation} sends {actual}',
  needs: 'bytes',
  judge: ({ calls }) => judgeEach(calls.filter(isRegular), judgeBodiless),
};

export const needlessLength: Rule = {
  id: 'needless-length',
  claim: 'A 204 says nothing of the length of the body that it has not.',
  severity: 'warning',
  basis: 'RFC 9110 section 8.6',
  fix: 'Leave Content-Length out of a 204.',
  message: '{operation} sends {actual}',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter(({ status }) => status === 204),
      (call) => {
        const length = headerValue(call.exchange.response?.headers ?? [], 'Content-Length');
        return length === undefined || !/^0+$/.test(length)
          ? undefined
          : {
              call,
              kind: 'zero',
              expected: 'no Content-Length',
              actual: `Content-Length: ${length} on a 204`,
            };
      },
    ),
};

function faultsOf({ exchange: { wire } }: Call, kind: FaultKind): readonly WireFault[] {
  return wire?.faults.filter((fault) => fault.kind === kind) ?? [];
}

function isRegular({ exchange: { request } }: Call): boolean {
  return !request.irregular;
}

function isOldAnswer(call: Call): boolean {
  return !isRegular(call) && call.exchange.wire?.statusLine === undefined;
}

/** Faults that differ in what they quote alone have one cause. */
function wireViolation(call: Call, { detail }: WireFault, expected: string): Violation {
  return { call, kind: detail.replace(/"(\\.|[^"\\])*"…?|\d+/g, ''), expected, actual: detail };
}

function judgeSurplus(call: Call): readonly Violation[] {
  const { wire, response, request } = call.exchange;
  const expected = 'nothing behind the answer';
  const surplus = wire && response && !isBodiless(response.status, request.method) ? wire.surplus : undefined;
  const leftover = wire && !isTimeout(wire.leftover) ? wire.leftover : undefined;
  return [
    ...(surplus && surplus.length > 0
      ? [
          {
            call,
            kind: kindOf(surplus, 'surplus'),
            expected,
            actual: `${shown(surplus)} behind the end of its answer`,
          },
        ]
      : []),
    ...(leftover && leftover.length > 0
      ? [
          {
            call,
            kind: kindOf(leftover, 'leftover'),
            expected,
            actual: `${shown(leftover)}, which nobody asked for`,
          },
        ]
      : []),
  ];
}

function kindOf(bytes: Buffer, kind: string): string {
  return /^[\r\n]*$/.test(bytes.toString('latin1')) ? 'newline' : kind;
}

/** A server may say that it closes an idle connection (RFC 9110 15.5.9). */
function isTimeout(leftover: Buffer): boolean {
  return /^HTTP\/1\.\d 408 /.test(leftover.toString('latin1'));
}

function judgeBodiless(call: Call): readonly Violation[] {
  const { wire, response, request } = call.exchange;
  const expected = 'no body';
  const told = faultsOf(call, 'bodiless').map((fault) => wireViolation(call, fault, expected));
  if (!wire || !response || wire.surplus.length === 0 || !isBodiless(response.status, request.method)) {
    return told;
  }
  const what = request.method === 'HEAD' ? 'an answer to HEAD' : `a ${response.status}`;
  const actual = `a body with ${what}: ${shown(wire.surplus)}`;
  return [...told, { call, kind: `body of ${what}`, expected, actual }];
}
