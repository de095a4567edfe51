import { expect, test } from '@jest/globals';
import { VENDOR } from '../../servers/jobs-api.ts';
import { BODY, convictedBy, type Spoilt } from '../wire-judgement.ts';

const TYPE = `Content-Type: ${VENDOR}\r\n`;
const chunked = (body: string) => `HTTP/1.1 200 OK\r\n${TYPE}Transfer-Encoding: chunked\r\n\r\n${body}`;
const CHUNK = `14\r\n${BODY}\r\n`;

test.each<[sentence: string, finding: string, spoilt: Spoilt]>([
  [
    'no status line',
    'message-syntax: no status line: the answer begins with "{\\"code',
    { bytes: BODY, closes: true },
  ],
  [
    'no code',
    'message-syntax: the malformed status line "HTTP/1.1 OK"',
    { bytes: `HTTP/1.1 OK\r\n${TYPE}\r\n` },
  ],
  [
    'a two-digit code',
    'message-syntax: the malformed status line',
    { bytes: `HTTP/1.1 20 OK\r\n${TYPE}\r\n` },
  ],
  [
    'a version in lower case',
    'message-syntax: the malformed status line "http/1.1 200 OK"',
    { bytes: `http/1.1 200 OK\r\n${TYPE}Content-Length: 20\r\n\r\n${BODY}` },
  ],
  ['a blank before a colon', 'message-syntax: a blank before the colon of "X-A "', { lines: 'X-A : b\r\n' }],
  ['a folded line', 'message-syntax: a folded header line: " c"', { lines: 'X-A: b\r\n c\r\n' }],
  ['LF alone', 'message-syntax: a line that ends in LF alone: "X-A: b"', { lines: 'X-A: b\n' }],
  ['NUL in a value', 'message-syntax: a control character in X-A: "b\\u0000c"', { lines: 'X-A: b\0c\r\n' }],
  ['CR in a value', 'message-syntax: a control character in X-A: "b\\rc"', { lines: 'X-A: b\rc\r\n' }],
  ['a line without a colon', 'message-syntax: a header line without a colon: "X-A"', { lines: 'X-A\r\n' }],
  ['a name that is no token', 'message-syntax: the header name "X(A"', { lines: 'X(A: b\r\n' }],
  [
    'a length that is no number',
    'message-length: the Content-Length "abc", which is no number',
    { bytes: `HTTP/1.1 200 OK\r\n${TYPE}Content-Length: abc\r\n\r\n${BODY}`, closes: true },
  ],
  [
    'a negative length',
    'message-length: the Content-Length "-1"',
    { bytes: `HTTP/1.1 200 OK\r\n${TYPE}Content-Length: -1\r\n\r\n${BODY}`, closes: true },
  ],
  [
    'two lengths',
    'message-length: several Content-Lengths: 21 and 20',
    { lines: 'Content-Length: 21\r\n', closes: true },
  ],
  [
    'two ways',
    'message-length: both Transfer-Encoding: chunked and Content-Length: 20',
    {
      bytes: `HTTP/1.1 200 OK\r\n${TYPE}Content-Length: 20\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNK}0\r\n\r\n`,
    },
  ],
  [
    'chunks in HTTP/1.0',
    'message-length: Transfer-Encoding: chunked in an answer of HTTP/1.0',
    { bytes: chunked(`${CHUNK}0\r\n\r\n`).replace('1.1', '1.0') },
  ],
  ['a malformed chunk size', 'message-length: the chunk size "xyz"', { bytes: chunked(`${CHUNK}xyz\r\n`) }],
  [
    'a chunk longer than its size',
    'message-length: a chunk that is followed by ',
    { bytes: chunked(`13\r\n${BODY}\r\n0\r\n\r\n`) },
  ],
  [
    'no last chunk',
    'answer: the connection was closed before the answer was complete; ',
    { bytes: chunked(CHUNK), closes: true },
  ],
  [
    'a body cut short',
    'answer: the connection was closed before the answer was complete; ',
    { bytes: answer(99), closes: true },
  ],
  ['a body that never comes to its end', 'answer: no complete answer within 0.5 s; ', { bytes: answer(99) }],
  ['a length too small', 'surplus-bytes: "[]}" behind the end of its answer', { bytes: answer(17) }],
  [
    'text behind the last chunk',
    'surplus-bytes: "more" behind the end of its answer',
    { bytes: chunked(`${CHUNK}0\r\n\r\nmore`) },
  ],
  ['a body on HEAD', 'bodiless-answer: a body with an answer to HEAD: ', { request: { method: 'HEAD' } }],
  [
    'a zero length on a 204',
    'needless-length: Content-Length: 0 on a 204',
    { bytes: 'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n' },
  ],
])('an answer with %s is convicted by one rule', async (_, finding, spoilt) => {
  const found = (await convictedBy(spoilt)).filter((each) => !each.startsWith('documented-status'));
  expect(found).toEqual([expect.stringContaining(finding)]);
});

function answer(length: number): string {
  return `HTTP/1.1 200 OK\r\n${TYPE}Content-Length: ${length}\r\n\r\n${BODY}`;
}

test.each([
  ['a 204 with a length and a body', `HTTP/1.1 204 No Content\r\n${TYPE}Content-Length: 20\r\n\r\n${BODY}`],
  ['a 304 with a body', `HTTP/1.1 304 Not Modified\r\n\r\n${BODY}`],
])('%s is convicted', async (_, bytes) => {
  expect(await convictedBy({ bytes })).toContainEqual(
    expect.stringMatching(/^bodiless-answer: a body with a [23]04/),
  );
});

test.each<[sentence: string, spoilt: Spoilt]>([
  ['as documented', {}],
  [
    'chunks with extensions and trailers',
    { bytes: chunked(`14;a=b;c="d"\r\n${BODY}\r\n0\r\nX-T: u\r\nX-V: w\r\n\r\n`) },
  ],
  ['a coding in other letters', { bytes: chunked(`${CHUNK}0\r\n\r\n`).replace('chunked', 'Chunked') }],
  [
    'interim answers',
    { bytes: `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answer(20)}` },
  ],
  [
    'HTTP/1.0 and the end of the connection',
    { bytes: `HTTP/1.0 200 OK\r\n${TYPE}\r\n${BODY}`, closes: true },
  ],
  ['no length', { bytes: `HTTP/1.1 200 OK\r\n${TYPE}\r\n${BODY}`, closes: true }],
  ['Latin-1 in a value', { lines: 'Server: caf\xe9\r\n' }],
  ['a tab in a value', { lines: 'X-A: b\tc\r\n' }],
  ['no reason phrase', { status: '200 ' }],
  ['no reason phrase and no blank', { status: '200' }],
  ['an empty header', { lines: 'X-A:\r\n' }],
  ['names in lower case', { bytes: answer(20).replace('Content-Type', 'content-type') }],
  [
    'several cookies and cache directives',
    { lines: 'Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nVary: Accept\r\nVary: Origin\r\n' },
  ],
  ['the end of the connection', { lines: 'Connection: close\r\n', closes: true }],
  ['headers of 100 KiB', { lines: `X-Long: ${'x'.repeat(100 * 1024)}\r\n` }],
  [
    'a HEAD without a body',
    { request: { method: 'HEAD' }, bytes: `HTTP/1.1 200 OK\r\n${TYPE}Content-Length: 20\r\n\r\n` },
  ],
])('an answer with %s is convicted by no rule', async (_, spoilt) => {
  expect(await convictedBy(spoilt)).toEqual([]);
});
