import { expect, test } from '@jest/globals';
import { reasonForSilence } from '../../src/contract/no-verdict.ts';
import { callFrom, type Special } from './exchanges.ts';

/** More values than are kept. */
const HUGE: Special = { body: `[${'{},'.repeat(2_000_000)}{}]` };

test('a server whose answers are all too large to be read gets no verdict for want of errors', () => {
  expect(reasonForSilence([callFrom(HUGE)])).toMatch(/^Every answer is larger than what is read here/);
});

test('one answer that can be read is enough', () => {
  expect(reasonForSilence([callFrom(HUGE), callFrom()])).toBeUndefined();
  expect(reasonForSilence([callFrom({ status: 404 })])).toBeUndefined();
});
