import { expect, test } from '@jest/globals';
import { Store } from '../../src/contract/store.ts';

test('what is added is kept in order up to the limit, and counted beyond it', () => {
  const store = new Store(5);
  for (const piece of ['ab', 'c', '', 'def', 'gh']) {
    store.add(Buffer.from(piece));
  }
  expect(store.bytes().toString()).toBe('abcde');
  expect(store.size).toBe(8);
});

test('many small pieces make one whole', () => {
  const store = new Store(1e6);
  for (let index = 0; index < 5000; index += 1) {
    store.add(Buffer.from(String(index % 10)));
  }
  expect(store.bytes().toString()).toBe('0123456789'.repeat(500));
});

test('a piece is copied, so that the buffer it came in can be let go', () => {
  const store = new Store(10);
  const piece = Buffer.from('ab');
  store.add(piece);
  piece.fill('x');
  expect(store.bytes().toString()).toBe('ab');
});

test('more than was expected is taken all the same', () => {
  const store = new Store(10);
  store.expect(2);
  store.add(Buffer.from('abcd'));
  expect(store.bytes().toString()).toBe('abcd');
});

test('what was dropped is gone, and what comes then is counted alone', () => {
  const store = new Store(10);
  store.add(Buffer.from('ab'));
  store.drop();
  store.add(Buffer.from('cd'));
  expect(store.bytes().toString()).toBe('');
  expect(store.size).toBe(4);
});
