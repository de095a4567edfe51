import { isArray, isObject, type Json } from '../../json.ts';
import { type Call, contentType, hasBoundBody, isSuccess, schemaOf } from '../call.ts';
import { headerValue } from '../exchange.ts';
import { judgeBodies, judgeEach, type Rule, type Violation } from './rule.ts';

/** Places of files on a server, with the line or the end of a name that makes them more than an URL path. */
const FILE =
  /(?:^|[\s("'[=@])((?:\/(?:home|usr|opt|var|srv|root|app|Users|mnt|data|workspace)\/|[A-Z]:\\)[^\s"'()]+)/;

/** The beginning of a statement, in capitals as drivers and mappers write it; clients send words in other ways. */
const SQL = /\b(SELECT [\w*`".,() ]{1,200} FROM|INSERT INTO|UPDATE [\w`".]+ SET|DELETE FROM) [\w`".]+/;

const SECRET =
  /^(password|passwd|pwd|secret|client_?secret|api_?key|access_?key|private_?key|(access_?|refresh_?)?token|credentials?)$/i;

/** How deep an answer is searched. */
const DEPTH = 8;

export const emptyText: Rule = {
  id: 'empty-text',
  claim: 'The texts that an error must have say something.',
  severity: 'warning',
  basis: 'the required properties of the error',
  fix: 'Tell the client what was wrong.',
  message: '{operation}: {pointer} of an error is empty',
  judge: ({ calls }) => judgeBodies(errorsOf(calls), judgeTexts),
};

export const errorCode: Rule = {
  id: 'error-code',
  claim: 'An error has no number that the description shows for another status alone.',
  severity: 'warning',
  basis: 'the examples of the responses',
  fix: 'Give each status the code that belongs to it.',
  message: '{operation}: {pointer} is {actual}, which the examples show for another status, not {expected}',
  judge: ({ calls }) => judgeBodies(errorsOf(calls), judgeNumbers),
};

export const internals: Rule = {
  id: 'internals',
  claim:
    'An error tells nothing of the files of the server, or of the statements that it sends to its database.',
  severity: 'warning',
  basis: 'common sense: they help attackers (CWE-209)',
  fix: 'Log the stack or the statement and send a message.',
  message: '{operation} tells a client of the inside of the server: {actual}',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter((call) => !isSuccess(call) && call.status !== undefined),
      (call) => {
        const [, found] = FILE.exec(textOf(call)) ?? [];
        const file = found === undefined || isSent(found, calls) ? undefined : found;
        const [statement] = SQL.exec(textOf(call)) ?? [];
        const actual = (file ?? statement)?.slice(0, 100).replace(/\\+$/, '');
        return actual === undefined
          ? undefined
          : { call, kind: file ? 'file' : 'statement', expected: 'nothing of the inside', actual };
      },
    ),
};

/** Whether a client named the file itself, which then tells it nothing. */
function isSent(file: string, calls: readonly Call[]): boolean {
  const path = file.replace(/[^\w]+$/, '');
  return calls.some(({ exchange: { request } }) => request.body?.includes(path) === true);
}

export const secret: Rule = {
  id: 'secret',
  claim: 'An answer holds no undescribed property that is named like a secret.',
  severity: 'warning',
  basis: 'common sense: secrets do not belong into lists (CWE-200)',
  fix: 'Leave the property out, or describe it.',
  message: '{operation} answers with an undescribed property named {actual}',
  judge: ({ calls }) => {
    const bodies = calls.filter((call) => isSuccess(call) && call.content.kind === 'json');
    return judgeBodies(bodies, (call) => {
      const found = call.content.kind === 'json' ? secretIn(call.content.value, DEPTH) : undefined;
      const isKnown = found !== undefined && propertyNames(schemaOf(call)?.standard ?? {}).has(found);
      return found && !isKnown
        ? { call, kind: found, expected: 'no such property', actual: JSON.stringify(found) }
        : undefined;
    });
  },
};

export const markup: Rule = {
  id: 'markup',
  claim: 'What a client sent comes back in a web page only in escaped form.',
  severity: 'warning',
  basis: 'common sense: markup that comes back is run by browsers (CWE-79)',
  fix: 'Escape it, or do not answer in HTML.',
  message: '{operation} answers with a web page that holds {actual} as the client sent it',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter((call) => /^text\/html\b/i.test(contentType(call) ?? '')),
      (call) => {
        const sent = '<script>alert(1)</script>';
        const echoed = decodedTarget(call).includes(sent) && textOf(call).includes(sent);
        return echoed ? { call, kind: 'echo', expected: 'escaped text', actual: sent } : undefined;
      },
    ),
};

export const headerInjection: Rule = {
  id: 'header-injection',
  claim: 'No value of a request becomes a header of its answer.',
  severity: 'error',
  basis: 'RFC 9110 section 5.5: CR and LF are no part of a field value',
  fix: 'Refuse line breaks in what is copied into headers.',
  message: '{operation} lets a client set headers of the answer: {actual}',
  needs: 'bytes',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter((call) => /%0A/i.test(call.exchange.request.target)),
      (call) => {
        const injected = headerValue(call.exchange.response?.headers ?? [], 'X-Injected');
        const facts = { call, kind: 'injected', expected: 'no header X-Injected' };
        return injected === undefined ? undefined : { ...facts, actual: `X-Injected: ${injected}` };
      },
    ),
};

function errorsOf(calls: readonly Call[]): readonly Call[] {
  return calls.filter(
    (call) => hasBoundBody(call) && (call.status ?? 0) >= 400 && call.content.kind === 'json',
  );
}

function judgeTexts(call: Call): readonly Violation[] {
  const { content } = call;
  const required = schemaOf(call)?.standard['required'];
  const value = content.kind === 'json' && isObject(content.value) ? content.value : {};
  return (isArray(required) ? required : [])
    .map(String)
    .filter(
      (name) => Object.hasOwn(value, name) && typeof value[name] === 'string' && value[name].trim() === '',
    )
    .map((name) => ({ call, kind: 'empty', pointer: `/${name}`, expected: 'a text', actual: '""' }));
}

function judgeNumbers(call: Call): readonly Violation[] {
  const { content, described, operation } = call;
  // A failure of the server, or an error of another shape, is reason enough for a finding of its own.
  const isRegular = (call.status ?? 0) < 500 && content.kind === 'json' && isValid(call, content.value);
  if (!isRegular || !isObject(content.value) || !described) {
    return [];
  }
  const others = operation.responses.filter((each) => each !== described).flatMap(examplesOf);
  const own = examplesOf(described);
  return Object.entries(content.value).flatMap(([name, value]) => {
    const [mine, foreign] = [own, others].map((all) =>
      all.flatMap((each) => (isObject(each) ? [each[name]] : [])),
    );
    const strange = typeof value === 'number' && mine?.length !== 0 && !mine?.includes(value);
    const expected = JSON.stringify(mine?.[0] ?? null);
    return strange && foreign?.includes(value)
      ? [
          {
            call,
            kind: 'foreign',
            pointer: `/${name}`,
            expected,
            actual: String(value),
            source: described.where,
          },
        ]
      : [];
  });
}

function isValid(call: Call, value: Json): boolean {
  return schemaOf(call)?.check(value).length === 0;
}

function examplesOf({ mediaTypes }: NonNullable<Call['described']>): readonly Json[] {
  return mediaTypes.flatMap(({ examples }) => examples.map(({ value }) => value));
}

function secretIn(value: Json, depth: number): string | undefined {
  if (depth === 0) {
    return undefined;
  }
  const entries: readonly (readonly [string, Json])[] = isArray(value)
    ? value.slice(0, 100).map((each) => ['', each])
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [name, each] of entries) {
    const found = SECRET.test(name) ? name : secretIn(each, depth - 1);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Every property name of a schema, wherever it stands. */
function propertyNames(schema: Json): ReadonlySet<string> {
  const properties = isObject(schema) ? schema['properties'] : undefined;
  const own = isObject(properties) ? Object.keys(properties) : [];
  const parts = isArray(schema) ? schema : isObject(schema) ? Object.values(schema) : [];
  return new Set([...own, ...parts.flatMap((part) => [...propertyNames(part)])]);
}

function textOf({ exchange: { response } }: Call): string {
  return response?.body?.subarray(0, 65_536).toString() ?? '';
}

function decodedTarget({ exchange: { request } }: Call): string {
  return request.target.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
