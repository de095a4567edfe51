import { expect, test } from '@jest/globals';
import { readJson } from '../../../src/mock/server/json-reader.ts';

const EXPECTED = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'";
const SOURCE =
  '[Source: (org.glassfish.jersey.message.internal.ReaderInterceptorExecutor$UnCloseableInputStream)';

test.each([
  ['{"a":', 'io.JsonEOFException: Unexpected end-of-input within/between Object entries'],
  ['{"a"', 'io.JsonEOFException: Unexpected end-of-input within/between Object entries'],
  ['{"', `io.JsonEOFException: Unexpected end-of-input: was expecting closing '"' for name`],
  ['{"a', 'io.JsonEOFException: Unexpected end-of-input in field name'],
  ['[1,', 'JsonParseException: Unexpected end-of-input within/between Array entries'],
  [
    '{"a":1',
    `io.JsonEOFException: Unexpected end-of-input: expected close marker for Object (start marker at ${SOURCE}; line: 1, column: 1])`,
  ],
  ['hello', `JsonParseException: Unrecognized token 'hello': was expecting (${EXPECTED})`],
  ['{} xx', `JsonParseException: Unrecognized token 'xx': was expecting (${EXPECTED})`],
  [
    "{'a':1}",
    "JsonParseException: Unexpected character (''' (code 39)): was expecting double-quote to start field name",
  ],
  [
    '{"a":1,}',
    "JsonParseException: Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
  ],
  [
    '{"a" 1}',
    "JsonParseException: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
  ],
  [
    '{"a":1 "b":2}',
    `JsonParseException: Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`,
  ],
  [
    '/*c*/{}',
    "JsonParseException: Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
  ],
  ['01', 'JsonParseException: Invalid numeric value: Leading zeroes not allowed'],
  ['"\\x"', "JsonParseException: Unrecognized character escape 'x' (code 120)"],
  ['"a', 'io.JsonEOFException: Unexpected end-of-input in VALUE_STRING'],
  [
    '{]',
    `JsonParseException: Unexpected close marker ']': expected '}' (for Object starting at ${SOURCE}; line: 1, column: 1])`,
  ],
  ['{"a":,}', "JsonParseException: Unexpected character (',' (code 44)): expected a value"],
  [
    '[-x]',
    "JsonParseException: Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
  ],
  [
    '[5.]',
    "JsonParseException: Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit",
  ],
  [
    'NaN',
    "JsonParseException: Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow",
  ],
  [
    '\u0007',
    'JsonParseException: Illegal character ((CTRL-CHAR, code 7)): only regular white space (\\r, \\n, \\t) is allowed between tokens',
  ],
  ['"\xff"', 'JsonParseException: Invalid UTF-8 start byte 0xff'],
  ['"\xc3("', 'JsonParseException: Invalid UTF-8 middle byte 0x28'],
])('%s is told as Jackson tells it', (text, expected) => {
  const { failure } = readJson(text);
  expect(`${failure?.class}: ${failure?.message}`).toBe(`com.fasterxml.jackson.core.${expected}`);
});

test('numbers keep their digits, and doubles their order', () => {
  expect(readJson('{"a":1.50,"a":[true,null,"\\u00e9\\n"]}')).toEqual({
    value: {
      kind: 'object',
      isCut: false,
      members: [
        { name: 'a', value: { kind: 'number', text: '1.50' } },
        {
          name: 'a',
          value: {
            kind: 'list',
            isCut: false,
            items: [{ kind: 'flag', value: true }, { kind: 'null' }, { kind: 'text', text: 'é\n' }],
          },
        },
      ],
    },
    failure: undefined,
    trailing: undefined,
  });
});

test.each([
  ['{} {}', 'START_OBJECT'],
  ['{} "x', 'VALUE_STRING'],
  ['{} 1.5', 'VALUE_NUMBER_FLOAT'],
  ['{} null', 'VALUE_NULL'],
  ['{} \n', undefined],
])('%s is followed by %s', (text, expected) => {
  expect(readJson(text)).toMatchObject({ failure: undefined, trailing: expected });
});

test('a text of blanks alone says nothing, and nothing is wrong with it', () => {
  expect(readJson(' \r\n\t')).toEqual({ value: undefined, failure: undefined, trailing: undefined });
});

test('half a million levels are refused, and do not break the reader', () => {
  expect(readJson('['.repeat(500_000)).failure?.message).toBe(
    'Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)',
  );
});
