/** Called for each token: its first character, and where it begins and ends. False ends the reading. */
type Visit = (char: string, start: number, end: number) => boolean;

/** What tokens consist of or begin with; other characters stand between them. */
const STRUCTURE = '{}[],';
const WORD = '+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** By character code, since these texts are long. */
const KINDS: readonly ('structure' | 'word' | 'string' | undefined)[] = Array.from(
  { length: 128 },
  (_, code) => {
    const char = String.fromCharCode(code);
    return char === '"'
      ? 'string'
      : STRUCTURE.includes(char)
        ? 'structure'
        : WORD.includes(char)
          ? 'word'
          : undefined;
  },
);

/**
 * Reads a JSON text token by token, without the blanks and colons in between: brackets, commas, strings with their
 * quotes, and other scalars. Takes what is no JSON for some tokens, too. Not recursive, so that depth does no harm.
 */
export function eachToken(text: string, visit: Visit): void {
  for (let start = 0; start < text.length; ) {
    const kind = KINDS[text.charCodeAt(start)];
    const end =
      kind === 'string' ? endOfString(text, start) : kind === 'word' ? endOfWord(text, start) : start + 1;
    if (kind && !visit(text.charAt(start), start, end)) {
      return;
    }
    start = end;
  }
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    if (!isEscaped(text, end)) {
      return end + 1;
    }
  }
  return text.length;
}

function isEscaped(text: string, index: number): boolean {
  let start = index;
  while (text[start - 1] === '\\') {
    start -= 1;
  }
  return (index - start) % 2 === 1;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (KINDS[text.charCodeAt(end)] === 'word') {
    end += 1;
  }
  return end;
}
