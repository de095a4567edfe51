import fc from 'fast-check';

/** Texts that hostile requests are made of. Bytes are written as the characters of Latin-1. */

/** Any text of such characters, short ones and long ones alike. */
export function textOf(unit, maxLength = 40) {
  return fc.string({ unit, maxLength, size: 'max' });
}

function characters(from, to) {
  const [min, max] = [from.charCodeAt(0), to.charCodeAt(0)];
  return fc.integer({ min, max }).map((code) => String.fromCharCode(code));
}

/** Pieces in any order, with some noise: most of these texts nearly mean something. */
function mixed(pieces) {
  const piece = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, characters(' ', '~'));
  return fc.array(piece, { maxLength: 12, size: 'max' }).map((parts) => parts.join(''));
}

/** One of some words, which are written with blanks between them. */
function oneOf(words) {
  return fc.constantFrom(...words.split(' '));
}

export const anyByte = characters('\0', '\xff');

/** What a field value may hold (RFC 9110 5.5): no control character but the tab. */
export const fieldValue = textOf(
  fc.oneof(characters(' ', '~'), characters('\x80', '\xff'), fc.constant('\t')),
);

/** RFC 9110 5.6.2 */
export const token = fc.string({
  unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCXYZ0189!#$%&'*+-.^_`|~"),
  minLength: 1,
  maxLength: 20,
});

/** One segment of a path, or a value of a query. */
export const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'demo', 'test', 'tests', 'test_run_get', 'a%26b', 'jobs') },
  { weight: 2, arbitrary: textOf('binary', 20).map(encodeURIComponent) },
  mixed('% %zz %00 %2F %2e .. . %c3%28 %ff %F0%9F%92%A9 __proto__ ; & +'.split(' ')),
  textOf(characters('!', '~')),
  textOf(fc.oneof(characters('!', '~'), characters('\x80', '\xff'))),
);

const path = fc.oneof(
  { weight: 4, arbitrary: segment.map((name) => `/metalakes/${name}/jobs/runs`) },
  { weight: 2, arbitrary: segment.map((name) => `/api/metalakes/${name}/jobs/runs`) },
  oneOf('/ * // ? /api /api/ /metalakes /./metalakes metalakes/demo/jobs/runs /METALAKES/demo/jobs/runs'),
  oneOf('/metalakes/demo/jobs/runs/ /metalakes/demo/jobs/runs// /metalakes//jobs/runs'),
  oneOf('http://127.0.0.1/metalakes/demo/jobs/runs http://u:p@[::1]:1/api ftp://x/ http://'),
  fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
);

const parameterName = fc.oneof(
  fc.constantFrom('jobTemplateName', '_t', '__proto__', 'constructor', ''),
  segment,
);

const parameter = fc
  .tuple(parameterName, fc.constantFrom('=', '=', '[]=', '==', ''), segment)
  .map((parts) => parts.join(''));

export const query = fc
  .tuple(fc.constantFrom('&', '&&', ';'), fc.array(parameter, { minLength: 1, maxLength: 6 }))
  .map(([separator, parameters]) => `?${parameters.join(separator)}`.replaceAll(' ', ''));

/** A request target without blanks, which would end it. */
export const target = fc
  .tuple(path, fc.oneof(fc.constant(''), query))
  .map((parts) => parts.join('').replaceAll(' ', '') || '/');

export const accept = fc.oneof(
  mixed([...'application/ vnd.gravitino.v1 +json json */* * / ;q= ; , 0 0.5 1 " \\ v=" ='.split(' '), ', ']),
  oneOf('application/json text/html application/vnd.gravitino.v1+json;q=0 */*;q=0.0001 ,,,'),
  fieldValue,
);

/** `wait` is a second at most, and the scenarios are those that answer at once. */
const preference = fc.oneof(
  oneOf('code=404 code=400 code=503 code=599 code=200 code=2 code=999 code=-1 code='),
  oneOf(
    'example=default example=NoSuchMetalakeException example=JobListResponse example=__proto__ example="',
  ),
  oneOf('dynamic=true dynamic=false dynamic dynamic=yes'),
  oneOf('seed=0 seed=7 seed=4294967295 seed=4294967296 seed=1e3'),
  oneOf('scenario=closed scenario=empty scenario=one scenario=busy scenario=outage scenario=flaky'),
  oneOf('scenario=../default scenario= wait=0 wait=1 wait=31 wait=-1 wait=1e9 wait=0.5 wait=x wait='),
  mixed(['respond-async', '"', '\\', '=', ';', ',', 'return=minimal', ' ']),
);

export const prefer = fc
  .tuple(fc.constantFrom(', ', ',', '; ', ';', ' '), fc.array(preference, { minLength: 1, maxLength: 4 }))
  .map(([separator, preferences]) => preferences.join(separator));
