/** A token (RFC 9110 5.6.2), as the source of a regular expression. */
export const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

/** A quoted-string (RFC 9110 5.6.4), as the source of a regular expression. */
export const QUOTED_STRING = '"(?:[\\t !#-\\[\\]-~\\x80-\\uffff]|\\\\[\\t -~\\x80-\\uffff])*"';

const PIECES = {
  ',': /(?:"(?:\\.|[^"\\])*"?|[^",])+/gs,
  ';': /(?:"(?:\\.|[^"\\])*"?|[^";])+/gs,
} as const;

/**
 * The elements of a field between separators that stand outside of quoted-strings, without the blanks around them.
 * Empty elements are left out, as recipients must (RFC 9110 5.6.1.2, and 5.6.6 for parameters).
 */
export function elementsOf(field: string, separator: ',' | ';'): readonly string[] {
  const pieces = field.match(PIECES[separator]) ?? [];
  return pieces.map(trimBlanks).filter((piece) => piece !== '');
}

/** What a token or quoted-string stands for. */
export function unquote(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word;
}

/** Without the OWS around it (RFC 9110 5.6.3): blanks and tabs only, unlike `trim`; in linear time, unlike a pattern. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (isBlank(text[start])) {
    start += 1;
  }
  while (end > start && isBlank(text[end - 1])) {
    end -= 1;
  }
  return text.slice(start, end);
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}
