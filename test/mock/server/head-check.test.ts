import { expect, test } from '@jest/globals';
import { partsOf, problemOfHead } from '../../../src/mock/server/head-check.ts';

const LINE = 'GET /a HTTP/1.1\r\nHost: a';

test.each([
  ['GET /a HTTP/1.0', undefined],
  ['GET  /a  http/1.1\nHost: a', undefined],
  ['GET /é HTTP/1.1', undefined],
  ['garbage', '400 No URI'],
  ['GET ', '400 No URI'],
  ['GET /a', '505 HTTP/0.9 not supported'],
  ['GET /a HTTP/0.9', '505 Unsupported Version'],
  ['GET /a HTTP/1.2', '505 Unknown Version'],
  [' GET /a HTTP/1.1', "400 Illegal character SPACE=' '"],
  ['GET /a b HTTP/1.1', "400 Illegal character SPACE=' '"],
  ['G@T /a HTTP/1.1', "400 Illegal character VCHAR='@'"],
  ['GET\t/a HTTP/1.1', '400 Illegal character HTAB=0x9'],
  ['GET /\0 HTTP/1.1', '400 Illegal character CNTL=0x0'],
  [`${LINE}\r\nX: a\r\n b`, '400 Header Folding'],
  [`${LINE}\r\n: a`, '400 Header Folding'],
  [`${LINE}\r\nX : a`, "400 Illegal character SPACE=' '"],
  [`${LINE}\r\nX`, '400 Illegal character LF=\\n'],
  [`${LINE}\r\nX: a\x01`, '400 Illegal character CNTL=0x1'],
  [`${LINE}\r\nX: a\rb`, '400 Bad EOL'],
  [`${LINE}\r\nContent-Length: +2`, '400 Invalid Content-Length Value'],
  [`${LINE}\r\nContent-Length: 99999999999999999999`, '400'],
  [`${LINE}\r\nContent-Length: 2\r\nContent-Length: 2`, '400 Multiple Content-Lengths'],
  [`${LINE}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked`, '400 Transfer-Encoding and Content-Length'],
  [`${LINE}\r\nTransfer-Encoding: gzip`, '400 Bad Transfer-Encoding, chunked not last'],
  [`${LINE}\r\nTransfer-Encoding: gzip, Chunked`, undefined],
  [`${LINE}:99999`, '400 Bad HostPort'],
  ['GET /a HTTP/1.1\r\nHost: [::1]:80', undefined],
])('%j has the problem %s', (head, expected) => {
  const problem = problemOfHead(head);
  const told = problem && [problem.bad, problem.reason].filter((part) => part !== undefined).join(' ');
  expect(told).toBe(expected);
});

test('a request line is taken apart at any number of blanks', () => {
  expect(partsOf('GET  /a   http/1.1')).toEqual(['GET', '/a', 'HTTP/1.1']);
});
