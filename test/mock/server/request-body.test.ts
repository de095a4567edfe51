import { expect, test } from '@jest/globals';
import { isRead, readBodyAs } from '../../../src/mock/server/request-body.ts';

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
    'exc.InvalidFormatException: Cannot deserialize value of type `boolean` from String "yes": only "true"/"True"/"TRUE" or "false"/"False"/"FALSE" recognized',
  ],
  ['{"conf":{"a":', 'JsonMappingException: Unexpected end-of-input within/between Object entries'],
  ['{"name":"a', 'JsonMappingException: Unexpected end-of-input in VALUE_STRING'],
  [
    '{"name":"a"} "x"',
    'exc.MismatchedInputException: Trailing token (of type VALUE_STRING) found after value (bound as `a.Run`): not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`',
  ],
  [
    '{"things":[1]}',
    "exc.InvalidTypeIdException: Could not resolve subtype of [simple type, class a.Thing]: missing type id property '@type' (for POJO property 'things')",
  ],
  [
    '{"things":[[]]}',
    'exc.MismatchedInputException: Unexpected token (END_ARRAY), expected VALUE_STRING: need String, Number of Boolean value that contains type id (for subtype of a.Thing)',
  ],
  [
    '{"conf":" "}',
    'exc.InvalidFormatException: Cannot coerce empty String ("") to element of `java.util.LinkedHashMap` (but could if coercion was enabled using `CoercionConfig`)',
  ],
  [
    '{"conf":true}',
    'exc.MismatchedInputException: Cannot deserialize value of type `java.util.LinkedHashMap<java.lang.String,java.lang.String>` from Boolean value (token `JsonToken.VALUE_TRUE`)',
  ],
  [
    '1e3',
    'exc.MismatchedInputException: Cannot construct instance of `a.Run` (although at least one Creator exists): no double/Double-argument constructor/factory method to deserialize from Number value (1000.0)',
  ],
  ['{"things":[{"@ty', 'JsonMappingException: Unexpected end-of-input in field name'],
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
  expect(read(Buffer.from('{"name":"\xff"}', 'latin1'))).toEqual({
    exception: `${DATABIND}.JsonMappingException: Invalid UTF-8 start byte 0xff`,
  });
});

test.each([
  ['application/json', true],
  ['image/json;charset=x', true],
  ['a/b+json', true],
  ['a/b+JSON', false],
  ['text/javascript', true],
  ['application/jsonx', false],
  [undefined, false],
])('a body that calls itself %s is read: %s', (type, expected) => {
  expect(isRead(type)).toBe(expected);
});
