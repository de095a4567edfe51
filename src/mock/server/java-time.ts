/** What an instant is made of; Java tells at which of these it does not understand a text any more. */
const PARTS = [
  ...[/[+-]?\d{4,10}/y, /-/y, /\d{2}/y, /-/y, /\d{2}/y, /T/iy],
  ...[/\d{2}/y, /:/y, /\d{2}/y, /:/y, /\d{2}(\.\d{0,9})?/y, /(Z|[+-]\d{2}(:?\d{2}(:?\d{2})?)?)/iy],
];

/** What Java says of a text that is no instant (ISO 8601); undefined for one. Numbers count as seconds. */
export function problemOfInstant(text: string): string | undefined {
  if (/^-?\d+(\.\d*)?$/.test(text)) {
    return undefined;
  }
  let at = 0;
  for (const part of PARTS) {
    const sticky = new RegExp(part);
    sticky.lastIndex = at;
    const found = sticky.exec(text);
    if (!found) {
      return `Text '${text}' could not be parsed at index ${at}`;
    }
    at += found[0].length;
  }
  if (at < text.length) {
    return `Text '${text}' could not be parsed, unparsed text found at index ${at}`;
  }
  // A day that no month has, or an hour that no day has.
  return Number.isNaN(Date.parse(text)) ? `Text '${text}' could not be parsed at index 0` : undefined;
}
