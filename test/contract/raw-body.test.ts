import { expect, test } from '@jest/globals';
import { BodyReader } from '../../src/contract/raw-body.ts';

const MIB = Buffer.alloc(1024 * 1024);

/** Reads so many MiB of a body whose length is not known. */
function readMiB(count: number): BodyReader {
  const reader = new BodyReader({ delimitation: { by: 'close' }, codings: [], faults: [] });
  for (let index = 0; index < count; index += 1) {
    reader.read(MIB);
  }
  return reader;
}

test('a body that is larger than what is read is dropped, and said to be', () => {
  const reader = readMiB(33);
  expect(reader.excess()).toBe('it is larger than the 32 MiB that are read');
  expect(reader.content()).toBeUndefined();
  expect(reader.size()).toBe(33 * MIB.length);
});

test('bodies that are read at the same time have a limit in all', () => {
  const readers = [readMiB(31), readMiB(31), readMiB(31), readMiB(4)];
  const excess = 'those that came at the same time are larger than the 96 MiB that are read';
  expect(readers.map((reader) => reader.excess())).toEqual([undefined, undefined, undefined, excess]);
  const sizes = readers.map((reader) => reader.content()?.length);
  expect(sizes).toEqual([31 * MIB.length, 31 * MIB.length, 31 * MIB.length, undefined]);
});

test('bodies that were read make room for others', () => {
  for (const reader of [readMiB(31), readMiB(31), readMiB(31)]) {
    reader.content();
  }
  const reader = readMiB(31);
  expect(reader.excess()).toBeUndefined();
  reader.content();
});
