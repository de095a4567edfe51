import { isJsonType, parseMediaType } from '../../http/media-type.ts';
import { type Call, contentType, hasBoundBody } from '../call.ts';
import { DEEP, type Oddity } from '../json-scan.ts';
import { judgeBodies, judgeEach, type Rule, type Violation } from './rule.ts';

export const jsonCharacters: Rule = {
  id: 'json-characters',
  claim: 'The escapes of a JSON string make whole characters.',
  severity: 'error',
  basis: 'RFC 8259 section 8.2 and RFC 7493 section 2.1',
  fix: 'Do not cut text between the two halves of a character: many JSON libraries refuse the whole body.',
  message: '{operation}: {pointer} is a text with half a character: {actual}',
  judge: ({ calls }) => judgeOddities(calls.filter(hasBoundBody), 'lone-surrogate', 'whole characters'),
};

export const duplicateName: Rule = {
  id: 'duplicate-name',
  claim: 'No name stands twice in an object.',
  severity: 'warning',
  basis: 'RFC 8259 section 4',
  fix: 'Write each property once: of two, some clients read the first and some the last.',
  message: '{operation}: {pointer} stands twice in its object',
  judge: ({ calls }) => judgeOddities(calls, 'duplicate-key', 'each name once'),
};

export const numberPrecision: Rule = {
  id: 'number-precision',
  claim: 'A number means the same to every reader of JSON: it fits a double.',
  severity: 'warning',
  basis: 'RFC 8259 section 6',
  fix: 'Send it as a string, or as a number that a double can hold.',
  message: '{operation}: {pointer} is {actual}, which many clients read as another number',
  judge: ({ calls }) => judgeOddities(calls, 'imprecise-number', 'a number that a double can hold'),
};

export const nestingDepth: Rule = {
  id: 'nesting-depth',
  claim: `A body is nested no deeper than ${DEEP} levels.`,
  severity: 'warning',
  basis: 'RFC 8259 section 9: readers may set limits, and the usual ones do',
  fix: 'Look for something that contains itself.',
  message: '{operation} answers with a body that is nested too deep for many clients: {actual}',
  judge: ({ calls }) => judgeOddities(calls, 'depth', `at most ${DEEP} levels`),
};

export const charset: Rule = {
  id: 'charset',
  claim: 'A charset parameter of a JSON type says nothing but UTF-8.',
  severity: 'warning',
  basis: 'RFC 8259 sections 8.1 and 11',
  fix: 'Leave the parameter out: who believes it garbles every letter beyond ASCII.',
  message: '{operation} sends UTF-8 but calls it {actual}',
  judge: ({ calls }) => judgeEach(calls.filter(isJson), judgeCharset),
};

function isJson({ content }: Call): boolean {
  return content.kind === 'json';
}

function judgeOddities(calls: readonly Call[], kind: Oddity['kind'], expected: string) {
  return judgeBodies(calls.filter(isJson), (call) => {
    const { content } = call;
    const oddities = content.kind === 'json' ? (content.oddities ?? []) : [];
    return oddities
      .filter((each) => each.kind === kind)
      .map(({ pointer, text }) => ({ call, kind, pointer, expected, actual: text }));
  });
}

function judgeCharset(call: Call): Violation | undefined {
  const { content } = call;
  const type = contentType(call) ?? '';
  const name = parseMediaType(type)?.parameters.get('charset');
  const described = call.operation.responses.flatMap(({ mediaTypes }) =>
    mediaTypes.map((each) => parseMediaType(each.type)?.parameters.get('charset')),
  );
  const isFine = name === undefined || /^(utf-?8|us-ascii)$/i.test(name) || described.includes(name);
  const isClean = content.kind === 'json' && content.encoding === undefined;
  return isFine || !isClean || !isJsonType(type)
    ? undefined
    : { call, kind: name.toLowerCase(), expected: 'UTF-8', actual: name };
}
