import { expect, test } from '@jest/globals';
import { relate } from '../../src/generation/relations.ts';
import type { Mark } from '../../src/schema/schema.ts';

const where = { file: '(test)', line: 1 };
const key = (at: string): Mark => ({ kind: 'key', at, where });
const notBefore = (at: string, earlier: string): Mark => ({ kind: 'not-before', at, earlier, where });

test('of items with the same key the first stays', () => {
  const value = { orders: [{ id: 'a', n: 1 }, { id: 'b', n: 2 }, { id: 'a', n: 3 }, { n: 4 }, { n: 5 }] };
  expect(relate(value, [key('/orders/*/id')])).toEqual({
    orders: [{ id: 'a', n: 1 }, { id: 'b', n: 2 }, { n: 4 }, { n: 5 }],
  });
});

test('keys are compared within one list, and by type', () => {
  const value = { orders: [{ lines: [{ no: 1 }, { no: '1' }] }, { lines: [{ no: 1 }, { no: 1 }] }] };
  expect(relate(value, [key('/orders/*/lines/*/no')])).toEqual({
    orders: [{ lines: [{ no: 1 }, { no: '1' }] }, { lines: [{ no: 1 }] }],
  });
});

test('a key outside of any list, and a list that is none, change nothing', () => {
  expect(relate({ id: 'a' }, [key('/id'), key('/orders/*/id')])).toEqual({ id: 'a' });
  expect(relate({ orders: 'none' }, [key('/orders/*/id')])).toEqual({ orders: 'none' });
});

test('times in the wrong order change places, by the instant that they mean', () => {
  const value = [
    { audit: { made: '2025-01-02T00:00:00Z', changed: '2025-01-01T00:00:00Z' } },
    { audit: { made: '2025-01-01T00:00:00Z', changed: '2025-01-01T01:00:00+02:00' } },
    { audit: { made: '2025-01-01T00:00:00Z', changed: '2025-01-02T00:00:00Z' } },
  ];
  expect(relate(value, [notBefore('/*/audit/changed', '/audit/made')])).toEqual([
    { audit: { made: '2025-01-01T00:00:00Z', changed: '2025-01-02T00:00:00Z' } },
    { audit: { made: '2025-01-01T01:00:00+02:00', changed: '2025-01-01T00:00:00Z' } },
    { audit: { made: '2025-01-01T00:00:00Z', changed: '2025-01-02T00:00:00Z' } },
  ]);
});

test('a chain of times comes into order, however the marks are ordered', () => {
  const value = {
    queued: '2025-01-04T00:00:00Z',
    started: '2025-01-03T00:00:00Z',
    ended: '2025-01-02T00:00:00Z',
    archived: '2025-01-01T00:00:00Z',
  };
  const marks = [
    notBefore('/archived', '/ended'),
    notBefore('/started', '/queued'),
    notBefore('/ended', '/started'),
  ];
  expect(relate(value, marks)).toEqual({
    queued: '2025-01-01T00:00:00Z',
    started: '2025-01-02T00:00:00Z',
    ended: '2025-01-03T00:00:00Z',
    archived: '2025-01-04T00:00:00Z',
  });
});

test('a missing time, or one that is none, is left alone', () => {
  const value = [
    { changed: '2025-01-01T00:00:00Z' },
    { made: 'soon', changed: '2025-01-01T00:00:00Z' },
    { made: 5, changed: null },
  ];
  expect(relate(value, [notBefore('/*/changed', '/made')])).toEqual(value);
});

test('a property named like a method of every object is none that is there', () => {
  expect(relate([{}], [notBefore('/*/constructor', '/toString')])).toEqual([{}]);
});
