import { type Call, isBinding, isSuccess } from '../call.ts';
import { isLong } from '../plain.ts';
import { nameIn, subjectOf } from '../subject.ts';
import { judgeEach, type Rule } from './rule.ts';
import { statusLine } from './status.ts';

export const droppedRequest: Rule = {
  id: 'dropped-request',
  claim: 'A request that is too long is refused with an answer.',
  severity: 'warning',
  basis: 'RFC 9110 section 15.5.15 and RFC 6585 section 5',
  fix: 'Answer 414 or 431 before closing the connection.',
  message: '{operation} closes the connection on a long request: {actual}',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter(({ exchange: { request } }) => isLong(request)),
      (call) => {
        const { failure } = call.exchange;
        const isUsual = calls.some(
          ({ exchange }) => !isLong(exchange.request) && exchange.failure?.kind === failure?.kind,
        );
        return failure && !isUsual && wasDropped(call)
          ? { call, kind: failure.kind, expected: '414 or 431', actual: failure.detail }
          : undefined;
      },
    ),
};

export const unknownParameter: Rule = {
  id: 'unknown-parameter',
  claim: 'A query parameter that the description lacks changes nothing.',
  severity: 'warning',
  basis: 'the parameters of the operation',
  fix: 'Ignore it: clients and proxies add parameters of their own.',
  message: '{operation} answers {actual} to a request with an unknown query parameter',
  needs: 'server',
  judge: ({ calls }) =>
    judgeEach(calls.filter(hasUnknownParameter), (call) => {
      const { status = 0, operation } = call;
      const bare = call.exchange.request.target.split('?')[0];
      const plain = calls.filter((each) => isBinding(each) && each.exchange.request.target === bare);
      const works = plain.length > 0 && plain.every(isSuccess);
      const isRefused = status >= 400 && status < 500 && status !== 429;
      return isRefused && works
        ? {
            call,
            kind: 'refused',
            expected: 'the same answer',
            actual: statusLine(call),
            source: operation.where,
          }
        : undefined;
    }),
};

export const malformedName: Rule = {
  id: 'malformed-name',
  claim: 'A name with a malformed escape is refused.',
  severity: 'warning',
  basis: 'RFC 3986 section 2.1',
  fix: 'Answer 400, or 404.',
  message: '{operation} answers {actual} to a name that cannot be decoded',
  extension: 'x-identifies',
  needs: 'server',
  judge: ({ calls, invented }) => {
    const named = calls.filter((call) => !call.beside && subjectOf(call.operation) && call.path.size > 0);
    const isOpen = named.some((call) => isSuccess(call) && invented.includes(nameIn(call) ?? ''));
    const malformed = isOpen ? [] : named.filter((call) => nameIn(call) === undefined);
    return judgeEach(malformed, (call) =>
      isSuccess(call)
        ? { call, kind: 'served', expected: '400 or 404', actual: statusLine(call) }
        : undefined,
    );
  },
};

/** A long request may be refused by closing the connection; that is for `dropped-request` to tell. */
export function wasDropped({ exchange: { request, failure } }: Call): boolean {
  return isLong(request) && (failure?.kind === 'closed' || failure?.kind === 'reset');
}

function hasUnknownParameter({ query, operation, beside }: Call): boolean {
  const [pair, ...others] = query;
  const isPlain = pair !== undefined && others.length === 0 && /^[a-z]+$/.test(pair[0]) && pair[1] === '1';
  return !beside && isPlain && operation.parameters.every(({ name }) => name !== pair[0]);
}
