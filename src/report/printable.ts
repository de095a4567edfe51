/**
 * Controls, invisible format characters (the bidirectional overrides among them), line separators, lone surrogates and
 * what Unicode does not assign: all that could steer a terminal, reorder a line or be forbidden in XML 1.0.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Enough of a sentence or a value to understand it. */
const LIMIT = 300;

/**
 * One line that is safe to show: whatever a target sent is shown and not obeyed (`\u001b` for an escape character), and
 * cut after `limit` characters with a word on how many there were.
 */
export function printable(text: string, limit = LIMIT): string {
  const start = text.length > limit ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, '') : text;
  const safe = start.replace(UNPRINTABLE, (character) => SHORT[character] ?? escaped(character));
  return start === text ? safe : `${safe}… (${text.length} characters)`;
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
