import { expect, test } from '@jest/globals';
import { splitPattern } from '../../src/contract/lists.ts';

test.each([
  ['/jobs/*/audit/creator', { list: '/jobs', rest: '/audit/creator' }],
  ['/a/*/b/*', { list: '/a/*/b', rest: '' }],
  ['/*/label', { list: '', rest: '/label' }],
  ['/job/audit/creator', { list: '', rest: '/job/audit/creator' }],
])('%s leads to a list and on from its items, or on from the root', (pattern, parts) => {
  expect(splitPattern(pattern)).toEqual(parts);
});
