import { expect, test } from '@jest/globals';
import { principalOf } from '../../src/mock/principal.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each([
  [basic('ada:secret'), 'ada'],
  [basic('ada'), 'ada'],
  [basic('grace:a:b'), 'grace'],
  [basic('é:x'), 'é'],
  [basic(':x'), 'anonymous'],
  ['Basic', 'anonymous'],
  ['Basic %%%', 'anonymous'],
  ['Bearer abc', 'anonymous'],
  ['Basic YQ', 'a'],
  ['Basic YQ==', 'a'],
  ['Basic YQ=', 'anonymous'],
  ['Basic YTpi==', 'anonymous'],
  [undefined, 'anonymous'],
])('%s is %s', (authorization, user) => {
  expect(principalOf(authorization)).toBe(user);
});
