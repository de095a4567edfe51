import { expect, test } from '@jest/globals';
import { redactCookies } from '../src/redacted.ts';

test.each([
  ['a=1', 'a=*'],
  ['a=1; b="2"; c=3=4', 'a=*; b=*; c=*'],
  ['a= 1', 'a= *'],
  ['sid=1; Path=/; HttpOnly; Max-Age=5; secure', 'sid=*; Path=/; HttpOnly; Max-Age=5; secure'],
  ['path=1; domainX=2', 'path=*; domainX=*'],
  ['a=; b', 'a=; *'],
  ['nameless', '*'],
  ['', ''],
])('of the field %p the values of cookies are hidden: %p', (field, expected) => {
  expect(redactCookies(field)).toBe(expected.replaceAll('*', '[redacted]'));
});

test('in prose a name may stand alone', () => {
  expect(redactCookies('JSESSIONID, which is new', { prose: true })).toBe('JSESSIONID, which is new');
  expect(redactCookies('id=tasty', { prose: true })).toBe('id=[redacted]');
});
