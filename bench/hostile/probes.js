import fc from 'fast-check';
import { accept, anyByte, fieldValue, prefer, query, segment, target, textOf, token } from './texts.js';

/**
 * A hostile exchange: what is sent over one connection, and what must come back.
 * @typedef {object} Probe
 * @property {string} kind what it is about
 * @property {readonly string[]} pieces what is sent, in Latin-1; between two there is a pause
 * @property {readonly string[]} methods those of the answers that are due, in order
 * @property {boolean} [isOpen] whether more or fewer answers may come than are due, none too
 * @property {'close' | 'half-close' | 'reset' | 'leave'} [ending] how the client ends it: after the answers, or, where it
 *   half-closes or leaves, as soon as everything is sent
 */

const LIST = '/metalakes/demo/jobs/runs';
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'];
const method = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('GET', 'HEAD') },
  fc.constantFrom(...METHODS),
);

function head(verb, path, ...lines) {
  return `${[`${verb} ${path} HTTP/1.1`, 'Host: localhost', ...lines].join('\r\n')}\r\n\r\n`;
}

/** One whole request, to which exactly one answer is due. */
function one(kind, verb, ...pieces) {
  return { kind, pieces, methods: [verb] };
}

/** Bytes to which the answer may be anything valid, or the end of the connection. */
function open(kind, ...pieces) {
  return { kind, pieces, methods: ['GET', 'GET', 'GET', 'GET'], isOpen: true };
}

const targets = fc
  .tuple(method, target)
  .map(([verb, path]) => one('paths and encodings', verb, head(verb, path)));

const queries = query.map((text) => one('queries', 'GET', head('GET', LIST + text.replaceAll(' ', ''))));

const methods = fc
  .tuple(
    fc.oneof(fc.constantFrom('get', 'PROPFIND', 'M-SEARCH', 'SOURCE', 'FOO', 'QUERY', 'PRI'), token),
    target,
  )
  .map(([verb, path]) => one('methods', verb, head(verb, path)));

const oddHeader = fc
  .tuple(
    fc.oneof(
      token,
      fc.constantFrom(
        'Origin',
        'Cookie',
        'Range',
        'If-None-Match',
        '__proto__',
        'X-HTTP-Method-Override',
        'Content-Type',
      ),
    ),
    fieldValue,
  )
  .filter(([name]) => !/^(host|connection|content-length|transfer-encoding|expect|upgrade)$/i.test(name))
  .map(([name, value]) => `${name}: ${value}`);

const headers = fc
  .tuple(method, fc.array(oddHeader, { minLength: 1, maxLength: 20 }))
  .map(([verb, lines]) => one('headers', verb, head(verb, LIST, ...lines)));

const accepts = fc
  .tuple(method, segment, accept)
  .map(([verb, name, value]) =>
    one('Accept', verb, head(verb, `/metalakes/${name}/jobs/runs`, `Accept: ${value}`)),
  );

const preferences = fc
  .tuple(fc.constantFrom('GET', 'HEAD'), fc.array(prefer, { minLength: 1, maxLength: 2 }), fc.option(accept))
  .map(([verb, fields, type]) => {
    const lines = [
      ...fields.map((field) => `Prefer: ${field}`),
      ...(type === null ? [] : [`Accept: ${type}`]),
    ];
    return one('Prefer', verb, head(verb, LIST, ...lines));
  });

const preflights = fc
  .tuple(fieldValue, fieldValue, fieldValue)
  .map(([origin, verb, names]) =>
    one(
      'preflights',
      'OPTIONS',
      head(
        'OPTIONS',
        LIST,
        `Origin: ${origin}`,
        `Access-Control-Request-Method: ${verb}`,
        `Access-Control-Request-Headers: ${names}`,
      ),
    ),
  );

const content = fc.oneof(
  { weight: 8, arbitrary: textOf(anyByte, 2000) },
  fc.constantFrom(2 ** 20 - 1, 2 ** 20 + 1).map((length) => 'x'.repeat(length)),
);

const bodies = fc
  .tuple(method, content, fc.constantFrom('application/json', 'text/xml', 'multipart/form-data', ''))
  .map(([verb, body, type]) =>
    one('bodies', verb, head(verb, LIST, `Content-Type: ${type}`, `Content-Length: ${body.length}`) + body),
  );

const chunkedBodies = fc
  .tuple(method, fc.array(textOf(anyByte, 300), { maxLength: 10 }))
  .map(([verb, parts]) => {
    const chunks = parts
      .filter((part) => part !== '')
      .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
    return one(
      'bodies',
      verb,
      `${head(verb, LIST, 'Transfer-Encoding: chunked')}${chunks.join('')}0\r\n\r\n`,
    );
  });

const expectations = fc
  .tuple(
    fc.constantFrom('100-continue', '100-Continue', '200-ok', '', '100-continue, x'),
    textOf(anyByte, 200),
  )
  .map(([value, body]) =>
    one('Expect', 'POST', head('POST', LIST, `Expect: ${value}`, `Content-Length: ${body.length}`), body),
  );

const upgrades = fc
  .tuple(
    fc.constantFrom('websocket', 'h2c', 'TLS/1.0', ','),
    fc.constantFrom('Upgrade', 'upgrade, keep-alive', 'close'),
  )
  .map(([name, connection]) =>
    one('CONNECT and Upgrade', 'GET', head('GET', LIST, `Upgrade: ${name}`, `Connection: ${connection}`)),
  );

const tunnels = fc
  .tuple(fc.oneof(fc.constant('localhost:443'), target), textOf(anyByte))
  .map(([to, rest]) => open('CONNECT and Upgrade', head('CONNECT', to) + rest));

const large = fc
  .tuple(fc.constantFrom(...METHODS), fc.integer({ min: 4000, max: 40_000 }), fc.integer({ min: 0, max: 3 }))
  .map(([verb, length, where]) => {
    const long = 'a'.repeat(length);
    const requests = [
      head(verb, `/${long}`),
      head(verb, `${LIST}?jobTemplateName=${long}`),
      head(verb, LIST, `X-Long: ${long}`),
      head(verb, LIST, ...Array.from({ length: length / 10 }, (_, index) => `X-${index}: y`)),
    ];
    return one('long targets and large headers', verb, requests[where]);
  });

const pipelined = fc
  .array(fc.tuple(fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'DELETE'), segment), {
    minLength: 2,
    maxLength: 12,
  })
  .map((requests) => ({
    kind: 'pipelined requests',
    pieces: [
      requests.map(([verb, name]) => head(verb, `/metalakes/${encodeURIComponent(name)}/jobs/runs`)).join(''),
    ],
    methods: requests.map(([verb]) => verb),
  }));

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

const noHttp = noise.map((bytes) => open('bytes that are no HTTP', bytes));

const afterAnswers = fc
  .tuple(fc.constantFrom('GET', 'POST'), noise)
  .map(([verb, bytes]) => open('bytes that are no HTTP', head(verb, LIST, 'Content-Length: 0') + bytes));

const lineEnds = fc
  .tuple(segment, fc.constantFrom('\n', '\r', '\n\r', '\r\n ', '\r\r\n', '\0\r\n', '\r\n\t'))
  .map(([name, end]) =>
    open('line ends', `GET /metalakes/${name}/jobs/runs HTTP/1.1${end}Host: localhost${end}${end}`),
  );

const requestLines = fc
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
  .map((bytes) => open('request lines', bytes));

const framing = fc
  .tuple(
    fc.constantFrom('GET', 'POST'),
    fc.constantFrom(
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
    ),
    fc.constantFrom(
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
    ),
  )
  .map(([verb, field, body]) => open('broken framing', head(verb, LIST, field) + body));

/** Well-formed requests, for what happens to the connection under them. */
const wellFormed = fc.oneof(targets, accepts, headers, chunkedBodies, pipelined);

const slowStarts = fc
  .tuple(wellFormed, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }))
  .map(([probe, cuts]) => ({ ...probe, kind: 'slow starts', pieces: cut(probe.pieces.join(''), cuts) }));

const halfClosed = wellFormed.map((probe) => ({
  ...probe,
  kind: 'half-closed connections',
  ending: 'half-close',
}));

const halfClosedEarly = fc.tuple(wellFormed, fc.nat()).map(([{ pieces, methods }, where]) => ({
  kind: 'half-closed connections',
  pieces: cut(pieces.join(''), [where]).slice(0, 1),
  methods,
  isOpen: true,
  ending: 'half-close',
}));

/** More than a client takes in before it leaves. */
const flood = pipelined.map(({ pieces, methods, ...probe }) => ({
  ...probe,
  pieces: pieces.map((piece) => piece.repeat(100)),
  methods: Array.from({ length: 100 }, () => methods).flat(),
}));

const leaving = fc
  .tuple(fc.oneof({ weight: 9, arbitrary: wellFormed }, flood), fc.nat(), fc.boolean())
  .map(([{ pieces, methods }, where, isWhole]) => ({
    kind: 'clients that leave',
    pieces: isWhole ? pieces : cut(pieces.join(''), [where]).slice(0, 1),
    methods,
    isOpen: true,
    ending: 'leave',
  }));

/** @param {string} text @param {readonly number[]} places */
function cut(text, places) {
  const sorted = [...new Set(places.map((place) => 1 + (place % (text.length - 1))))].sort((a, b) => a - b);
  return [0, ...sorted].map((start, index) => text.slice(start, sorted[index]));
}

const EVERY = [
  { weight: 5, arbitrary: targets },
  { weight: 3, arbitrary: queries },
  { weight: 2, arbitrary: methods },
  { weight: 4, arbitrary: headers },
  { weight: 4, arbitrary: accepts },
  { weight: 5, arbitrary: preferences },
  { weight: 1, arbitrary: preflights },
  { weight: 2, arbitrary: bodies },
  { weight: 2, arbitrary: chunkedBodies },
  { weight: 1, arbitrary: expectations },
  { weight: 1, arbitrary: upgrades },
  { weight: 1, arbitrary: tunnels },
  { weight: 1, arbitrary: large },
  { weight: 2, arbitrary: pipelined },
  { weight: 3, arbitrary: noHttp },
  { weight: 1, arbitrary: afterAnswers },
  { weight: 1, arbitrary: lineEnds },
  { weight: 1, arbitrary: requestLines },
  { weight: 3, arbitrary: framing },
  { weight: 2, arbitrary: slowStarts },
  { weight: 2, arbitrary: halfClosed },
  { weight: 1, arbitrary: halfClosedEarly },
  { weight: 2, arbitrary: leaving },
];

/** The same probes for the same seed. */
export function makeProbes(seed, count) {
  const ending = fc.constantFrom('close', 'reset');
  const probe = fc.tuple(fc.oneof(...EVERY), ending).map(([made, end]) => ({ ending: end, ...made }));
  return fc.sample(probe, { seed, numRuns: count });
}
