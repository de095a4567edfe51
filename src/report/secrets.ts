import type { HeaderLine } from '../contract/exchange.ts';
import { REDACTED } from '../redacted.ts';
import { cutEnds, cutStarts, type Reading, readAs } from './spelling.ts';

/** Request headers that carry no secret: reports that hid their values could not say what they are about. */
const HARMLESS_NAME =
  /^(accept|cache-control|content|host|if|origin|prefer|range|referer|user-agent)(-.*)?$/i;

/** Texts that any answer and any URL may have. */
const HARMLESS_VALUE = /^(true|false|null|https?)$/i;

/** Shorter values stand in a report by chance; and so do shorter words of a value, unless they are known to be secret. */
const SHORTEST = 4;
const SHORTEST_WORD = 8;

/** Makes what hides the secrets of header lines in a text, however a server or a report has written them there. */
export function hideSecrets(headers: readonly HeaderLine[]): (text: string) => string {
  const values = headers.filter(([name]) => !HARMLESS_NAME.test(name)).flatMap(secretsOf);
  const meant = values.filter((each) => !HARMLESS_VALUE.test(each)).map((each) => readAs(each).text);
  const secrets = [...new Set(meant)].filter((each) => each.length >= SHORTEST);
  return (text) => (secrets.length > 0 ? without(text, secrets) : text);
}

/** The value, its words, the values of cookies, and what Basic credentials hold (RFC 7617). */
function secretsOf([name, value]: HeaderLine): readonly string[] {
  const words = value.split(/[\s;,="]+/).filter((word) => word.length >= SHORTEST_WORD);
  const cookies = /cookie/i.test(name)
    ? value.split(';').map((pair) => pair.replace(/^[^=]*=/, '').trim())
    : [];
  const [, scheme = '', credentials = ''] = /^(\S+) +(.*)$/.exec(value) ?? [];
  const pair = /^basic$/i.test(scheme) ? Buffer.from(credentials, 'base64').toString() : '';
  // The name of a user is no secret, and may well be a word of any report.
  return [value, credentials, ...words, ...cookies, pair, pair.replace(/^[^:]*:/, '')];
}

type Range = readonly [start: number, end: number];

function without(text: string, secrets: readonly string[]): string {
  const reading = readAs(text);
  const found = secrets.flatMap((secret) => [...rangesOf(secret, reading)]);
  let rest = '';
  let done = 0;
  for (const [start, end] of found.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (start >= done) {
      rest += `${text.slice(done, start)}${REDACTED}`;
    }
    done = Math.max(done, end);
  }
  return `${rest}${text.slice(done)}`;
}

/** Where a text has a secret, or the part of one that a cut has left. */
function* rangesOf(secret: string, reading: Reading): Generator<Range, undefined> {
  const { text, starts, ends } = reading;
  const range = (from: number, to: number): Range => [starts[from] ?? 0, ends[to - 1] ?? 0];
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
    yield range(at, at + secret.length);
  }
  for (const cut of cutEnds(reading)) {
    const length = lengths(secret).find((each) => text.slice(0, cut).endsWith(secret.slice(0, each)));
    if (length !== undefined) {
      yield range(cut - length, cut);
    }
  }
  for (const cut of cutStarts(reading)) {
    const length = lengths(secret).find((each) => text.startsWith(secret.slice(-each), cut));
    if (length !== undefined) {
      yield range(cut, cut + length);
    }
  }
}

/** Of the parts of a secret, the longest first. */
function lengths(secret: string): readonly number[] {
  return Array.from(
    { length: Math.max(0, secret.length - SHORTEST) },
    (_, index) => secret.length - 1 - index,
  );
}
