import { elementsOf, QUOTED_STRING, TOKEN } from '../../http/grammar.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { type Call, contentType, isBinding, isSuccess } from '../call.ts';
import { type HeaderLine, headerValue, headerValues } from '../exchange.ts';
import { shown } from '../wire-fault.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';
import { statusLine } from './status.ts';

export const headerSyntax: Rule = {
  id: 'header-syntax',
  claim:
    'The header fields that HTTP defines have values of their grammar, each in one line where it is no list.',
  severity: 'error',
  basis: 'RFC 9110 sections 2.2, 5.3, 5.6.7, 8.3, 8.8.3, 10.2 and 14.4',
  fix: 'Let the framework write the header, or write it as its section of RFC 9110 says.',
  message: '{operation} answers with {actual}',
  judge: ({ calls }) => judgeEach(calls.filter(isAnswered), judgeSyntax),
};

export const statusHeader: Rule = {
  id: 'status-header',
  claim:
    'An answer has the header that its status demands: Allow on a 405, WWW-Authenticate on a 401, Content-Range on a 206.',
  severity: 'error',
  basis: 'RFC 9110 sections 15.5.6, 15.5.2, 15.5.8, 15.5.22 and 15.3.7.1',
  fix: 'Send the header: without it the status does not tell a client what to do.',
  message: '{operation} answers {actual}',
  judge: ({ calls }) => {
    // A status that the description does not list is convicted for that: one root cause, one finding.
    const told = new Set(
      calls.filter((call) => isBinding(call) && !call.described).map(({ status }) => status),
    );
    const isTold = ({ status = 0, described }: Call) => !described && (status === 401 || told.has(status));
    return judgeEach(
      calls.filter((call) => DEMANDED.has(call.status ?? 0) && !isTold(call)),
      judgeDemand,
    );
  },
};

export const sessionCookie: Rule = {
  id: 'session-cookie',
  claim: 'An answer to somebody who did not log in starts no session.',
  severity: 'warning',
  basis: 'what a stateless API needs; RFC 6265 section 8',
  fix: 'Switch sessions off for the API: each anonymous request costs memory, and shared caches leave the answer out.',
  message: '{operation} sets a session cookie: {actual}',
  judge: ({ calls }) => judgeEach(calls.filter(isAnonymous), judgeCookie),
};

export const sharedCache: Rule = {
  id: 'shared-cache',
  claim: 'Data that change are not handed to caches for long.',
  severity: 'warning',
  basis: 'RFC 9111 section 5.2.2',
  fix: 'Send Cache-Control: no-cache or private with what changes at any time, or a max-age that readers can live with.',
  message: '{operation} lets caches keep data that change: {actual}',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter((call) => isSuccess(call) && call.operation.method === 'GET'),
      judgeCaching,
    ),
};

export const corsCredentials: Rule = {
  id: 'cors-credentials',
  claim: 'Credentials are not allowed to any origin at once.',
  severity: 'warning',
  basis: 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
  fix: 'Name the origin when credentials are allowed: browsers refuse the combination with *.',
  message: '{operation} answers with {actual}',
  judge: ({ calls }) =>
    judgeEach(calls.filter(isAnswered), (call) => {
      const headers = headersOf(call);
      const isOpen = headerValue(headers, 'Access-Control-Allow-Origin') === '*';
      const isTrusting = headerValue(headers, 'Access-Control-Allow-Credentials') === 'true';
      const actual = 'Access-Control-Allow-Origin: * and Access-Control-Allow-Credentials: true';
      return isOpen && isTrusting ? { call, kind: 'any', expected: 'one origin', actual } : undefined;
    }),
};

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and the two old forms that recipients must take (RFC 9110 5.6.7). */
const DATES = [
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/,
  /^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d\d-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d\d \d\d:\d\d:\d\d GMT$/,
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [\d ]\d \d\d:\d\d:\d\d \d{4}$/,
];

/** Whether a value is a date that the calendar has; two digits of a year stand for the last hundred years or so. */
function isDate(value: string): boolean {
  const leap = value.replace(/:60\b/, ':59');
  const day = Number(/\b(\d{1,2})\b/.exec(value)?.[1]);
  const read = new Date(leap.endsWith('GMT') ? leap : `${leap} GMT`);
  return DATES.some((form) => form.test(value)) && read.getUTCDate() === day;
}

/** Whether a value is a list of elements of this form (RFC 9110 5.6.1). */
function isListOf(form: string): (value: string) => boolean {
  const element = new RegExp(`^${form}$`);
  return (value) => elementsOf(value, ',').every((each) => element.test(each));
}

/** Lists may be split over several lines. */
const LISTS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['Allow', isListOf(TOKEN)],
  ['Vary', isListOf(TOKEN)],
  ['Cache-Control', isListOf(`${TOKEN}(=(${TOKEN}|${QUOTED_STRING}))?`)],
]);

/** Fields that stand once in an answer, and what their values look like. */
const SINGLE: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['Content-Type', (value) => parseMediaType(value) !== undefined],
  ['Date', isDate],
  ['Last-Modified', isDate],
  ['ETag', (value) => /^(W\/)?"[!#-~\x80-\xff]*"$/.test(value)],
  ['Age', (value) => /^\d+$/.test(value)],
  ['Retry-After', (value) => /^\d+$/.test(value) || isDate(value)],
  ['Content-Range', isContentRange],
]);

/** A range that does not end before it begins, nor behind the end of the whole (RFC 9110 14.4). */
function isContentRange(value: string): boolean {
  const [, range, whole] = new RegExp(`^${TOKEN} (\\d+-\\d+|\\*)/(\\d+|\\*)$`).exec(value) ?? [];
  const [first, last] = (range ?? '').split('-').map(Number);
  const isOrdered = first !== undefined && last !== undefined && first <= last;
  const isWithin = whole === '*' || Number(last) < Number(whole);
  return range === '*' ? whole !== '*' : isOrdered && isWithin;
}

/** Characters and escapes that no URI reference has (RFC 3986 2). */
const NO_URI = /[\0- "<>\\^`{|}\x7f-\xff]|%(?![0-9A-Fa-f]{2})/;

function isReference(value: string): boolean {
  return !NO_URI.test(value) && URL.canParse(value, 'http://localhost');
}

function isAnswered({ status }: Call): boolean {
  return status !== undefined;
}

function headersOf({ exchange: { response } }: Call): readonly HeaderLine[] {
  return response?.headers ?? [];
}

function judgeSyntax(call: Call): readonly Violation[] {
  const single = [...SINGLE].flatMap(([name, isValid]) => judgeField(call, name, isValid));
  const lists = [...LISTS].flatMap(([name, isValid]) => {
    const value = headerValue(headersOf(call), name);
    return value === undefined || isValid(value) ? [] : [malformed(call, name, value)];
  });
  const location = headerValue(headersOf(call), 'Location');
  return [
    ...single,
    ...lists,
    // A redirect repeats what was asked for: what is wrong in that is no fault of the server.
    ...(location === undefined || !call.plain || isReference(location)
      ? []
      : [malformed(call, 'Location', location)]),
  ];
}

function judgeField(call: Call, name: string, isValid: (value: string) => boolean): readonly Violation[] {
  const values = headerValues(headersOf(call), name);
  const wrong = values.find((value) => !isValid(value));
  if (wrong !== undefined) {
    return [malformed(call, name, wrong)];
  }
  const actual = `several ${name} lines: ${values.map((value) => shown(value)).join(' and ')}`;
  return values.length > 1 ? [{ call, kind: `several ${name}`, expected: 'one line', actual }] : [];
}

function malformed(call: Call, name: string, value: string): Violation {
  const actual = `the malformed ${name}: ${shown(value)}`;
  return { call, kind: name, expected: `${name} by its grammar`, actual };
}

/** The header that a status demands. */
const DEMANDED: ReadonlyMap<number, string> = new Map([
  [401, 'WWW-Authenticate'],
  [405, 'Allow'],
  [407, 'Proxy-Authenticate'],
  [426, 'Upgrade'],
  [206, 'Content-Range'],
]);

function judgeDemand(call: Call): Violation | undefined {
  const name = DEMANDED.get(call.status ?? 0) ?? '';
  const isThere = headerValue(headersOf(call), name) !== undefined;
  const isLacking = call.described?.lacks.includes(name.toLowerCase()) ?? false;
  const inParts = call.status === 206 && /^multipart\/byteranges\b/i.test(contentType(call) ?? '');
  const actual = `${statusLine(call)} without ${name}`;
  return isThere || isLacking || inParts ? undefined : { call, kind: name, expected: name, actual };
}

function isAnonymous({ exchange: { request, response } }: Call): boolean {
  return (
    response !== undefined &&
    ['Authorization', 'Cookie'].every((name) => headerValue(request.headers, name) === undefined)
  );
}

/** A token against cross-site requests is given to everybody and starts nothing. */
const SESSION = /^(?!.*(xsrf|csrf)).*(sess|sid$|token|auth|login|^connect\.)/i;

function judgeCookie(call: Call): Violation | undefined {
  const names = headerValues(headersOf(call), 'Set-Cookie').map((line) => line.split('=')[0]?.trim() ?? '');
  const name = names.find((each) => SESSION.test(each));
  return name === undefined ? undefined : { call, kind: name, expected: 'no session', actual: name };
}

function judgeCaching(call: Call): Violation | undefined {
  const field = headerValue(headersOf(call), 'Cache-Control') ?? '';
  const directives = elementsOf(field.toLowerCase(), ',');
  const seconds = (name: string) =>
    Number(directives.find((each) => each.startsWith(`${name}=`))?.replace(/^[^=]*="?(\d+).*/, '$1') ?? 0);
  const isCareful = ['no-cache', 'no-store', 'private'].some((each) => directives.includes(each));
  const isShared = directives.includes('public') && seconds('max-age') > 0;
  const isLong = isShared || seconds('s-maxage') > 0 || seconds('max-age') >= LONG;
  const actual = `Cache-Control: ${field}`;
  return isLong && !isCareful ? { call, kind: 'cached', expected: 'no long caching', actual } : undefined;
}

/** An hour, in seconds. */
const LONG = 3600;
