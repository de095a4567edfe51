import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { bodyOf, RUNS, requestBytes, say, startMock } from './running.ts';

const HEAD = `GET ${RUNS} HTTP/1.1\r\nHost: mock\r\n`;

test.each([
  ['no request line', 'HELLO\r\n\r\n'],
  ['a method in lower case', `get ${RUNS} HTTP/1.1\r\nHost: mock\r\n\r\n`],
  ['a method that nobody knows', `FETCH ${RUNS} HTTP/1.1\r\nHost: mock\r\n\r\n`],
  ['a blank in the target', 'GET /a b HTTP/1.1\r\nHost: mock\r\n\r\n'],
  ['an octet beyond ASCII in the target', Buffer.from(`${HEAD.replace('demo', 'd\xe9mo')}\r\n`, 'latin1')],
  ['a NUL in the target', 'GET /\0 HTTP/1.1\r\nHost: mock\r\n\r\n'],
  ['a control character in a header', `${HEAD}Origin: http://localhost\x01\r\n\r\n`],
  ['a folded header', `${HEAD}Accept: a\r\n b\r\n\r\n`],
  ['bare line feeds', `GET ${RUNS} HTTP/1.1\nHost: mock\n\n`],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['the first bytes of TLS', Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3])],
  ['a length that is no number', `${HEAD}Content-Length: abc\r\n\r\n`],
  ['both lengths', `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a broken chunk in the first packet', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
])('%s gets 400 and the end of the connection', async (_what, bytes) => {
  const { mock, lines } = await startMock();
  const said = await say(mock, bytes);
  expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(said).toContain('\r\nConnection: close\r\n');
  expect(said).toContain('\r\nContent-Type: application/vnd.gravitino.v1+json\r\n');
  expect(bodyOf(said)).toEqual({
    code: 1001,
    type: 'IllegalArgumentException',
    message: expect.stringMatching(/^This is no HTTP\/1\.1 request: ./),
  });
  expect(lines.at(-1)).toBe('- - 400 0.0 ms, transport: malformed-request');
});

test.each([20_000, 200_000])('a target of %d characters gets 414', async (length) => {
  const { mock } = await startMock();
  const said = await say(mock, `GET ${RUNS}?${'a'.repeat(length)} HTTP/1.1\r\nHost: mock\r\n\r\n`);
  expect(said).toMatch(/^HTTP\/1\.1 414 URI Too Long\r\n/);
});

test.each([20_000, 2_000_000])('headers of %d bytes get 431, and the client can read it', async (bytes) => {
  const { mock } = await startMock();
  const said = await say(mock, `${HEAD}X: ${'a'.repeat(bytes)}\r\n\r\n`);
  expect(said).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  expect(bodyOf(said)).toMatchObject({ message: 'The headers are larger than 16384 bytes' });
});

test('an HTTP/1.1 request without Host gets 400, one of HTTP/1.0 is answered', async () => {
  const { mock } = await startMock();
  const missing = await say(mock, `GET ${RUNS} HTTP/1.1\r\nConnection: close\r\n\r\n`);
  expect(bodyOf(missing)).toMatchObject({ message: 'An HTTP/1.1 request needs a Host header' });
  expect(await say(mock, `GET ${RUNS} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('a tunnel is refused', async () => {
  const { mock } = await startMock();
  const said = await say(mock, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n');
  expect(said).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
  expect(said).toContain('\r\nAllow: GET, HEAD, OPTIONS\r\n');
});

test.each(['websocket', 'h2c'])('an upgrade to %s is passed over', async (protocol) => {
  const { mock } = await startMock();
  const said = await say(mock, `${HEAD}Connection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`, /]}$/);
  expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('requests before something unreadable are answered first, in order', async () => {
  const { mock } = await startMock();
  const said = await say(mock, `${HEAD}Prefer: wait=1\r\n\r\n${HEAD}\r\nGARBAGE\r\n\r\n`);
  expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 400']);
});

test('a client that closes its half still gets its answer', async () => {
  const { mock } = await startMock();
  const said = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(mock.port, mock.host);
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.end(requestBytes(`GET ${RUNS}`, ['Prefer: wait=1']));
  });
  expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});
