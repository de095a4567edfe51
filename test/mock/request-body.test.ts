import { expect, test } from '@jest/globals';
import type { MediaType, RequestBody } from '../../src/description/model.ts';
import { parseBody } from '../../src/mock/request-body.ts';
import { compileSchema } from '../../src/schema/compile.ts';

const where = { file: 'x', line: 1 };

const schema = compileSchema(
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      audit: { type: 'object' },
      comment: { type: 'string', nullable: true },
      tags: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  () => where,
);

function bodyOf(type: string, required = true): RequestBody {
  const mediaType: MediaType = { type, schema, examples: [], where };
  return { required, mediaTypes: [mediaType], where };
}

function parse(text: string | Buffer, contentType: string | undefined = 'application/json') {
  const headers = contentType === '' ? {} : { 'content-type': contentType };
  return parseBody(bodyOf('application/vnd.gravitino.v1+json'), headers, Buffer.from(text));
}

test.each(['application/json', 'Application/JSON; charset=utf-8', 'text/json', 'application/foo+json'])(
  'where JSON is described %s is taken',
  (type) => {
    expect(parse('{"name":"a"}', type)).toEqual({ value: { name: 'a' } });
  },
);

test.each(['text/plain', 'application/x-www-form-urlencoded', 'json', ''])(
  '"%s" is not taken, whatever the body is',
  (type) => {
    expect(parse('{"name":"a"}', type)).toMatchObject({ refused: { refusal: 'unsupported-media-type' } });
  },
);

test('null counts as absent where the schema does not know it, at any depth', () => {
  expect(parse('{"name":"a","audit":null,"tags":{"x":null,"y":"z"}}')).toEqual({
    value: { name: 'a', tags: { y: 'z' } },
  });
  expect(parse('{"name":"a","comment":null}')).toEqual({ value: { name: 'a', comment: null } });
});

test.each([
  ['', 'no-content', 'the request has no body'],
  ['{"name":', 'malformed-body', 'the body is no JSON text in UTF-8'],
  [Buffer.from([0x22, 0xff, 0x22]), 'malformed-body', 'the body is no JSON text in UTF-8'],
  ['[]', 'malformed-body', 'the body is [], expected was an object'],
  ['{}', 'malformed-body', '/name is absent, expected was the property "name"'],
  ['{"name":null}', 'malformed-body', '/name is absent, expected was the property "name"'],
  ['{"name":1}', 'malformed-body', '/name is 1, expected was a string'],
  ['['.repeat(300_000) + ']'.repeat(300_000), 'malformed-body', 'the body is nested deeper than 100 levels'],
])('%j is refused', (text, refusal, reason) => {
  expect(parse(text)).toEqual({ refused: { refusal, facts: { reason } } });
});

test('a byte order mark is passed over', () => {
  expect(parse('\uFEFF{"name":"a"}')).toEqual({ value: { name: 'a' } });
});

test('a body that is not required may be missing', () => {
  expect(parseBody(bodyOf('application/json', false), {}, Buffer.alloc(0))).toEqual({ value: {} });
});
