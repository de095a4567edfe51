import { ACCEPTS, AUTHORIZATIONS, CONTENT_TYPES, METHODS, OTHER_FIELDS, VENDOR } from './fields.js';
import { mutated, write } from './json.js';
import { ODD_SEGMENTS } from './names.js';

const VALUES = [
  ...[
    '',
    'ok',
    'nope',
    'true',
    'TRUE',
    'True',
    'false',
    '1',
    '0',
    'yes',
    'x',
    '+',
    '%20',
    '%20true',
    'a+b',
    'a%2Fb',
    '%zz',
  ],
  ...[
    '%',
    '%4',
    '%E4%B8%AD',
    '中',
    '%ff',
    '%00',
    '%26',
    'a=b',
    '=',
    '"',
    "'",
    '<x>',
    '{x}',
    '|',
    '\\',
    '^',
    '`',
    '%0A',
  ],
  ...[
    '2020-01-01T00:00:00Z',
    '2020-01-01',
    'queuedAt',
    'asc',
    'n'.repeat(200),
    '[x]',
    'a;b',
    '%C3',
    '%u0041',
    'OK',
    'é',
  ],
];
const OTHER_PARAMETERS = [
  'x',
  '_t',
  'sortBy',
  'sortOrder',
  'queuedAfter',
  'limit',
  'jobtemplatename',
  'DETAILS',
  '',
];

function query(random, request) {
  const name = request.parameter ?? random.pick(OTHER_PARAMETERS);
  const pair = () =>
    `${random.chance(0.75) ? name : random.pick(OTHER_PARAMETERS)}${random.chance(0.1) ? '' : `=${random.pick(VALUES)}`}`;
  const pairs = Array.from(
    {
      length: random.weighed([
        [6, 1],
        [2, 2],
        [1, 3],
      ]),
    },
    pair,
  );
  const marked = random.pick(['?', '?', '?', '?', '?&', '??', '?;']);
  return {
    ...request,
    path: `${request.path}${marked}${pairs.join(random.pick(['&', '&', '&', '&&', ';']))}`,
  };
}

/** Something in a path that is another path, or the same after all. */
function path(random, request) {
  const segments = request.path.split('/');
  const at = 1 + random.below(segments.length - 1);
  const segment = segments[at];
  const replaced = (...others) => ({
    ...request,
    path: [...segments.slice(0, at), ...others, ...segments.slice(at + 1)].join('/'),
  });
  return random.weighed([
    [3, () => replaced(random.pick(ODD_SEGMENTS))],
    [2, () => ({ ...request, path: `${request.path}/` })],
    [1, () => ({ ...request, path: `${request.path}//` })],
    [1, () => ({ ...request, path: `${request.path}/${random.pick(ODD_SEGMENTS)}` })],
    [1, () => replaced('', segment)],
    [1, () => replaced('.', segment)],
    [1, () => replaced('..', segment)],
    [1, () => replaced(`${segment};x=1`)],
    [1, () => replaced(segment.toUpperCase())],
    [1, () => replaced()],
    [1, () => replaced(segment.replace(/^[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`))],
    [1, () => ({ ...request, path: `http://127.0.0.1:1${request.path}` })],
    [1, () => ({ ...request, path: `${request.path}#x` })],
  ])();
}

function method(random, request) {
  const other = random.pick(METHODS);
  return { ...request, method: other, ...(random.chance(0.5) && { tree: undefined }) };
}

const field = (name, values) => (random, request) => ({
  ...request,
  fields: { ...request.fields, [name]: random.pick(values) },
});
const without = (name) => (_random, request) => ({
  ...request,
  fields: { ...request.fields, [name]: undefined },
});

function doubled(random, request) {
  const [name, values] = random.pick([
    ['Accept', ACCEPTS],
    ['Content-Type', CONTENT_TYPES],
    ['Authorization', AUTHORIZATIONS],
  ]);
  return { ...request, further: [...request.further, [name, random.pick(values)]] };
}

function otherField(random, request) {
  return { ...request, further: [...request.further, random.pick(OTHER_FIELDS)] };
}

function body(random, request) {
  return request.tree === undefined
    ? { ...request, sent: { body: random.pick(['{}', '', 'x', '{"x":1}', '[]', 'null', ' ']) } }
    : { ...request, sent: mutated(random, request.tree) };
}

const version = (random, request) => ({
  ...request,
  version: random.weighed([
    [6, 'HTTP/1.0'],
    [1, 'HTTP/1.1'],
    [1, 'HTTP/2.0'],
    [1, 'HTTP/1.2'],
    [1, 'HTTP/1'],
    [1, 'http/1.1'],
  ]),
});

const TWISTS = [
  [4, query],
  [4, path],
  [3, method],
  [4, field('Accept', ACCEPTS)],
  [2, without('Accept')],
  [3, field('Content-Type', CONTENT_TYPES)],
  [1, without('Content-Type')],
  [3, field('Authorization', AUTHORIZATIONS)],
  [8, body],
  [1, doubled],
  [2, otherField],
  [1, version],
];

/** A request with something unusual about it, or with several such things, as it is sent. */
export function twisted(random, sound) {
  const fields = {
    Host: '127.0.0.1:1',
    Accept: random.chance(0.8) ? VENDOR : '*/*',
    'Content-Type': sound.tree && 'application/json',
  };
  let request = {
    ...sound,
    fields,
    further: [],
    version: 'HTTP/1.1',
    sent: sound.tree && { body: write(sound.tree) },
  };
  for (
    let count = random.weighed([
      [2, 0],
      [7, 1],
      [3, 2],
      [1, 3],
    ]);
    count > 0;
    count -= 1
  ) {
    request = random.weighed(TWISTS)(random, request);
  }
  return toSend(random, request);
}

function toSend(random, { method: name, path: target, version: spoken, fields, further, sent = {} }) {
  const content =
    sent.body_base64 === undefined ? Buffer.from(sent.body ?? '') : Buffer.from(sent.body_base64, 'base64');
  const needed =
    sent.body !== undefined ||
    sent.body_base64 !== undefined ||
    (['POST', 'PUT', 'PATCH'].includes(name) && random.chance(0.9));
  const headers = [...Object.entries(fields).filter(([, value]) => value !== undefined), ...further];
  const length = needed ? [['Content-Length', String(content.length)]] : [];
  return {
    method: name,
    path: target,
    version: spoken,
    headers: [...headers, ...length],
    body: null,
    ...sent,
  };
}
