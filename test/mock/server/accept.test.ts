import { expect, test } from '@jest/globals';
import { asksForOtherVersion, optionsType, readAccept, rewritten } from '../../../src/mock/server/accept.ts';

const VENDOR = 'application/vnd.gravitino.v1+json';

test.each([
  [undefined, 'admitted'],
  ['*/*', 'admitted'],
  ['application/*', 'admitted'],
  [`application/json, ${VENDOR};q=0`, 'admitted'],
  ['Application/VND.Gravitino.V1+JSON; charset=utf-8', 'admitted'],
  ['application/json', 'refused'],
  ['application/*+json', 'refused'],
  ['garbage', 'refused'],
  ['', 'malformed'],
  ['a/b/c', 'malformed'],
  [`,${VENDOR}`, 'malformed'],
  [`${VENDOR},`, 'admitted'],
  [`${VENDOR};q=2`, 'malformed'],
  [`${VENDOR};q=0.1234`, 'malformed'],
  ['*/json', 'admitted'],
  ['text/html;"', 'malformed'],
])('Accept: %s is %s', (accept, expected) => {
  expect(readAccept(accept)).toBe(expected);
});

test('only the version of the exact type counts', () => {
  expect(asksForOtherVersion('text/html, application/vnd.gravitino.v2+json')).toBe(true);
  expect(asksForOtherVersion('application/VND.gravitino.v2+json')).toBe(false);
  expect(asksForOtherVersion(VENDOR)).toBe(false);
});

test('what names no version is taken for version 1', () => {
  expect(rewritten('application/json')).toBe(VENDOR);
  expect(rewritten('application/vnd.gravitino.v3+json')).toBe('application/vnd.gravitino.v3+json');
});

test.each([
  [undefined, 'text/plain'],
  ['*/*', 'text/plain'],
  ['application/json, text/plain', 'text/plain'],
  ['text/html, application/json', 'text/html'],
  ['text/html, */*', 'text/html'],
  ['text/html;q=0.3, application/json;q=0.7', 'application/json;q=0.7'],
  ['text/*', 'text/plain'],
  [',', undefined],
])('OPTIONS with Accept: %s is answered in %s', (accept, expected) => {
  expect(optionsType(accept)).toBe(expected);
});
