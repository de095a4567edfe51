import { expect, test } from '@jest/globals';
import { type Acceptance, acceptanceOf, documentedTypes } from '../../src/contract/accept.ts';
import { description } from './described.ts';
import { exchangeOf } from './exchanges.ts';

const [operation] = description.operations;
if (!operation) {
  throw new Error('the description has no operation');
}

const cases: readonly [accept: string | undefined, acceptance: Acceptance][] = [
  [undefined, 'admits'],
  ['application/vnd.gravitino.v1+json', 'admits'],
  ['APPLICATION/vnd.Gravitino.V1+json;q=0.1', 'admits'],
  ['text/html, */*;q=0.8', 'admits'],
  ['application/*', 'admits'],
  ['application/json, application/vnd.gravitino.v1+json', 'admits'],
  ['application/json', 'json'],
  ['application/json;q=0.5, application/json', 'json'],
  ['application/json, text/plain', 'excludes'],
  ['application/json;q=0', 'excludes'],
  ['text/html', 'excludes'],
  ['application/vnd.gravitino.v1+json;q=0', 'excludes'],
  ['application/vnd.gravitino.v1+json;q=0, */*', 'excludes'],
  ['application/vnd.gravitino.v1+json;profile=x', 'excludes'],
  ['', 'unclear'],
  ['///', 'unclear'],
  ['application/json;q=2', 'unclear'],
];

test.each(cases)('Accept: %s %s', (accept, acceptance) => {
  const { request } = exchangeOf({ headers: accept === undefined ? [] : [['accept', accept]] });
  expect(acceptanceOf(request, operation)).toBe(acceptance);
});

test('the lines of one header are read as one', () => {
  const headers = [
    ['Accept', 'application/json'],
    ['Accept', '*/*'],
  ] as const;
  expect(acceptanceOf(exchangeOf({ headers }).request, operation)).toBe('admits');
});

test('the documented types are those of the 2xx answers', () => {
  expect(documentedTypes(operation)).toEqual(['application/vnd.gravitino.v1+json']);
});
