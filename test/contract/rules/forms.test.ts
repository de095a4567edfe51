import { expect, test } from '@jest/globals';
import { VENDOR } from '../../servers/jobs-api.ts';
import { BODY, convictedBy } from '../wire-judgement.ts';

const CHUNKS = `HTTP/1.1 200 OK\r\nContent-Type: ${VENDOR}\r\nTransfer-Encoding: chunked\r\n\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
const PLAIN = `HTTP/1.1 200 OK\r\nContent-Type: ${VENDOR}\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

test('chunks and interim answers to a client of HTTP/1.0 are convicted, a plain answer is not', async () => {
  const old = { httpVersion: '1.0', alone: true } as const;
  expect(await convictedBy({ bytes: CHUNKS, request: old })).toEqual([
    'old-client: Transfer-Encoding: chunked',
  ]);
  expect(await convictedBy({ bytes: `HTTP/1.1 103 Early Hints\r\n\r\n${PLAIN}`, request: old })).toEqual([
    'old-client: HTTP/1.1 103 Early Hints',
  ]);
  expect(await convictedBy({ bytes: PLAIN, request: old })).toEqual([]);
  expect(await convictedBy({ bytes: CHUNKS })).toEqual([]);
});

test.each([
  ['bytes 5-3/20', 'bytes 5-3/20'],
  ['bytes 0-20/20', 'bytes 0-20/20'],
  ['bytes */*', 'bytes */*'],
])('a Content-Range of %s is malformed', async (value, actual) => {
  const found = await convictedBy({ status: '206 Partial Content', lines: `Content-Range: ${value}\r\n` });
  expect(found).toContain(`header-syntax: the malformed Content-Range: ${JSON.stringify(actual)}`);
});

test.each(['bytes 0-19/20', 'bytes 0-0/*'])('a Content-Range of %s is well-formed', async (value) => {
  const found = await convictedBy({ status: '206 Partial Content', lines: `Content-Range: ${value}\r\n` });
  expect(found.filter((each) => each.startsWith('header-syntax'))).toEqual([]);
});

const SINCE = {
  headers: [
    ['Accept', VENDOR],
    ['If-Modified-Since', 'Sun, 06 Nov 1994 08:49:37 GMT'],
  ],
} as const;

test.each([
  [
    'without a date of the last change',
    '',
    ['not-modified: If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT'],
  ],
  [
    'changed since',
    'Last-Modified: Mon, 07 Nov 1994 08:49:37 GMT\r\n',
    ['not-modified: If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT'],
  ],
  ['not changed since', 'Last-Modified: Sat, 05 Nov 1994 08:49:37 GMT\r\n', []],
])('a 304 for what is %s', async (_, lines, found) => {
  const bytes = `HTTP/1.1 304 Not Modified\r\n${lines}\r\n`;
  expect(await convictedBy({ bytes, request: SINCE })).toEqual(found);
});
