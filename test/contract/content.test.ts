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

test('deep nesting is cut at 1000 levels, and told', () => {
  const content = readContent(Buffer.from(`{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`));
  expect(content).toMatchObject({ oddities: [{ kind: 'depth', text: '1000001 levels' }] });
  expect(JSON.stringify(content.kind === 'json' && content.value)).toBe(
    `{"a":${'['.repeat(999)}null${']'.repeat(999)}}`,
  );
});

test('brackets that nobody closes are no JSON', () => {
  expect(readContent(Buffer.from('['.repeat(1e6)))).toMatchObject({ kind: 'other' });
});

test('equal bodies are read once', () => {
  const contents = new Contents();
  const [one, two] = [contents.read(Buffer.from('[1]')), contents.read(Buffer.from('[1]'))];
  expect(two.content).toBe(one.content);
  expect(two.body).toBe(one.body);
  expect(contents.read(Buffer.from('[2]')).content).toMatchObject({ value: [2] });
});

test('no body is unknown', () => {
  expect(new Contents().read(undefined)).toEqual({ body: undefined, content: { kind: 'unknown' } });
});

test('different bodies that take too much memory are not kept, and counted', () => {
  const contents = new Contents(400);
  const kinds = ['[1]', '[2]', '[3]', '[4]', '[1]'].map(
    (text) => contents.read(Buffer.from(text)).content.kind,
  );
  expect(kinds).toEqual(['json', 'json', 'json', 'unknown', 'json']);
  expect(contents.leftOut()).toEqual([
    'bodies beyond the 64 MiB that different ones may take were not judged: 1',
  ]);
});

test('what others keep takes no memory, and what they could not keep is read', () => {
  const others = new Contents(130);
  const [kept, lost] = [Buffer.from('[1]'), Buffer.from('[2]')];
  const { content } = others.read(kept);
  expect(others.read(lost).content.kind).toBe('unknown');
  const contents = new Contents(130, others);
  expect(contents.read(kept).content).toBe(content);
  expect([contents.read(lost).content.kind, contents.leftOut()]).toEqual(['json', []]);
});

test('of a long body the beginning is kept, and how long it is', () => {
  const text = `["${'x'.repeat(300_000)}"]`;
  const { body, bodySize, content } = new Contents().read(Buffer.from(text));
  expect([body?.length, bodySize, content.kind]).toEqual([256 * 1024, 300_004, 'json']);
});

test('a body with too many values is not read, and says so', () => {
  expect(new Contents().read(Buffer.from(`[${'{},'.repeat(1e6)}{}]`))).toEqual({
    body: undefined,
    content: { kind: 'unknown' },
    excess: 'it has more values than fit into the 64 MiB that they may take',
  });
});
