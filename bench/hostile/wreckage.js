import fc from 'fast-check';
import { LIST } from '../cases.js';
import { headOf } from './requests.js';
import { anyByte, segment, target, textOf } from './texts.js';

/** Bytes that are no request, or not quite one: any number of valid answers is right, also none. */

/** @returns {import('./probes.js').Probe} */
function probeOf(kind, bytes) {
  return { kind, pieces: [bytes], methods: [], isOpen: true };
}

const noise = fc.oneof(
  textOf(anyByte, 300),
  textOf(fc.constantFrom('\r', '\n', ' ', ':', '\0', 'G', '/'), 60),
  fc.constantFrom(
    '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'SSH-2.0-OpenSSH_9.2\r\n',
    'PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n',
    '\x05\x01\0',
    `GET /${'a'.repeat(30_000)}`,
    `X${'-'.repeat(30_000)}`,
  ),
);

export const noHttp = noise.map((bytes) => probeOf('bytes that are no HTTP', bytes));

export const afterRequests = fc
  .tuple(fc.constantFrom('GET', 'POST'), noise)
  .map(([method, bytes]) =>
    probeOf('bytes that are no HTTP', headOf(method, LIST, 'Content-Length: 0') + bytes),
  );

export const tunnels = fc
  .tuple(fc.oneof(fc.constant('localhost:443'), target), textOf(anyByte))
  .map(([to, rest]) => probeOf('CONNECT and Upgrade', headOf('CONNECT', to) + rest));

export const lineEnds = fc
  .tuple(segment, fc.constantFrom('\n', '\r', '\n\r', '\r\n ', '\r\r\n', '\0\r\n', '\r\n\t'))
  .map(([name, end]) =>
    probeOf('line ends', `GET /metalakes/${name}/jobs/runs HTTP/1.1${end}Host: localhost${end}${end}`),
  );

export const requestLines = fc
  .constantFrom(
    `GET ${LIST}\r\n\r\n`,
    `GET ${LIST} HTTP/1.1\r\n\r\n`,
    `GET ${LIST} HTTP/1.0\r\n\r\n`,
    `GET  ${LIST}  HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET\t${LIST}\tHTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET ${LIST} HTTP/9.9\r\nHost: a\r\n\r\n`,
    `GET ${LIST} http/1.1\r\nHost: a\r\n\r\n`,
    `\r\n\r\nGET ${LIST} HTTP/1.1\r\nHost: a\r\n\r\n`,
    ` GET ${LIST} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET ${LIST} HTTP/1.1\r\nHost : a\r\n\r\n`,
    `GET ${LIST} HTTP/1.1\r\n: a\r\n\r\n`,
    `GET ${LIST} HTTP/1.1\r\nHost\r\n\r\n`,
    `GET ${LIST} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`,
    'GET  HTTP/1.1\r\nHost: a\r\n\r\n',
  )
  .map((bytes) => probeOf('request lines', bytes));

const framingFields = fc.constantFrom(
  'Content-Length: 5\r\nTransfer-Encoding: chunked',
  'Content-Length: 5\r\nContent-Length: 6',
  'Content-Length: -1',
  'Content-Length: 1e3',
  'Content-Length: +5',
  'Content-Length: 18446744073709551616',
  'Content-Length: 99999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked',
);

const framedBodies = fc.constantFrom(
  '0\r\n\r\n',
  'zz\r\nhello\r\n0\r\n\r\n',
  'FFFFFFFFFFFFFFFFFF\r\nhello',
  '-1\r\nx\r\n0\r\n\r\n',
  `5;${'e'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`,
  '5\r\nhelloX\r\n0\r\n\r\n',
  '5\nhello\n0\n\n',
  '0\r\nX-Trailer: \x01\r\n\r\n',
  `0\r\n${'X-Trailer: y\r\n'.repeat(3000)}\r\n`,
  'hello',
  '',
);

export const framing = fc
  .tuple(fc.constantFrom('GET', 'POST'), framingFields, framedBodies)
  .map(([method, fields, body]) => probeOf('broken framing', headOf(method, LIST, fields) + body));
