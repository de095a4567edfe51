import { expect, test } from '@jest/globals';
import { BODY_LIMIT, HEAD_LIMIT, ResponseReader } from '../../src/contract/raw-response.ts';

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

test('of a body without end no more is kept than is read', () => {
  const reader = read('HTTP/1.1 200 OK\r\n\r\n');
  const piece = Buffer.alloc(1024 * 1024);
  for (let count = 0; count <= BODY_LIMIT / piece.length; count += 1) {
    reader.read(piece);
  }
  expect(reader.isTooLarge()).toBe(true);
  expect(reader.isLengthGiven()).toBe(false);
  expect(reader.result().content).toBeUndefined();
});

test('a length tells at once that a body is too large', () => {
  expect(read(`HTTP/1.1 200 OK\r\nContent-Length: ${BODY_LIMIT + 1}\r\n\r\n`).isTooLarge()).toBe(true);
  expect(read(`HTTP/1.1 200 OK\r\nContent-Length: ${BODY_LIMIT}\r\n\r\n`).isTooLarge()).toBe(false);
});
