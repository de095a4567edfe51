/**
 * Controls, invisible format characters (the bidirectional overrides among them), line separators, lone surrogates and
 * what Unicode does not assign: all that could steer a terminal, reorder a line or be forbidden in XML 1.0.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Enough of a sentence or a value to understand it. */
const LIMIT = 300;

/**
 * What a CI server would obey in its log: `::name …::` at the start of a line (GitHub), and `##[name]`, `##vso[name]`,
 * `##teamcity[name]` anywhere in it (GitHub and Azure, Azure, TeamCity).
 */
const COMMAND = /^\s*:(?=:[a-z][\w-]*[ :])|#(?=#\w*\[)/gi;

/**
 * One line that is safe to show: whatever a target sent is shown and not obeyed (`\u001b` for an escape character), and
 * cut after `limit` characters with a word on how many there were.
 */
export function printable(text: string, limit = LIMIT): string {
  const start = text.length > limit ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, '') : text;
  const safe = start
    .replace(UNPRINTABLE, (character) => SHORT[character] ?? escaped(character))
    .replace(COMMAND, (found) => `${found.slice(0, -1)}${escaped(found.slice(-1))}`);
  return start === text ? safe : `${safe}… (${text.length} characters)`;
}

/** JSON that says the same as any other and has no character that nobody sees. */
export function jsonText(value: unknown, indent = 0): string {
  // Outside its strings, JSON has no such characters but line ends.
  return JSON.stringify(value, undefined, indent).replace(UNPRINTABLE, (character) =>
    character === '\n' ? '\n' : unitsOf(character),
  );
}

function unitsOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
