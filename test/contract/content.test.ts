import { expect, test } from '@jest/globals';
import { Contents, readContent } from '../../src/contract/content.ts';

test('a JSON text is read', () => {
  expect(readContent(Buffer.from(' {"a": [1, null]}\n'))).toEqual({
    kind: 'json',
    value: { a: [1, null] },
    encoding: undefined,
  });
});

test('an empty body is empty', () => {
  expect(readContent(Buffer.alloc(0))).toEqual({ kind: 'empty' });
});

test.each([
  '{"a":1,}',
  "{'a':1}",
  '{a:1}',
  'NaN',
  '01',
  '+1',
  '1.',
  '0x1',
  '"\t"',
  '[1]//',
  '1 2',
  'undefined',
  ' ',
])('%j is no JSON text', (text) => {
  expect(readContent(Buffer.from(text))).toMatchObject({ kind: 'other', encoding: undefined });
});

test('a byte order mark is told, and read over', () => {
  expect(readContent(Buffer.from('\ufeff[1]'))).toEqual({
    kind: 'json',
    value: [1],
    encoding: 'a byte order mark in front of it',
  });
});

test('bytes that are not UTF-8 are told, and replaced', () => {
  expect(readContent(Buffer.from('["\xfc"]', 'latin1'))).toEqual({
    kind: 'json',
    value: ['\ufffd'],
    encoding: 'bytes that are not UTF-8',
  });
});

test('surrogates written as bytes are not UTF-8', () => {
  expect(readContent(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toMatchObject({
    encoding: 'bytes that are not UTF-8',
  });
});

test('deep nesting is no problem', () => {
  expect(readContent(Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)))).toMatchObject({ kind: 'json' });
});

test('equal bodies are read once', () => {
  const contents = new Contents();
  const [one, two] = [contents.read(Buffer.from('[1]')), contents.read(Buffer.from('[1]'))];
  expect(two.content).toBe(one.content);
  expect(two.body).toBe(one.body);
});

test('no body is unknown', () => {
  expect(new Contents().read(undefined)).toEqual({ body: undefined, content: { kind: 'unknown' } });
});
