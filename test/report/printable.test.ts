import { expect, test } from '@jest/globals';
import { printable } from '../../src/report/printable.ts';

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

test('a long text is cut, with its length', () => {
  expect(printable('abcdef', 6)).toBe('abcdef');
  expect(printable('abcdefg', 6)).toBe('abcdef… (7 characters)');
  expect(printable('abcde👍', 6)).toBe('abcde… (7 characters)');
});
