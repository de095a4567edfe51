import { expect, test } from '@jest/globals';
import { VENDOR } from '../../servers/jobs-api.ts';
import { convictedBy, type Spoilt } from '../wire-judgement.ts';

/** A request that may be answered with other statuses than those described. */
const OTHER: Spoilt = { request: { headers: [['Accept', 'image/png']] } };

const lines = (text: string): Spoilt => ({ lines: `${text}\r\n` });

test.each<[finding: string, spoilt: Spoilt]>([
  [`header-syntax: the malformed Content-Type: "${VENDOR};;charset"`, { type: `${VENDOR};;charset` }],
  ['header-syntax: the malformed Content-Type: "json"', { type: 'json' }],
  [
    `header-syntax: several Content-Type lines: "${VENDOR}" and "text/html"`,
    lines('Content-Type: text/html'),
  ],
  ['header-syntax: the malformed Date: "yesterday"', lines('Date: yesterday')],
  ['header-syntax: the malformed Date: "2025-08-12T02:14:28Z"', lines('Date: 2025-08-12T02:14:28Z')],
  [
    'header-syntax: the malformed Date: "Sun, 06 Nov 1994 08:49:37 CET"',
    lines('Date: Sun, 06 Nov 1994 08:49:37 CET'),
  ],
  [
    'header-syntax: the malformed Date: "Mon, 31 Feb 2025 02:14:28 GMT"',
    lines('Date: Mon, 31 Feb 2025 02:14:28 GMT'),
  ],
  ['header-syntax: the malformed Age: "old"', lines('Age: old')],
  ['header-syntax: the malformed Vary: "Accept Origin"', lines('Vary: Accept Origin')],
  ['header-syntax: the malformed Cache-Control: "max-age=\\"60"', lines('Cache-Control: max-age="60')],
  ['header-syntax: the malformed Location: "http://[x"', lines('Location: http://[x')],
  ['header-syntax: the malformed Last-Modified: "0"', lines('Last-Modified: 0')],
  ['header-syntax: the malformed ETag: "abc"', lines('ETag: abc')],
  ['header-syntax: the malformed Retry-After: "soon"', lines('Retry-After: soon')],
  ['header-syntax: the malformed Allow: "GET; HEAD"', lines('Allow: GET; HEAD')],
  ['header-syntax: the malformed Location: "/a b"', lines('Location: /a b')],
  ['status-header: 405 Method Not Allowed without Allow', { status: '405 No', ...OTHER }],
  ['status-header: 206 Partial Content without Content-Range', { status: '206 Some', ...OTHER }],
  ['session-cookie: JSESSIONID', lines('Set-Cookie: JSESSIONID=1; Path=/')],
  ['shared-cache: Cache-Control: public, max-age=86400', lines('Cache-Control: public, max-age=86400')],
  ['shared-cache: Cache-Control: s-maxage=60', lines('Cache-Control: s-maxage=60')],
  [
    'cors-credentials: Access-Control-Allow-Origin: * and Access-Control-Allow-Credentials: true',
    lines('Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true'),
  ],
])('%s', async (finding, spoilt) => {
  const found = await convictedBy(spoilt);
  expect(found.filter((each) => !each.startsWith('documented-status'))).toEqual([finding]);
});

test.each([
  'Date: Sun, 06 Nov 1994 08:49:37 GMT',
  'Date: Sunday, 06-Nov-94 08:49:37 GMT',
  'Date: Sun Nov  6 08:49:37 1994',
  'Date: Sat, 31 Dec 2016 23:59:60 GMT',
  'ETag: "a,b"',
  'ETag: W/""',
  'Vary: *',
  'Vary: Accept, Origin,',
  'Cache-Control: no-cache="set-cookie", max-age=0',
  'Location: http://[::1]:80/x',
  'Retry-After: 120',
  'Location: ../x?y=%20#z',
  'Allow:',
  'Allow: GET, HEAD,OPTIONS',
  'Cache-Control: no-cache, max-age=86400',
  'Cache-Control: private, max-age=86400',
  'Cache-Control: max-age=60',
  'Set-Cookie: theme=dark\r\nSet-Cookie: lang=en',
  'Access-Control-Allow-Origin: *',
  'Strict-Transport-Security: max-age=31536000\r\nX-Request-Id: 1\r\nLink: </a>; rel="next"',
])('%s is convicted by no rule', async (text) => {
  expect(await convictedBy(lines(text))).toEqual([]);
});

test.each<[sentence: string, spoilt: Spoilt]>([
  ['a 405 that allows nothing', { status: '405 No', lines: 'Allow:\r\n' }],
  ['a 401 with a challenge', { status: '401 No', lines: 'WWW-Authenticate: Bearer\r\n' }],
  ['a 206 with a range', { status: '206 Some', lines: 'Content-Range: bytes 0-19/99\r\n' }],
])('%s has the header that its status demands', async (_, spoilt) => {
  const found = await convictedBy(spoilt);
  expect(found.filter((each) => !each.startsWith('documented-status'))).toEqual([]);
});

test('a status that convicts by itself is not convicted for its headers, too', async () => {
  expect(await convictedBy({ status: '206 Some' })).toEqual(['documented-status: 206 Partial Content']);
});
