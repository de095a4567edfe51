import { expect, test } from '@jest/globals';
import { BODY_LIMIT, HEAD_LIMIT } from '../../src/contract/limits.ts';
import { ResponseReader } from '../../src/contract/raw-response.ts';

function read(text: string, step = text.length, method = 'GET'): ResponseReader {
  const bytes = Buffer.from(text, 'latin1');
  const reader = new ResponseReader(method);
  for (let start = 0; start < bytes.length; start += step) {
    reader.read(bytes.subarray(start, start + step));
  }
  return reader;
}

const ANSWER =
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 Fine\r\nX-A : 1\r\nTransfer-Encoding: chunked\r\n\r\n' +
  '3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-T: u\r\n\r\nmore';

test.each([1, 2, 3, 7, 1000])('an answer that comes %d bytes at a time is the same', (step) => {
  const result = read(ANSWER, step).result();
  expect(result).toMatchObject({
    complete: true,
    contentSize: 5,
    trailers: [['X-T', 'u']],
    faults: [{ kind: 'syntax', detail: 'a blank before the colon of "X-A "' }],
    size: ANSWER.length,
  });
  expect(result.interim.map(({ status, headers }) => [status, headers])).toEqual([[103, [['Link', '</a>']]]]);
  expect(result.head).toMatchObject({
    statusLine: 'HTTP/1.1 200 Fine',
    status: 200,
    reason: 'Fine',
    httpVersion: '1.1',
  });
  expect(result.content?.toString()).toBe('abcde');
  expect(result.surplus.toString()).toBe('more');
  expect(result.received.toString('latin1')).toBe(ANSWER);
});

test.each([
  ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', '6 of the 9 bytes of its body'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc', 'the last 2 bytes of a chunk'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 'its last chunk'],
  ['HTTP/1.1 200 OK\r\n\r\nabc', 'the end of its body'],
  ['HTTP/1.1 200 OK\r\nX', 'the end of its header lines'],
])('what %j lacks is told', (text, missing) => {
  expect(read(text).result()).toMatchObject({ complete: false, missing });
});

test('the end of the connection ends a body without a length, and no other', () => {
  const free = read('HTTP/1.0 200 OK\r\n\r\nabc');
  free.end();
  const counted = read('HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nabc');
  counted.end();
  expect([free.result().complete, counted.result().complete]).toEqual([true, false]);
});

test('an answer to HEAD ends with its head whatever its length says', () => {
  const result = read('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc', 99, 'HEAD').result();
  expect(result).toMatchObject({ complete: true, contentSize: 0, surplus: Buffer.from('abc') });
});

test('a transfer coding inside of chunked is left to be undone', () => {
  const result = read('HTTP/1.1 200 OK\r\nTransfer-Encoding: GZIP, chunked\r\n\r\n0\r\n\r\n').result();
  expect(result).toMatchObject({ transferCodings: ['gzip'], faults: [], complete: true });
});

test('a head without end is given up', () => {
  const reader = read(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(HEAD_LIMIT / 6 + 1)}`, 65_536);
  expect(reader.isOver()).toBe(true);
});

test.each([
  [
    'header lines of more than 128 KiB',
    `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(HEAD_LIMIT)}`,
    'its header lines are more than the 128 KiB that are read',
  ],
  [
    'more than 1000 header lines',
    `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(1000)}\r\n`,
    'it has more than the 1000 header lines that are read',
  ],
  [
    'more than 100 interim answers',
    'HTTP/1.1 100 Continue\r\n\r\n'.repeat(101),
    'more than 100 interim answers came in front of it',
  ],
  [
    'long interim answers',
    `HTTP/1.1 103 -\r\nA: ${'x'.repeat(70_000)}\r\n\r\n`.repeat(2),
    'its header lines are more than the 128 KiB that are read',
  ],
])('an answer with %s is given up, with the reason', (_, text, reason) => {
  expect(read(text, 65_536).result()).toMatchObject({ gaveUp: reason, complete: false, faults: [] });
});

test('a million interim answers at once do no harm', () => {
  expect(read('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1e6)).result().interim).toHaveLength(101);
});

test('of many faults the first 20 are told', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `x${index}\r\n`).join('');
  const { faults } = read(`HTTP/1.1 200 OK\r\n${lines}\r\n`).result();
  expect(faults).toHaveLength(20);
  expect(faults[19]).toEqual({ kind: 'syntax', detail: 'a header line without a colon: "x19"' });
});

test('a header value of blanks takes no time', () => {
  const start = performance.now();
  expect(read(`HTTP/1.1 200 OK\r\nA: x${' '.repeat(100_000)}x\r\n\r\n`).result().faults).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1000);
});

test('of a body without end no more is kept than is read', () => {
  const reader = read('HTTP/1.1 200 OK\r\n\r\n');
  const piece = Buffer.alloc(1024 * 1024);
  for (let count = 0; count <= BODY_LIMIT / piece.length; count += 1) {
    reader.read(piece);
  }
  expect(reader.body()?.excess()).toBe('it is larger than the 32 MiB that are read');
  expect(reader.body()?.isLengthGiven()).toBe(false);
  expect(reader.result().content).toBeUndefined();
});

test('a length tells at once that a body is too large', () => {
  const excessOf = (length: number) =>
    read(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`).body()?.excess();
  expect(excessOf(BODY_LIMIT + 1)).toBe('it is larger than the 32 MiB that are read');
  expect(excessOf(BODY_LIMIT)).toBeUndefined();
});
