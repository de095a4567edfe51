import { expect, test } from '@jest/globals';
import { instantOf, isDateTime } from '../../src/schema/date-time.ts';

test.each([
  '2025-08-12T02:14:28.205023Z',
  '2025-08-12T00:00:00Z',
  '2025-08-12T00:00:00+02:00',
  '2025-08-12t00:00:00z',
  '2025-08-12T00:00:00.123456789Z',
  '2016-12-31T23:59:60Z',
  '2017-01-01T00:59:60+01:00',
  '2025-08-12T00:00:00-00:00',
  '2025-08-12T00:00:00+14:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2024-02-29T00:00:00Z',
  '2000-02-29T00:00:00Z',
])('%s is a date-time', (text) => {
  expect(isDateTime(text)).toBe(true);
});

test.each([
  ['2025-08-12T00:00:00+0200', 'no colon in the offset'],
  ['2025-08-12T00:00:00', 'no zone'],
  ['2025-08-12 00:00:00Z', 'a space for the T'],
  ['2025-08-12T00:00Z', 'no seconds'],
  ['2025-02-30T00:00:00Z', '30 February'],
  ['2023-02-29T00:00:00Z', '29 February of a common year'],
  ['1900-02-29T00:00:00Z', '29 February of a century that is no leap year'],
  ['2025-04-31T00:00:00Z', '31 April'],
  ['2025-08-12T25:00:00Z', 'hour 25'],
  ['2025-08-12T24:00:00Z', 'hour 24'],
  ['2025-08-12T00:00:60Z', 'a leap second at the wrong time'],
  ['2025-08-12T23:59:60+01:00', 'a leap second at the wrong time in UTC'],
  ['2025-08-12T00:00:00+24:00', 'an offset of a day'],
  ['2025-08-12T00:00:00.Z', 'an empty fraction'],
  ['2025-08-12', 'a date alone'],
  ['Tue, 12 Aug 2025 00:00:00 GMT', 'the form of RFC 1123'],
  ['1754956800000', 'milliseconds'],
  ['', 'nothing'],
])('%s is none: %s', (text) => {
  expect(isDateTime(text)).toBe(false);
});

test('instants are compared to the nanosecond and across zones', () => {
  expect(instantOf('1970-01-01T00:00:00.000000001Z')).toBe(1n);
  expect(instantOf('1970-01-01T02:00:00+02:00')).toBe(0n);
  expect(instantOf('1969-12-31T23:59:59.5Z')).toBe(-500_000_000n);
  expect(instantOf('yesterday')).toBeUndefined();
});
