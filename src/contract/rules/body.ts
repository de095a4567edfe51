import type { HeaderDescription, MediaType } from '../../description/model.ts';
import { isJsonType, parseMediaType, sameMediaType } from '../../http/media-type.ts';
import { isObject } from '../../json.ts';
import type { SchemaViolation } from '../../schema/schema.ts';
import { type Call, contentType, hasBoundBody, isBinding, isSuccess, schemaOf } from '../call.ts';
import { headerValue, headerValues } from '../exchange.ts';
import { type Evidence, judgeBodies, judgeEach, type Rule, type Violation } from './rule.ts';
import { statusLine } from './status.ts';

const NO_BODY_SEEN = 'no answer with a body that the description binds was seen';

export const mediaType: Rule = {
  id: 'media-type',
  claim: 'A body comes in the media type that the description gives for its status.',
  severity: 'error',
  basis: 'the content of the response',
  fix: 'Set the documented Content-Type. Parameters such as charset are free, letter case too.',
  message: '{operation} answers in {actual} instead of {expected}',
  unproven: NO_BODY_SEEN,
  judge: ({ calls }) => judgeEach(calls.filter(hasTypeToJudge), judgeMediaType),
};

export const jsonEncoding: Rule = {
  id: 'json-encoding',
  claim: 'JSON is sent as UTF-8, without a byte order mark.',
  severity: 'error',
  basis: 'RFC 8259 section 8.1',
  fix: 'Write the body as UTF-8 whatever the default of the platform is.',
  message: '{operation} answers with JSON that is not clean UTF-8: {actual}',
  needs: 'bytes',
  unproven: NO_BODY_SEEN,
  judge: ({ calls }) =>
    judgeEach(calls.filter(claimsJson), (call) => {
      const { content } = call;
      const problem = content.kind === 'json' || content.kind === 'other' ? content.encoding : undefined;
      return problem ? { call, kind: problem, expected: 'UTF-8', actual: problem } : undefined;
    }),
};

export const jsonSyntax: Rule = {
  id: 'json-syntax',
  claim: 'A body that is called JSON is one JSON text and nothing else.',
  severity: 'error',
  basis: 'RFC 8259 section 2',
  fix: 'Let a JSON library write the whole body.',
  message: '{operation} answers with a body that is not JSON: {actual}',
  unproven: NO_BODY_SEEN,
  judge: ({ calls }) => judgeEach(calls.filter(claimsJson), judgeSyntax),
};

export const schema: Rule = {
  id: 'schema',
  claim: 'A body is valid by the schema of its response.',
  severity: 'error',
  basis: 'the schema of the response',
  fix: 'Send what the description says at that place, or describe what the server sends.',
  message: '{operation}: {pointer} is {actual} instead of {expected}',
  judge: (evidence) => {
    const calls = evidence.calls.filter((call) => hasBoundBody(call) && call.content.kind === 'json');
    return { ...judgeBodies(calls, judgeSchema), untested: unseenResponses(evidence, calls) };
  },
};

export const alwaysPresent: Rule = {
  id: 'always-present',
  claim:
    'An answer has the properties that every documented example has, even those that the schema does not require.',
  severity: 'warning',
  basis: 'x-always of the response',
  fix: 'Send the property. A schema that requires nothing is satisfied by an empty object, but a client is not.',
  message: '{operation}: {pointer} is absent, though every documented example has it',
  extension: 'x-always',
  unproven: NO_BODY_SEEN,
  judge: ({ calls }) => {
    const judged = calls.filter((call) => hasBoundBody(call) && call.content.kind === 'json');
    return judgeEach(
      judged.filter(({ described }) => described !== undefined && described.always.length > 0),
      judgePresence,
    );
  },
};

export const requiredHeader: Rule = {
  id: 'required-header',
  claim: 'An answer has the headers that the description requires.',
  severity: 'error',
  basis: 'the headers of the response',
  fix: 'Send the header, or describe it as not required.',
  message: '{operation} answers without the header {expected}',
  judge: ({ calls }) =>
    judgeEach(
      calls.filter((call) => (isBinding(call) || isSuccess(call)) && requiredHeaders(call).length > 0),
      (call) =>
        requiredHeaders(call)
          .filter(({ name }) => !hasHeader(call, name))
          .map(({ name, where }) => ({
            call,
            kind: name.toLowerCase(),
            expected: name,
            actual: 'absent',
            source: where,
          })),
    ),
};

/** An empty body without a Content-Type breaks the syntax of its media type, which is reason enough. */
function hasTypeToJudge(call: Call): boolean {
  const { described, content } = call;
  const documented = described !== undefined && described.mediaTypes.length > 0;
  const bound = isBinding(call) || (isSuccess(call) && call.acceptance === 'admits');
  const silent = contentType(call) === undefined && (content.kind === 'empty' || content.kind === 'unknown');
  return documented && bound && !silent;
}

function judgeMediaType(call: Call): Violation | undefined {
  const lines = headerValues(call.exchange.response?.headers ?? [], 'Content-Type');
  const [type] = lines;
  if (lines.length > 1 || (type !== undefined && !parseMediaType(type))) {
    // That is judged as a header.
    return undefined;
  }
  const { mediaTypes = [], alsoServed = [] } = call.described ?? {};
  const known = [...mediaTypes.map((each) => each.type), ...alsoServed];
  if (type !== undefined && known.some((each) => sameMediaType(each, type))) {
    return undefined;
  }
  const [first] = mediaTypes;
  const expected = mediaTypes.map((each) => each.type).join(' or ');
  const actual = type ?? 'no media type';
  const kind = (type && parseMediaType(type)?.essence) ?? actual;
  return first && { call, kind, expected, actual, source: first.where };
}

/** A body that has to be JSON: the description says so, and its own Content-Type does not deny it. */
function claimsJson(call: Call): boolean {
  const type = contentType(call);
  const documented = call.described?.mediaTypes.some((each) => isJsonType(each.type)) ?? false;
  const claimed = type === undefined || parseMediaType(type) === undefined || isJsonType(type);
  return hasBoundBody(call) && documented && claimed && call.content.kind !== 'unknown';
}

function judgeSyntax(call: Call): Violation | undefined {
  const { content } = call;
  const facts = { call, expected: 'a JSON text' };
  if (content.kind === 'empty') {
    return { ...facts, kind: 'empty', actual: `the body of a ${statusLine(call)} is empty` };
  }
  const broken = content.kind === 'other' && content.encoding === undefined;
  return broken ? { ...facts, kind: 'syntax', actual: content.syntax } : undefined;
}

function judgeSchema(call: Call): readonly Violation[] {
  const { content } = call;
  const violations = content.kind === 'json' ? (schemaOf(call)?.check(content.value) ?? []) : [];
  return oneEach(violations).map(({ pointer, keyword, expected, actual, where }) => ({
    call,
    kind: `${keyword} of ${where.file}:${where.line}`,
    pointer,
    expected,
    actual,
    source: where,
  }));
}

/** Where the type is wrong, what else is wrong at that place follows; and what one object lacks is told together. */
function oneEach(violations: readonly SchemaViolation[]): readonly SchemaViolation[] {
  const ofType = new Set(
    violations.filter(({ keyword }) => keyword === 'type').map(({ pointer }) => pointer),
  );
  const lacking = violations.filter(({ keyword }) => keyword === 'required');
  const objects = new Set(lacking.map(({ pointer }) => parentOf(pointer)));
  const others = violations.filter(
    ({ keyword, pointer }) => keyword === 'type' || (keyword !== 'required' && !ofType.has(pointer)),
  );
  const together = [...objects].flatMap((object) =>
    joined(lacking.filter(({ pointer }) => parentOf(pointer) === object)),
  );
  return [...together, ...others];
}

function joined([first, ...others]: readonly SchemaViolation[]): readonly SchemaViolation[] {
  const names = others.map(({ pointer }) => pointer.slice(pointer.lastIndexOf('/') + 1));
  const told = names.length > 0 ? `, like ${names.join(', ')},` : '';
  return first ? [{ ...first, actual: `${first.actual}${told}` }] : [];
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function judgePresence(call: Call): readonly Violation[] {
  const { described, content } = call;
  if (!described || content.kind !== 'json' || !isObject(content.value)) {
    return [];
  }
  const { value } = content;
  return described.always
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({
      call,
      kind: 'absent',
      pointer: `/${name}`,
      expected: 'present',
      actual: 'absent',
      source: described.where,
    }));
}

function requiredHeaders({ described }: Call): readonly HeaderDescription[] {
  return described?.headers.filter(({ required }) => required) ?? [];
}

function hasHeader(call: Call, name: string): boolean {
  return headerValue(call.exchange.response?.headers ?? [], name) !== undefined;
}

/** What no answer showed is not proven. */
function unseenResponses({ description, kind }: Evidence, judged: readonly Call[]): readonly string[] {
  const seen = new Set(judged.map(({ described }) => described));
  const advice =
    kind === 'live'
      ? 'reads hardly provoke them, but recorded traffic that holds them can be judged'
      : 'judge traffic that holds them';
  return description.operations.flatMap((operation) => {
    const unseen = operation.responses.filter((each) => each.mediaTypes.some(hasSchema) && !seen.has(each));
    const keys = unseen.map(({ key }) => key).join(', ');
    return keys === ''
      ? []
      : [`${operation.id} never answered ${keys} in a documented media type; ${advice}`];
  });
}

function hasSchema({ schema }: MediaType): boolean {
  return schema !== undefined;
}
