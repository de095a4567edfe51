import { type Call, contentType, isSuccess } from '../call.ts';
import { type HeaderLine, headerValue } from '../exchange.ts';
import { judgeEach, type Rule } from './rule.ts';
import { statusLine } from './status.ts';

/** Methods that a server may have although no description lists them (RFC 9110 9.3.2 and 9.3.7). */
const FREE = ['HEAD', 'OPTIONS'];

export const head: Rule = {
  id: 'head',
  claim: 'What can be read with GET can be read with HEAD.',
  severity: 'warning',
  basis: 'RFC 9110 section 9.1: all general-purpose servers must support GET and HEAD',
  fix: 'Let the router answer HEAD as it answers GET, without the body.',
  message: '{operation} answers {actual} to HEAD, though GET is {expected}',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(headsOf(calls), (call) => {
      const get = getFor(call, calls);
      const refused = [404, 405, 501].includes(call.status ?? 0);
      return refused && get && isSuccess(get)
        ? { call, kind: 'refused', expected: statusLine(get), actual: statusLine(call) }
        : undefined;
    }),
};

export const headDiffers: Rule = {
  id: 'head-differs',
  claim: 'HEAD has the status, the media type and the length of GET.',
  severity: 'warning',
  basis: 'RFC 9110 section 9.3.2',
  fix: 'Make the answer to HEAD by the code that makes the one to GET, and leave out its body.',
  message: '{operation} answers HEAD with {actual} and GET with {expected}',
  needs: 'server',
  confirmed: true,
  judge: ({ calls }) =>
    judgeEach(headsOf(calls).filter(isSuccess), (call) => {
      const get = getFor(call, calls);
      const expected = get && resembling(get, call);
      const actual = resembling(call, get ?? call);
      return expected !== undefined && expected !== actual
        ? { call, calls: [get ?? call, call], kind: 'differs', expected, actual }
        : undefined;
    }),
};

export const allow: Rule = {
  id: 'allow',
  claim: 'Allow lists no method that the description lacks.',
  severity: 'warning',
  basis: 'the operations of the path',
  fix: 'Describe the method, or take its route away.',
  message: '{operation} says that {actual} is allowed there, too, which the description lacks',
  needs: 'server',
  judge: ({ calls, description }) =>
    judgeEach(
      calls.filter((call) => call.beside === 'method'),
      (call) => {
        const field = headerValue(headersOf(call), 'Allow') ?? '';
        const path = call.operation.path;
        const known = description.operations.filter((each) => each.path === path).map(({ method }) => method);
        const listed = field.split(',').map((name) => name.trim().toUpperCase());
        const extra = listed.filter((name) => name !== '' && ![...known, ...FREE].includes(name));
        const facts = { call, kind: 'extra', expected: known.join(', '), source: call.operation.where };
        return extra.length > 0 ? { ...facts, actual: extra.join(', ') } : undefined;
      },
    ),
};

export const undescribedMethod: Rule = {
  id: 'undescribed-method',
  claim: 'A method that the description lacks is refused.',
  severity: 'warning',
  basis: 'the operations of the path',
  fix: 'Answer 405 with Allow, or describe the method.',
  message: '{operation} has no such method, but answers it with {actual}',
  needs: 'server',
  judge: ({ calls, description }) =>
    judgeEach(
      calls.filter(
        ({ beside, exchange: { request } }) => beside === 'method' && !FREE.includes(request.method),
      ),
      (call) => {
        const { method } = call.exchange.request;
        const isKnown = description.operations.some(
          (each) => each.path === call.operation.path && each.method === method,
        );
        const facts = { call, kind: method, expected: '405', source: call.operation.where };
        return !isKnown && isSuccess(call) ? { ...facts, actual: statusLine(call) } : undefined;
      },
    ),
};

export const siblingPath: Rule = {
  id: 'sibling-path',
  claim: 'A path that only begins like a described one is another path.',
  severity: 'warning',
  basis: 'the path of the operation',
  fix: 'Let the router compare whole segments.',
  message: '{operation} is answered {actual} at a path that only begins like its own',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter(({ beside }) => beside === 'path'),
      (call) =>
        isSuccess(call) && call.content.kind === 'json'
          ? { call, kind: 'served', expected: '404', actual: statusLine(call), source: call.operation.where }
          : undefined,
    ),
};

function headsOf(calls: readonly Call[]): readonly Call[] {
  return calls.filter((call) => call.exchange.request.method === 'HEAD' && call.status !== undefined);
}

/** The answer to GET at the same target, asked for in the same media type, that is nearest. */
function getFor(call: Call, calls: readonly Call[]): Call | undefined {
  const { target, headers } = call.exchange.request;
  const accept = headerValue(headers, 'Accept');
  const isSame = ({ exchange: { request }, plain }: Call) =>
    request.method === 'GET' &&
    plain &&
    request.target === target &&
    headerValue(request.headers, 'Accept') === accept;
  const index = calls.indexOf(call);
  return calls.slice(0, index).findLast(isSame) ?? calls.slice(index).find(isSame);
}

/** The length only where both tell it and neither is encoded: codings need not give the same one twice. */
function resembling(call: Call, other: Call): string {
  const type = contentType(call)?.toLowerCase().replace(/\s/g, '') ?? 'no media type';
  const [length, ...others] = [call, other].map((each) =>
    headerValue(headersOf(each), 'Content-Encoding') === undefined
      ? headerValue(headersOf(each), 'Content-Length')
      : undefined,
  );
  const isTold = length !== undefined && others[0] !== undefined;
  return `${call.status} ${type}${isTold ? ` and ${length} bytes` : ''}`;
}

function headersOf({ exchange: { response } }: Call): readonly HeaderLine[] {
  return response?.headers ?? [];
}
