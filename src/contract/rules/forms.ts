import type { Call } from '../call.ts';
import { isSuccess } from '../call.ts';
import { headerValue } from '../exchange.ts';
import { judgeEach, type Rule } from './rule.ts';
import { statusLine } from './status.ts';

export const oldClient: Rule = {
  id: 'old-client',
  claim: 'A client of HTTP/1.0 gets neither chunks nor interim answers.',
  severity: 'error',
  basis: 'RFC 9112 section 6.1 and RFC 9110 section 15.2',
  fix: 'Let the HTTP library frame the answer: it knows the version of the request.',
  message: '{operation} answers a request of HTTP/1.0 with {actual}',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter(({ exchange: { request } }) => request.httpVersion === '1.0'),
      (call) => {
        const { response, wire } = call.exchange;
        const coding = headerValue(response?.headers ?? [], 'Transfer-Encoding');
        const [interim] = wire?.interim ?? [];
        const actual = coding === undefined ? interim?.statusLine : `Transfer-Encoding: ${coding}`;
        return actual === undefined
          ? undefined
          : { call, kind: coding ? 'chunks' : 'interim', expected: 'one answer of HTTP/1.0', actual };
      },
    ),
};

export const absoluteForm: Rule = {
  id: 'absolute-form',
  claim: 'A target may be written with the scheme and the host in front.',
  severity: 'warning',
  basis: 'RFC 9112 section 3.2.2',
  fix: 'Take the absolute form, too: proxies send it.',
  message: '{operation} answers {actual} to the absolute form of a target that it serves',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter(
        ({ beside, exchange: { request } }) => beside === 'form' && /^https?:/.test(request.target),
      ),
      (call) => {
        const { status = 0, operation } = call;
        const plain = calls.filter(isOriginForm(call));
        const works =
          plain.length > 0 && plain.every((each) => each.operation === operation && isSuccess(each));
        return works && status >= 400 && status < 500
          ? { call, kind: 'refused', expected: 'the same answer', actual: statusLine(call) }
          : undefined;
      },
    ),
};

/** Tells the ordinary requests for the same target with the same headers. */
function isOriginForm({ exchange: { request } }: Call): (call: Call) => boolean {
  const { pathname, search } = new URL(request.target);
  const accept = headerValue(request.headers, 'Accept');
  return ({ plain, exchange }) =>
    plain &&
    exchange.request.target === `${pathname}${search}` &&
    headerValue(exchange.request.headers, 'Accept') === accept;
}

export const hostField: Rule = {
  id: 'host-field',
  claim: 'A request without Host is refused.',
  severity: 'warning',
  basis: 'RFC 9112 section 3.2',
  fix: 'Answer 400: a proxy in front may take the request for another host than the server does.',
  message: '{operation} answers {actual} to a request of HTTP/1.1 without Host',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(calls.filter(isWithoutHost), (call) =>
      isSuccess(call) ? { call, kind: 'taken', expected: '400', actual: statusLine(call) } : undefined,
    ),
};

function isWithoutHost({ exchange: { wire, request } }: Call): boolean {
  const [head = ''] = wire?.sent.toString('latin1').split('\r\n\r\n') ?? [];
  return request.irregular === true && head.includes(' HTTP/1.1\r\n') && !/^host:/im.test(head);
}
