/** Texts that are not a value but look like it, or like a pattern that covers it: nothing has them. Percent-encoded. */
export function neighboursOf(value: string): readonly string[] {
  const raw = [...PATTERNS, ...resembling(value)].filter((each) => each !== value && each !== '');
  const latin1 = latin1Of(value);
  const encoded = [
    ...new Set(raw.filter((each) => !DOTS.test(each)).map(encodeURIComponent)),
    ...(latin1 === undefined ? [] : [latin1]),
  ];
  return encoded;
}

/** Other ways to write the same value in a URL (RFC 3986 2.1 and 2.3): they mean the same. */
export function spellingsOf(value: string): readonly string[] {
  const plain = encodeURIComponent(value);
  const first = [...value][0] ?? '';
  const rest = encodeURIComponent(value.slice(first.length));
  const all = [
    `${escapeAll(first)}${rest}`,
    escapeAll(value),
    escapeAll(value).toLowerCase(),
    plain.toLowerCase() === plain
      ? plain
      : plain.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
  ];
  return [...new Set(all)].filter((each) => each !== plain);
}

/** Texts that a database, an expression or a script may take for something else. */
const PATTERNS = ['%', '*', '.*', '_', '?', 'null', 'undefined', "' OR '1'='1", '[]'];

/** A URL cannot hold them as segments: they are resolved before it is sent. */
const DOTS = /^\.{1,2}$/;

function resembling(value: string): readonly string[] {
  // By characters, so that no surrogate pair is cut in two.
  const shorter = [...value].slice(0, -1).join('');
  const numeric = /^-?\d+(\.\d+)?$/.test(value);
  return [
    shorter,
    [...value].slice(1).join(''),
    `${value}x`,
    swapCase(value),
    `${shorter}%`,
    `${shorter}_`,
    `${shorter}*`,
    `^${value}$`,
    `${shorter}.`,
    `${value}.`,
    `${value}.json`,
    `${value}?x`,
    `${value}#x`,
    ...respelt(value),
    ` ${value}`,
    `${value} `,
    `"${value}"`,
    `${value},x`,
    `x|${value}`,
    `${value}\0`,
    encodeURIComponent(value) === value ? escapeAll(value) : encodeURIComponent(value),
    ...(numeric ? [`0${value}`, `${value}.0`, `+${value}`, `${value}e0`] : []),
  ];
}

/** With other marks, dashes or forms of the same letters (Unicode TR 15): not the same text. */
function respelt(value: string): readonly string[] {
  const bare = value.normalize('NFD').replace(/\p{M}/gu, '');
  const dashed = value.includes('-') ? value.replaceAll('-', '_') : value.replaceAll('_', '-');
  return [value.normalize('NFD'), value.normalize('NFC'), bare, dashed].filter((each) => each !== value);
}

function swapCase(value: string): string {
  const upper = value.toUpperCase();
  return upper === value ? value.toLowerCase() : upper;
}

/** The bytes of the value in Latin-1, which are no UTF-8; undefined where it is the same, or cannot be written so. */
function latin1Of(value: string): string | undefined {
  const bytes = [...Buffer.from(value, 'latin1')];
  const writable = Buffer.from(bytes).toString('latin1') === value && bytes.some((byte) => byte > 127);
  return writable ? bytes.map(escapeByte).join('') : undefined;
}

function escapeAll(text: string): string {
  return [...Buffer.from(text)].map(escapeByte).join('');
}

function escapeByte(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
