/** What is read of a JSON text goes wrong: the exception's class, and its message. */
export class JsonError extends Error {
  readonly class: string;

  constructor(message: string, name = 'JsonParseException') {
    super(message);
    this.class = `com.fasterxml.jackson.core.${name}`;
  }
}

/** How many bytes a character has, by its first one; 0 for one that none begins with. */
function sizeOf(first: number): number {
  if (first < 0x80) {
    return 1;
  }
  if (first >> 5 === 6) {
    return 2;
  }
  return first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0;
}

/**
 * The character at a place of a text whose characters stand for bytes of UTF-8. Longer forms than needed are taken, and
 * halves of surrogates.
 * @throws JsonError
 */
export function characterAt(bytes: string, at: number): { readonly text: string; readonly size: number } {
  const first = bytes.charCodeAt(at);
  const size = sizeOf(first);
  if (size === 0) {
    throw new JsonError(`Invalid UTF-8 start byte 0x${first.toString(16)}`);
  }
  let code = size === 1 ? first : first & (0xff >> (size + 1));
  for (let index = at + 1; index < at + size; index += 1) {
    const next = bytes.charCodeAt(index);
    if (next >> 6 !== 2) {
      throw Number.isNaN(next) ? ended() : new JsonError(`Invalid UTF-8 middle byte 0x${next.toString(16)}`);
    }
    code = code * 64 + (next & 0x3f);
  }
  return { text: String.fromCodePoint(Math.min(code, 0x10_ffff)), size };
}

/** The text ends where it must not. */
export function ended(where = ''): JsonError {
  return new JsonError(`Unexpected end-of-input${where}`, 'io.JsonEOFException');
}

export function unexpected(character: string, reason: string): JsonError {
  return new JsonError(`Unexpected character (${described(character)}): ${reason}`);
}

/** A character as messages describe it. */
export function described(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 32 || (code >= 127 && code < 160)) {
    return `(CTRL-CHAR, code ${code})`;
  }
  return `'${character.charAt(0)}' (code ${code}${code > 255 ? ` / 0x${code.toString(16)}` : ''})`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads the rest of a string, whose opening quote is before `start`.
 * @param where what a string is called that nothing closes, and `place` one with a character that must be escaped
 * @throws JsonError
 */
export function readString(
  bytes: string,
  start: number,
  { where, place }: { readonly where: string; readonly place: string },
): { readonly text: string; readonly end: number } {
  let text = '';
  let at = start;
  while (bytes[at] !== '"') {
    const found = bytes.charAt(at);
    if (found === '') {
      throw ended(where);
    }
    if (found < ' ') {
      const reason = `has to be escaped using backslash to be included in ${place}`;
      throw new JsonError(`Illegal unquoted character (${described(found)}): ${reason}`);
    }
    const read = found === '\\' ? readEscape(bytes, at + 1) : characterAt(bytes, at);
    text += read.text;
    at += read.size;
  }
  return { text, end: at + 1 };
}

function readEscape(bytes: string, at: number): { readonly text: string; readonly size: number } {
  const found = bytes.charAt(at);
  if (found === '') {
    throw ended(' in character escape sequence');
  }
  if (found !== 'u') {
    const meant = ESCAPES[found];
    if (meant === undefined) {
      throw new JsonError(`Unrecognized character escape ${described(characterAt(bytes, at).text)}`);
    }
    return { text: meant, size: 2 };
  }
  const digits = bytes.slice(at + 1, at + 5);
  const bad = /[^0-9a-f]/i.exec(digits)?.[0];
  if (bad !== undefined) {
    throw unexpected(bad, 'expected a hex-digit for character escape sequence');
  }
  if (digits.length < 4) {
    throw ended(' in character escape sequence');
  }
  return { text: String.fromCharCode(Number.parseInt(digits, 16)), size: 6 };
}
