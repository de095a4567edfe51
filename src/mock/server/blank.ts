/** Whether a text is nothing but blanks to Java, to which some of Unicode's blanks are none. */
export function isBlank(text: string): boolean {
  return [...text].every(isBlankCharacter);
}

/** The blanks at which a line may be broken, and the control characters that separate. */
function isBlankCharacter(character: string): boolean {
  const code = character.charCodeAt(0);
  const isControl = (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  return isControl || (/^\p{Z}$/u.test(character) && !['\u00a0', '\u2007', '\u202f'].includes(character));
}
