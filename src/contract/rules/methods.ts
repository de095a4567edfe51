import type { Description } from '../../description/model.ts';
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
  confirmed: true,
  judge: ({ calls }) =>
    judgeEach(headsOf(calls), (call) => {
      const gets = calls.filter(isGetFor(call));
      const [get] = gets;
      const refused = [404, 405, 501].includes(call.status ?? 0);
      return refused && get && gets.every(isSuccess)
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
      const gets = calls.filter(isGetFor(call)).filter(isWhole);
      const [get] = gets;
      // What differs from one GET to the next may differ in HEAD, too.
      const [expected, ...others] = new Set(gets.map((each) => resembling(each, call)));
      const actual = get && resembling(call, get);
      return get && expected && others.length === 0 && actual && expected !== actual
        ? { call, calls: [get, call], kind: 'differs', expected, actual }
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
    judgeEach(calls.filter(isAboutThePath), (call) => {
      const field = headerValue(headersOf(call), 'Allow') ?? '';
      const path = call.operation.path;
      const known = methodsAt(description, path);
      const listed = field.split(',').map((name) => name.trim().toUpperCase());
      const extra = listed.filter((name) => /^[A-Z-]+$/.test(name) && ![...known, ...FREE].includes(name));
      const facts = { call, kind: 'extra', expected: known.join(', '), source: call.operation.where };
      return extra.length > 0 ? { ...facts, actual: extra.join(', ') } : undefined;
    }),
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
        const isKnown = methodsAt(description, call.operation.path).includes(method);
        const facts = { call, kind: method, expected: '405', source: call.operation.where };
        return !isKnown && isSuccess(call) && !isTrace(call)
          ? { ...facts, actual: statusLine(call) }
          : undefined;
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

/** The methods that the description has for a path, and those that it says are described elsewhere. */
function methodsAt({ operations }: Description, path: string): readonly string[] {
  const there = operations.filter((each) => each.path === path);
  return there.flatMap(({ method, otherMethods }) => [method, ...otherMethods]);
}

/** A TRACE answered as HTTP says (RFC 9110 9.3.8). */
function isTrace(call: Call): boolean {
  return call.exchange.request.method === 'TRACE' && /^message\/http\b/i.test(contentType(call) ?? '');
}

/** What answers TRACE, or a method that it never heard of, need not know the routes. */
/** Not a preflight: a layer before the routes answers it, with what the program can do somewhere. */
function isAboutThePath({ beside, exchange: { request } }: Call): boolean {
  return (
    beside === 'method' &&
    ['HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method) &&
    headerValue(request.headers, 'Access-Control-Request-Method') === undefined
  );
}

function headsOf(calls: readonly Call[]): readonly Call[] {
  return calls.filter((call) => call.exchange.request.method === 'HEAD' && call.status !== undefined);
}

/** Whether the length of an answer can be relied upon. */
function isWhole({ exchange: { wire, response } }: Call): boolean {
  return (wire?.faults.length ?? 0) === 0 && response?.bodyProblem === undefined;
}

/** Tells the answers to GET at the same target, asked for in the same media type. */
function isGetFor({ exchange }: Call): (call: Call) => boolean {
  const { target, headers } = exchange.request;
  const accept = headerValue(headers, 'Accept');
  return ({ exchange: { request }, plain, status }) =>
    request.method === 'GET' &&
    status !== undefined &&
    plain &&
    request.target === target &&
    headerValue(request.headers, 'Accept') === accept;
}

/** The length only where both tell it and neither is encoded: codings need not give the same one twice. */
function resembling(call: Call, other: Call): string {
  const type = contentType(call)?.toLowerCase().replace(/\s/g, '') ?? 'no media type';
  const [length, others] = [lengthOf(call), lengthOf(other)];
  const isTold = length !== undefined && others !== undefined;
  return `${call.status} ${type}${isTold ? ` and ${length} bytes` : ''}`;
}

/** What the answer says of the length of its content; of GET the length itself where it says nothing. */
function lengthOf(call: Call): string | undefined {
  const { request, wire } = call.exchange;
  if (headerValue(headersOf(call), 'Content-Encoding') !== undefined) {
    return undefined;
  }
  const told = headerValue(headersOf(call), 'Content-Length');
  return told ?? (request.method === 'GET' && wire ? String(wire.contentSize) : undefined);
}

function headersOf({ exchange: { response } }: Call): readonly HeaderLine[] {
  return response?.headers ?? [];
}
