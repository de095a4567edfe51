import { expect, test } from '@jest/globals';
import { readBodyAs } from '../../../src/mock/server/request-body.ts';

const TYPES = {
  Run: {
    class: 'a.Run',
    properties: { conf: 'texts-by-name', name: 'text', on: 'flag', things: '[Thing]', list: 'texts' },
  },
  Thing: { class: 'a.Thing', by: '@type', types: { big: 'Big' } },
  Big: { class: 'a.Big', properties: { size: 'text' } },
};

function read(text: string | Buffer) {
  return readBodyAs('Run', TYPES, Buffer.from(text));
}

test('scalars become what the property holds, and the last of two members counts', () => {
  expect(
    read(
      '{"name":"x","name":1.50,"on":"TRUE","conf":{"a":true,"b":null},"things":[{"size":2,"@type":"big"}]}',
    ),
  ).toEqual({
    body: { name: '1.50', on: true, conf: { a: 'true', b: null }, things: [{ size: '2', '@type': 'big' }] },
  });
});

test.each([['null'], [' ']])('%j is no body', (text) => {
  expect(read(text)).toEqual({ body: undefined });
});

const DATABIND = 'com.fasterxml.jackson.databind';

test.each([
  [
    '{"x":1}',
    'exc.UnrecognizedPropertyException: Unrecognized field "x" (class a.Run), not marked as ignorable (5 known properties: "conf", "name", "on", "things", "list"])',
  ],
  [
    '{"things":[{"@type":"big","x":1}]}',
    'exc.UnrecognizedPropertyException: Unrecognized field "x" (class a.Big), not marked as ignorable (one known property: "size"])',
  ],
  [
    '[]',
    'exc.MismatchedInputException: Cannot deserialize value of type `a.Run` from Array value (token `JsonToken.START_ARRAY`)',
  ],
  [
    '"x"',
    "exc.MismatchedInputException: Cannot construct instance of `a.Run` (although at least one Creator exists): no String-argument constructor/factory method to deserialize from String value ('x')",
  ],
  [
    '{"name":{}}',
    'exc.MismatchedInputException: Cannot deserialize value of type `java.lang.String` from Object value (token `JsonToken.START_OBJECT`)',
  ],
  [
    '{"conf":[1]}',
    'exc.MismatchedInputException: Cannot deserialize value of type `java.util.LinkedHashMap<java.lang.String,java.lang.String>` from Array value (token `JsonToken.START_ARRAY`)',
  ],
  [
    '{"list":1}',
    'exc.MismatchedInputException: Cannot deserialize value of type `java.util.ArrayList<java.lang.String>` from Integer value (token `JsonToken.VALUE_NUMBER_INT`)',
  ],
  [
    '{"things":[{"@type":"small"}]}',
    "exc.InvalidTypeIdException: Could not resolve type id 'small' as a subtype of `a.Thing`: known type ids = [big] (for POJO property 'things')",
  ],
  [
    '{"things":[{}]}',
    "exc.InvalidTypeIdException: Could not resolve subtype of [simple type, class a.Thing]: missing type id property '@type' (for POJO property 'things')",
  ],
  [
    '{"on":"yes"}',
    'exc.InvalidFormatException: Cannot deserialize value of type `boolean` from String "yes": only "true" or "false" recognized',
  ],
  ['{"conf":{"a":', 'JsonMappingException: Unexpected end-of-input within/between Object entries'],
  [
    '{"name":"a',
    'JsonMappingException: Unexpected end-of-input: was expecting closing quote for a string value',
  ],
])('%s is refused', (text, expected) => {
  expect(read(text)).toEqual({ exception: `${DATABIND}.${expected}` });
});

test('what is wrong first is told: a property before the end that is missing', () => {
  expect(read('{"x":1,"name":')).toEqual({
    exception: expect.stringContaining('Unrecognized field "x"'),
  });
});

test('UTF-16 and a byte order mark are read, bytes that are no UTF-8 are told', () => {
  expect(read(Buffer.from('\ufeff{"name":"é"}', 'utf16le'))).toEqual({ body: { name: 'é' } });
  expect(read('\ufeff{"name":"é"}')).toEqual({ body: { name: 'é' } });
  expect(read(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toEqual({
    exception: `${DATABIND}.JsonMappingException: Invalid UTF-8 start byte 0xff`,
  });
});
