import { expect, test } from '@jest/globals';
import { jsonText, printable } from '../../src/report/printable.ts';

test('ordinary text of any language is shown as it is', () => {
  expect(printable('Größe ≥ 5 – עברית 漢字 👍 C:\\dir')).toBe('Größe ≥ 5 – עברית 漢字 👍 C:\\dir');
});

test('what steers a terminal or breaks a line is escaped', () => {
  expect(printable('\u001b[2J\u009b1m\u0007\u007f')).toBe('\\u001b[2J\\u009b1m\\u0007\\u007f');
  expect(printable('a\r\n\tb\u2028c\u2029d\u0085')).toBe('a\\r\\n\\tb\\u2028c\\u2029d\\u0085');
});

test('what reorders or hides text is escaped', () => {
  expect(printable('\u202eabc\u2066d\u200b\ufeff\u{e0041}')).toBe(
    '\\u202eabc\\u2066d\\u200b\\ufeff\\u{e0041}',
  );
});

test('what is no character is escaped', () => {
  expect(printable('\ud800 \udc00 \ufffe \uffff')).toBe('\\ud800 \\udc00 \\ufffe \\uffff');
});

test('what a CI server would take for a command is escaped', () => {
  expect(printable('::error file=a::b')).toBe('\\u003a:error file=a::b');
  expect(printable('  ::stop-commands::b')).toBe('  \\u003a:stop-commands::b');
  expect(printable('a ##[add-mask]b ##vso[task.debug]c ##teamcity[d]')).toBe(
    'a \\u0023#[add-mask]b \\u0023#vso[task.debug]c \\u0023#teamcity[d]',
  );
  expect(printable('::1 a::b ## [x] #[y]')).toBe('::1 a::b ## [x] #[y]');
});

test('in JSON what nobody sees is escaped, and means the same', () => {
  const value = { a: ['\u001b[2J\u009b\u202e\u2028\ud800', 'ü 漢 👍', '\u{e0041}\u{e000}'], 'b\n': 1 };
  const text = jsonText(value, 2);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toBe(`{
  "a": [
    "\\u001b[2J\\u009b\\u202e\\u2028\\ud800",
    "ü 漢 👍",
    "\\udb40\\udc41\\ue000"
  ],
  "b\\n": 1
}`);
  expect(jsonText('\u009b')).toBe('"\\u009b"');
});

test('a long text is cut, with its length', () => {
  expect(printable('abcdef', 6)).toBe('abcdef');
  expect(printable('abcdefg', 6)).toBe('abcdef… (7 characters)');
  expect(printable('abcde👍', 6)).toBe('abcde… (7 characters)');
});
