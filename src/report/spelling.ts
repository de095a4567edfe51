/** A text as whoever wrote it meant it, and where its characters stand in what was written. */
export interface Reading {
  /** UTF-8 as Latin-1, in lower case. */
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** What one character may be written as, or many that stand for themselves. */
const PIECE = new RegExp(
  [
    // In a URL, also in one that is in a URL; in JSON and JavaScript.
    /%(?:25)?([0-9a-f]{2})/,
    /\\u([0-9a-f]{4})/,
    // In HTML.
    /&#x0*([0-9a-f]{1,5});/,
    /&#0*(\d{1,6});/,
    /&(amp|lt|gt|quot|apos);/,
    // In a shell's single quotes, and in the format of printf.
    /('\\'')/,
    /\\([0-3][0-7]{2})/,
    /(%%)/,
    // In front of a character that it quotes.
    /(\\)/,
    /([^%\\&'\x80-\uffff]+|.)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gis',
);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a text without the escapes that URLs, forms, JSON, HTML, shells and printf have for characters. */
export function readAs(written: string): Reading {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of written.matchAll(PIECE)) {
    const { index, 0: whole } = match;
    const bytes = bytesOf(match);
    // Of several characters each is one byte; else all bytes are of one.
    const isRun = bytes.length === whole.length;
    for (let count = 0; count < bytes.length; count += 1) {
      starts.push(isRun ? index + count : index);
      ends.push(isRun ? index + count + 1 : index + whole.length);
    }
    parts.push(bytes);
  }
  // Forms write a blank as a plus sign.
  return { text: parts.join('').toLowerCase().replaceAll('+', ' '), starts, ends };
}

/** Where a text goes on no further because it was cut. */
export function cutEnds({ text }: Reading): readonly number[] {
  return [...text.matchAll(/["\n]?\xe2\x80\xa6/g)].map(({ index }) => index);
}

/** Where a text begins behind what was cut off. */
export function cutStarts({ text }: Reading): readonly number[] {
  return [...text.matchAll(/ characters before\)\n/g)].map(({ index, 0: words }) => index + words.length);
}

/** What a piece means, as Latin-1; a backslash is left out, since it may only quote. */
function bytesOf(match: RegExpExecArray): string {
  const [, percent, unit, hex, decimal, entity, quote, octal, twice, backslash, plain] = match;
  if (plain !== undefined || backslash !== undefined) {
    return Buffer.from(plain ?? '').toString('latin1');
  }
  const byte = percent === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(percent, 16);
  const code = Number.parseInt(unit ?? hex ?? '', 16) || Number(decimal);
  const character = code >= 0 ? String.fromCodePoint(code) : ENTITIES[entity?.toLowerCase() ?? ''];
  const meant = character ?? quote?.at(-1) ?? twice?.at(-1) ?? '';
  return byte >= 0
    ? String.fromCharCode(byte).replace('\\', '')
    : Buffer.from(meant.replace('\\', '')).toString('latin1');
}
