import { expect, test } from '@jest/globals';

test('the public list is exactly this', async () => {
  expect(Object.keys(await import('../src/index.ts')).sort()).toEqual([
    'KitError',
    'createMock',
    'exitCode',
    'judgeRecorded',
    'loadDescription',
    'startMock',
    'verify',
  ]);
});
