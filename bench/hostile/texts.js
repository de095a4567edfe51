import fc from 'fast-check';

/** Texts that hostile requests are made of. Bytes are written as the characters of Latin-1. */

/** @param {string} from @param {string} to */
export function characters(from, to) {
  const [least, most] = [from.charCodeAt(0), to.charCodeAt(0)];
  return fc.integer({ min: least, max: most }).map((code) => String.fromCharCode(code));
}

/** @param {fc.Arbitrary<string>} unit */
export function textOf(unit, maxLength = 40) {
  return fc.string({ unit, maxLength, size: 'max' });
}

export const anyByte = characters('\0', '\xff');
export const printable = characters('!', '~');
/** What a field value may hold (RFC 9110 5.5): no control character but the tab. */
export const fieldValue = textOf(
  fc.oneof(characters(' ', '~'), characters('\x80', '\xff'), fc.constant('\t')),
);
export const token = fc.string({
  unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCXYZ0189!#$%&'*+-.^_`|~"),
  minLength: 1,
  maxLength: 20,
});

/** Pieces in any order: most of them nearly mean something. @param {readonly string[]} pieces */
export function mixed(pieces, maxLength = 12) {
  const unit = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, characters(' ', '~'));
  return fc.array(unit, { maxLength, size: 'max' }).map((parts) => parts.join(''));
}

const utf8 = fc
  .string({ unit: 'binary', maxLength: 20, size: 'max' })
  .map((text) => encodeURIComponent(text).replace(/[!'()*]/g, escape));

/** One segment of a path, or a value of a query. */
export const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('demo', 'test', 'tests', 'test_run_get', 'a%26b', 'jobs', '') },
  { weight: 2, arbitrary: utf8 },
  mixed([
    '%',
    '%zz',
    '%00',
    '%2F',
    '%2e',
    '..',
    '.',
    '%c3%28',
    '%ff',
    '%F0%9F%92%A9',
    '__proto__',
    ';',
    '&',
    '+',
  ]),
  textOf(printable),
  textOf(characters('!', '\xff')).map((text) => text.replace(/[ \x7f]/g, '')),
);

const path = fc.oneof(
  { weight: 4, arbitrary: segment.map((name) => `/metalakes/${name}/jobs/runs`) },
  { weight: 2, arbitrary: segment.map((name) => `/api/metalakes/${name}/jobs/runs`) },
  fc.constantFrom(
    '/',
    '*',
    '//',
    '/api',
    '/api/',
    '/metalakes',
    '/metalakes/demo/jobs/runs/',
    '/METALAKES/demo/jobs/runs',
  ),
  fc.constantFrom(
    '/metalakes/demo/jobs/runs//',
    '/metalakes//jobs/runs',
    'metalakes/demo/jobs/runs',
    '/./metalakes',
  ),
  fc.constantFrom(
    'http://127.0.0.1/metalakes/demo/jobs/runs',
    'http://u:p@[::1]:1/api',
    'ftp://x/',
    'http://',
    '?',
  ),
  fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
);

const pair = fc
  .tuple(fc.oneof(fc.constantFrom('jobTemplateName', '_t', '__proto__', 'constructor', ''), segment), segment)
  .chain(([name, value]) =>
    fc.constantFrom(`${name}=${value}`, name, `${name}[]=${value}`, `${name}==${value}`),
  );

export const query = fc
  .array(pair, { minLength: 1, maxLength: 6 })
  .chain((pairs) => fc.constantFrom('&', '&&', ';').map((separator) => `?${pairs.join(separator)}`));

/** A request target without blanks, which would end it. */
export const target = fc
  .tuple(path, fc.oneof(fc.constant(''), query))
  .map((parts) => parts.join('').replaceAll(' ', '') || '/');

export const accept = fc.oneof(
  mixed([
    'application/',
    'vnd.gravitino.v1',
    '+json',
    'json',
    '*/*',
    '*',
    '/',
    ';q=',
    ';',
    ',',
    ', ',
    '0',
    '0.5',
    '1',
    '"',
    '\\',
    'v="',
    '=',
  ]),
  fc.constantFrom(
    'application/json',
    'text/html',
    'application/vnd.gravitino.v1+json;q=0',
    '*/*;q=0.0001',
    ',,,',
  ),
  fieldValue,
);

/** `wait` is a second at most, and the scenarios are those that answer at once. */
const preference = fc.oneof(
  fc.constantFrom('404', '400', '503', '599', '200', '2', '999', '-1', '').map((code) => `code=${code}`),
  fc
    .constantFrom('default', 'NoSuchMetalakeException', 'JobListResponse', '__proto__', '"', '')
    .map((name) => `example=${name}`),
  fc.constantFrom('true', 'false', '', 'yes').map((value) => `dynamic=${value}`),
  fc.constantFrom('0', '7', '4294967295', '4294967296', '1e3').map((seed) => `seed=${seed}`),
  fc
    .constantFrom('closed', 'empty', 'one', 'busy', 'outage', 'flaky', '../default', '')
    .map((name) => `scenario=${name}`),
  fc.constantFrom('0', '0', '0', '1', '31', '-1', '1e9', '0.5', 'x', '').map((seconds) => `wait=${seconds}`),
  mixed(['respond-async', '"', '\\', '=', ';', ',', 'return=minimal', ' ']),
);

export const prefer = fc
  .array(preference, { minLength: 1, maxLength: 4 })
  .chain((preferences) =>
    fc.constantFrom(', ', ',', '; ', ';', ' ').map((separator) => preferences.join(separator)),
  );
