/**
 * JSON texts that are nearly what they are to be. Objects are lists of `[name, value]` here, so that names can come twice.
 */

const LEAVES = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '1',
    '-1',
    '1.5',
    '1e3',
    '-0',
    '1E400',
    '12345678901234567890',
    '0.1e-5',
    '""',
  ],
  ...[
    '" "',
    '"x"',
    '"true"',
    '"false"',
    '"TRUE"',
    '"True"',
    '"1"',
    '"null"',
    '"\\u0000"',
    '"\\ud800"',
    '"\\u4e2d"',
  ],
  ...[
    '[]',
    '{}',
    '[null]',
    '["x"]',
    '[1,true]',
    '[[]]',
    '[{}]',
    '{"a":1}',
    '{"a":null}',
    '{"a":{}}',
    '{"":""}',
  ],
];
/** No JSON at all. */
const BROKEN = [
  ...[
    '01',
    '-',
    '-x',
    '+1',
    '.5',
    '5.',
    '1e',
    '1e+',
    '1x',
    '0x10',
    'NaN',
    'Infinity',
    '-Infinity',
    'nul',
    'nullx',
    'True',
  ],
  ...[
    'undefined',
    "'x'",
    '"x',
    '"\\x"',
    '"\\u12"',
    '"\\u12g4"',
    '"a\nb"',
    '"a\tb"',
    '"\u0001"',
    '[1,]',
    '[,1]',
    '[1 2]',
  ],
  ...[
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    '{a:1}',
    "{'a':1}",
    '{1:1}',
    '{"a" 1}',
    '{"a":1 "b":2}',
    '{"a":1;}',
    '[}',
    '{]',
  ],
  ...[
    '/*c*/1',
    '//c',
    '#c',
    '\u00a0',
    '\ufeff1',
    '中',
    'é',
    '@',
    '`',
    '\\',
    ':',
    ',',
    '[',
    '{',
    '(',
    '"\\',
    '\u0000',
    '\u0007',
  ],
];
const TRAILING = [
  ' xx',
  ' {}',
  '}',
  ']',
  ',',
  ' 1',
  ' "x"',
  ' null',
  '\n',
  '\u0000',
  '//c',
  ' \t\r\n',
  ' tru',
  ' "x',
  ' [',
  ' {',
];

/** A value that is an object's list of members, a list in `{ list }`, or a JSON text. */
export function write(value) {
  if (typeof value === 'string') {
    return value;
  }
  return Array.isArray(value)
    ? `{${value.map(([name, each]) => `${JSON.stringify(name)}: ${write(each)}`).join(', ')}}`
    : `[${value.list.map(write).join(', ')}]`;
}

/** Plain JSON in the form that `write` takes. */
export function tree(value) {
  if (Array.isArray(value)) {
    return { list: value.map(tree) };
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).map(([name, each]) => [name, tree(each)])
    : JSON.stringify(value);
}

/** The body with one or two things wrong with it, perhaps: `{ body }` or `{ body_base64 }`. */
export function mutated(random, value) {
  let changed = value;
  for (
    let count = random.weighed([
      [6, 1],
      [2, 2],
      [1, 0],
    ]);
    count > 0;
    count -= 1
  ) {
    changed = changedTree(random, changed);
  }
  const text = write(changed);
  return random.chance(0.35) ? garbled(random, text) : { body: text };
}

function changedTree(random, value) {
  if (typeof value === 'string' || random.chance(0.15)) {
    return random.pick(random.chance(0.25) ? BROKEN : LEAVES);
  }
  const items = Array.isArray(value) ? value : value.list.map((each) => ['x', each]);
  const changed = changedMembers(random, items);
  return Array.isArray(value) ? changed : { list: changed.map(([, each]) => each) };
}

function changedMembers(random, members) {
  const at = random.below(Math.max(members.length, 1));
  const [name, value] = members[at] ?? ['x', '1'];
  const replaced = (...others) => [...members.slice(0, at), ...others, ...members.slice(at + 1)];
  const leaf = () => random.pick(LEAVES);
  return random.weighed([
    [5, () => replaced([name, changedTree(random, value)])],
    [2, () => replaced()],
    [1, () => replaced([name, value], [name, leaf()])],
    [1, () => replaced([name, leaf()], [name, value])],
    [1, () => [...members, [random.pick(['x', '', name.toUpperCase(), ` ${name}`, 'é中', 'a"b']), leaf()]]],
    [1, () => [['x', leaf()], ...members]],
    [1, () => replaced([`${name}x`, value])],
    [1, () => [...members].reverse()],
  ])();
}

function garbled(random, text) {
  const at = random.below(text.length + 1);
  const bytes = (buffer) => ({ body_base64: buffer.toString('base64') });
  const plain = Buffer.from(text);
  return random.weighed([
    [4, () => ({ body: text.slice(0, at) })],
    [3, () => ({ body: text + random.pick(TRAILING) })],
    [
      3,
      () => ({
        body: text.slice(0, at) + random.pick([...`'"{}[],:\\/ #0e-\té中\u0001\n`]) + text.slice(at),
      }),
    ],
    [3, () => ({ body: text.slice(0, at) + text.slice(at + 1) })],
    [1, () => ({ body: `\ufeff${text}` })],
    [1, () => ({ body: random.pick(BROKEN) })],
    [1, () => ({ body: '' })],
    [1, () => ({ body: random.pick([' ', '\n', '  \t']) })],
    [1, () => bytes(Buffer.from(text, 'utf16le'))],
    [1, () => bytes(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    [1, () => bytes(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())],
    [1, () => bytes(Buffer.from(text, 'utf16le').swap16())],
    [2, () => bytes(Buffer.concat([plain.subarray(0, at), random.pick(BYTES), plain.subarray(at)]))],
    [1, () => ({ body: `${'['.repeat(1005)}` })],
    [1, () => ({ body: `${'{"a":'.repeat(1005)}` })],
    [1, () => ({ body: `${text.slice(0, -1)}${' '.repeat(9000)}}` })],
  ])();
}

/** No UTF-8. */
const BYTES = [
  [0x80],
  [0xbf],
  [0xc0, 0xaf],
  [0xc3],
  [0xc3, 0x28],
  [0xe4, 0xb8],
  [0xe4, 0x28, 0xad],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f],
  [0xf8],
  [0xfe],
  [0xff],
  [0xe9],
  [0xf5, 0x80, 0x80, 0x80],
  [0xc2, 0xa0],
  [0xf0, 0x9f, 0x98, 0x80],
].map((bytes) => Buffer.from(bytes));
