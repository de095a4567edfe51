import { expect, test } from '@jest/globals';
import { isJsonType, parseMediaType, sameMediaType } from '../../src/http/media-type.ts';

test('a media type is read in lower case, with its parameters', () => {
  expect(parseMediaType('Application/VND.gravitino.v1+JSON ; Charset="utf-8" ;q=0.5')).toEqual({
    type: 'application',
    subtype: 'vnd.gravitino.v1+json',
    essence: 'application/vnd.gravitino.v1+json',
    parameters: new Map([
      ['charset', 'utf-8'],
      ['q', '0.5'],
    ]),
  });
});

test('separators within quotes belong to the value, and a backslash quotes one character', () => {
  const parameters = parseMediaType(String.raw`a/b;x="1;2, \"3\" \\";y=z`)?.parameters;
  expect(parameters).toEqual(
    new Map([
      ['x', '1;2, "3" \\'],
      ['y', 'z'],
    ]),
  );
});

test('of a repeated parameter the first value counts', () => {
  expect(parseMediaType('a/b;x=1;X=2')?.parameters.get('x')).toBe('1');
});

test.each(['a/b', ' a/b\t', 'a/b;', 'a/b;;x=1', 'a/b ;x=""', "a/b;x=!#$%&'*+-.^_`|~", '*/*'])(
  '%j is well formed',
  (text) => {
    expect(parseMediaType(text)).toBeDefined();
  },
);

test.each([
  '',
  ' ',
  'json',
  'a/',
  '/b',
  'a/b/c',
  'a /b',
  'a/b c',
  'a/b, c/d',
  ';x=1',
  'a/b;;charset',
  'a/b;x',
  'a/b;x=',
  'a/b;=1',
  'a/b;x =1',
  'a/b;x= 1',
  'a/b;x="1',
  'a/b;x="1"2',
  'a/b;x="\u0001"',
  'a/b\u00a0',
  'ä/b',
])('%j is malformed', (text) => {
  expect(parseMediaType(text)).toBeUndefined();
});

test('media types are the same in any letter case and with any parameters', () => {
  expect(sameMediaType('application/JSON;charset=utf-8', 'Application/json')).toBe(true);
  expect(sameMediaType('application/json', 'application/vnd.gravitino.v1+json')).toBe(false);
});

test('a malformed media type is the same as none, not even as itself', () => {
  expect(sameMediaType('json', 'json')).toBe(false);
});

test.each([
  ['application/json', true],
  ['Application/VND.x+JSON; charset=utf-8', true],
  ['text/json', true],
  ['image/json', false],
  ['text/html', false],
  ['application/json-seq', false],
  ['json', false],
])('%s is a JSON type: %j', (type, is) => {
  expect(isJsonType(type)).toBe(is);
});

test('thousands of blanks and quotes are read in no time', () => {
  const started = performance.now();
  parseMediaType(`a/b${' '.repeat(50_000)}c;${'"'.repeat(50_001)}`);
  expect(performance.now() - started).toBeLessThan(200);
});
