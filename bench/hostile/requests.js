import fc from 'fast-check';
import { LIST } from '../cases.js';
import { accept, anyByte, fieldValue, prefer, query, segment, target, textOf, token } from './texts.js';

/** Whole requests, however odd: exactly one answer is due to each. */

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'];
const anyMethod = fc.constantFrom('GET', 'GET', 'GET', 'HEAD', ...METHODS);

/** The head of a request; what follows it, if anything, is its body. */
export function headOf(method, path, ...lines) {
  return `${[`${method} ${path} HTTP/1.1`, 'Host: localhost', ...lines].join('\r\n')}\r\n\r\n`;
}

/** @returns {import('./probes.js').Probe} */
function probeOf(kind, method, ...pieces) {
  return { kind, pieces, methods: [method] };
}

export const targets = fc
  .tuple(anyMethod, target)
  .map(([method, path]) => probeOf('paths and encodings', method, headOf(method, path)));

export const queries = query.map((text) => probeOf('queries', 'GET', headOf('GET', LIST + text)));

const otherMethod = fc.constantFrom('get', 'PROPFIND', 'M-SEARCH', 'SOURCE', 'FOO', 'QUERY', 'PRI');

export const methods = fc
  .tuple(fc.oneof(otherMethod, token), target)
  .map(([method, path]) => probeOf('methods', method, headOf(method, path)));

const KNOWN_FIELDS = ['Origin', 'Cookie', 'Range', 'If-None-Match', 'Content-Type', 'X-HTTP-Method-Override'];
/** Fields on which the reading of a request depends have probes of their own. */
const READING = /^(host|connection|content-length|transfer-encoding|expect|upgrade)$/i;

const field = fc
  .tuple(fc.oneof(token, fc.constantFrom('__proto__', ...KNOWN_FIELDS)), fieldValue)
  .filter(([name]) => !READING.test(name))
  .map(([name, value]) => `${name}: ${value}`);

export const headers = fc
  .tuple(anyMethod, fc.array(field, { minLength: 1, maxLength: 20 }))
  .map(([method, fields]) => probeOf('headers', method, headOf(method, LIST, ...fields)));

export const accepts = fc
  .tuple(anyMethod, segment, accept)
  .map(([method, name, value]) =>
    probeOf('Accept', method, headOf(method, `/metalakes/${name}/jobs/runs`, `Accept: ${value}`)),
  );

const preferFields = fc
  .array(prefer, { minLength: 1, maxLength: 2 })
  .map((values) => values.map((value) => `Prefer: ${value}`));

export const preferences = fc
  .tuple(fc.constantFrom('GET', 'HEAD'), preferFields, fc.oneof(fc.constant('*/*'), accept))
  .map(([method, fields, type]) =>
    probeOf('Prefer', method, headOf(method, LIST, ...fields, `Accept: ${type}`)),
  );

export const preflights = fc.tuple(fieldValue, fieldValue, fieldValue).map(([origin, method, names]) => {
  const asked = [`Access-Control-Request-Method: ${method}`, `Access-Control-Request-Headers: ${names}`];
  return probeOf('preflights', 'OPTIONS', headOf('OPTIONS', LIST, `Origin: ${origin}`, ...asked));
});

const content = fc.oneof(
  { weight: 8, arbitrary: textOf(anyByte, 2000) },
  fc.constantFrom(2 ** 20 - 1, 2 ** 20 + 1).map((length) => 'x'.repeat(length)),
);

export const bodies = fc
  .tuple(anyMethod, content, fc.constantFrom('application/json', 'text/xml', 'multipart/form-data', ''))
  .map(([method, body, type]) => {
    const fields = [`Content-Type: ${type}`, `Content-Length: ${body.length}`];
    return probeOf('bodies', method, headOf(method, LIST, ...fields) + body);
  });

export const chunkedBodies = fc
  .tuple(anyMethod, fc.array(textOf(anyByte, 300), { maxLength: 10 }))
  .map(([method, parts]) => {
    const chunks = [...parts.filter(Boolean), ''].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
    return probeOf('bodies', method, headOf(method, LIST, 'Transfer-Encoding: chunked') + chunks.join(''));
  });

export const expectations = fc
  .tuple(fc.constantFrom('100-continue', '100-Continue', '200-ok', '', '100-continue, x'), textOf(anyByte))
  .map(([value, body]) => {
    const fields = [`Expect: ${value}`, `Content-Length: ${body.length}`];
    return probeOf('Expect', 'POST', headOf('POST', LIST, ...fields), body);
  });

export const upgrades = fc
  .tuple(
    fc.constantFrom('websocket', 'h2c', 'TLS/1.0', ','),
    fc.constantFrom('Upgrade', 'upgrade, close', 'x'),
  )
  .map(([name, connection]) => {
    const fields = [`Upgrade: ${name}`, `Connection: ${connection}`];
    return probeOf('CONNECT and Upgrade', 'GET', headOf('GET', LIST, ...fields));
  });

export const large = fc
  .tuple(anyMethod, fc.integer({ min: 4000, max: 40_000 }), fc.integer({ min: 0, max: 3 }))
  .map(([method, length, where]) => {
    const long = 'a'.repeat(length);
    const requests = [
      headOf(method, `/${long}`),
      headOf(method, `${LIST}?jobTemplateName=${long}`),
      headOf(method, LIST, `X-Long: ${long}`),
      headOf(method, LIST, ...Array.from({ length: length / 10 }, (_, index) => `X-${index}: y`)),
    ];
    return probeOf('long targets and large headers', method, requests[where]);
  });

/** Several requests at once: an answer is due to each. */
export const pipelined = fc
  .array(fc.tuple(anyMethod, segment), { minLength: 2, maxLength: 12 })
  .map((requests) => ({
    kind: 'pipelined requests',
    pieces: [
      requests
        .map(([method, name]) => headOf(method, `/metalakes/${encodeURIComponent(name)}/jobs/runs`))
        .join(''),
    ],
    methods: requests.map(([method]) => method),
  }));
