import { acceptableTypes } from '../accept.ts';
import { headerValue } from '../exchange.ts';
import type { Learnt } from './core.ts';
import { type Probe, probeOf, type Target } from './probe.ts';

/** Before any data that an API shows today. */
const LONG_AGO = 'Sun, 06 Nov 1994 08:49:37 GMT';

/** Longer than many a buffer for header fields. */
const LONG = 9000;

/** The same thing in the words of other clients: media types, languages, codings. */
export function negotiation(target: Target): readonly Probe[] {
  const [type = 'application/json'] = acceptableTypes(target.operation);
  const accepts = [
    `${type};q=0.5`,
    `${type}, text/html;q=0.9, */*;q=0.1`,
    `text/html, application/xhtml+xml, ${type};q=0.8`,
    `application/json, ${type}`,
    type.toUpperCase(),
    `${type}; charset=utf-8`,
    `${type};q=0`,
    'image/png',
    'text/html',
    'application/xml;q=0.9',
    '',
    '/',
    'application',
    '*',
    `${type};q=high`,
    `${type},,;`,
    'a/b;c="',
  ];
  const languages = ['de', 'ar-EG', 'ja,tr;q=0.5', '*;q=0.1', '???'];
  const codings = ['identity', 'gzip', 'br', 'gzip;q=0', 'deflate, gzip;q=0.5', '*', 'x-unknown', ';;'];
  return [
    ...accepts.map((accept) => probeOf(target, `, Accept: ${accept}`, { accept })),
    ...languages.map((value) => withHeader(target, 'Accept-Language', value)),
    ...codings.map((value) => withHeader(target, 'Accept-Encoding', value)),
  ];
}

/** The documented media type behind another one, for a URL that nobody asked for before: no cache may mix them up. */
export function cachedNegotiation(target: Target, unused: string): readonly Probe[] {
  const query = `_=${unused}`;
  return ['application/json', acceptableTypes(target.operation)[0]].map((accept) =>
    probeOf(target, `, Accept: ${accept} for a new URL`, { accept, query, odd: true }),
  );
}

/** Headers that a server should ignore or understand, but never fail for. */
export function oddHeaders({ target, first }: Learnt, mayAuthorize: boolean): readonly Probe[] {
  const tag = headerValue(first.exchange.response?.headers ?? [], 'ETag');
  const odd: readonly (readonly [string, string])[] = [
    ['If-None-Match', '"a-tag-that-nothing-has"'],
    ['If-None-Match', 'no tag at all'],
    ...(tag === undefined ? [] : [['If-None-Match', tag] as const]),
    ['If-None-Match', '*'],
    ['If-Match', '"a-tag-that-nothing-has"'],
    ['If-Modified-Since', 'yesterday'],
    ['If-Modified-Since', LONG_AGO],
    ['Range', 'bytes=0-9'],
    ['Range', 'items=9-'],
    ['Content-Type', 'multipart/form-data'],
    ['Content-Type', 'nonsense'],
    ['X-Forwarded-For', "'"],
    ['X-Forwarded-Host', 'example.invalid'],
    ['Origin', 'null'],
    ['Referer', '%'],
    ['Cookie', '=;;a="'],
    ['Traceparent', 'x'],
    ['User-Agent', ''],
    ['X-Unknown', 'x'],
    ['X-Long', 'x'.repeat(LONG)],
  ];
  const credentials = mayAuthorize ? ['nonsense', 'Basic !', 'Basic YW5vbnltb3VzOg==', 'Bearer x.y.z'] : [];
  return [
    ...odd.map(([name, value]) => withHeader(target, name, value, true)),
    ...credentials.map((value) => withHeader(target, 'Authorization', value, true)),
  ];
}

function withHeader(target: Target, name: string, value: string, odd = false): Probe {
  return probeOf(target, `, ${name}: ${value.slice(0, 40)}`, { headers: [[name, value]], odd });
}
