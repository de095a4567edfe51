import { expect, test } from '@jest/globals';
import { formatApplied, parsePrefer } from '../../src/mock/prefer-header.ts';

test('preferences are separated by commas, their parameters by semicolons', () => {
  expect(parsePrefer('code=404, foo; bar=1;baz , wait=2')).toEqual([
    { name: 'code', value: '404', parameters: [] },
    {
      name: 'foo',
      value: '',
      parameters: [
        { name: 'bar', value: '1' },
        { name: 'baz', value: '' },
      ],
    },
    { name: 'wait', value: '2', parameters: [] },
  ]);
});

test('names are read in lower case, values as they are', () => {
  expect(parsePrefer('Example=NoSuchMetalakeException')).toEqual([
    { name: 'example', value: 'NoSuchMetalakeException', parameters: [] },
  ]);
});

test('of a repeated preference the first counts', () => {
  expect(parsePrefer('code=404, CODE=500')).toEqual([{ name: 'code', value: '404', parameters: [] }]);
});

test('an empty value is the same as none', () => {
  expect(parsePrefer('foo=""')).toEqual(parsePrefer('foo'));
});

test('quoted values may hold separators and quotes, and blanks may stand around the equals sign', () => {
  expect(parsePrefer(String.raw`example = "a, b; \"c\""`)).toEqual([
    { name: 'example', value: 'a, b; "c"', parameters: [] },
  ]);
});

test('empty elements and parameters are passed over', () => {
  expect(parsePrefer(', code=404;; ,, wait=1,')).toEqual([
    { name: 'code', value: '404', parameters: [] },
    { name: 'wait', value: '1', parameters: [] },
  ]);
});

test.each([undefined, '', ' ', ','])('%j holds no preference', (field) => {
  expect(parsePrefer(field)).toEqual([]);
});

test.each([
  'code=',
  '=404',
  'code=a b',
  'code=404, @',
  'a;b c',
  'example="x',
  'example="x"y',
  'code==404',
  'a/b',
])('%j is malformed as a whole', (field) => {
  expect(parsePrefer(field)).toBeUndefined();
});

test('a value that a client wrote in UTF-8 is read as such', () => {
  const octets = Buffer.from('scenario="größe 🚀"', 'utf8').toString('latin1');
  expect(parsePrefer(octets)?.[0]?.value).toBe('größe 🚀');
});

test('octets that are not UTF-8 stay as they are', () => {
  expect(parsePrefer('scenario="gr\u00f6\u00dfe"')?.[0]?.value).toBe('größe');
});

test('applied preferences are written so that they can be read again', () => {
  const preferences = [
    { name: 'code', value: '404' },
    { name: 'dynamic', value: '' },
    { name: 'example', value: 'a, "b" \\ ü🚀' },
  ];
  const field = formatApplied(preferences);
  expect(field.startsWith('code=404, dynamic, example="a, \\"b\\" \\\\ ')).toBe(true);
  expect(parsePrefer(field)).toEqual(preferences.map((each) => ({ ...each, parameters: [] })));
});

test('what no header may hold is written as a blank', () => {
  expect(formatApplied([{ name: 'example', value: 'a\r\nb' }])).toBe('example="a  b"');
});
