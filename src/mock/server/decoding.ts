/**
 * The bytes of a JSON text in UTF-8, a character for each. Java servers take UTF-16 as well, where the first bytes say so. A
 * byte order mark is dropped; the charset of the Content-Type does not count.
 */
export function bytesOfJson(bytes: Buffer): string {
  const utf16 = utf16Of(bytes);
  const utf8 = utf16 === undefined ? bytes : Buffer.from(new TextDecoder(utf16).decode(bytes));
  return utf8.toString('latin1').replace(/^\xef\xbb\xbf/, '');
}

/** By its byte order mark, or by where the zeros of the first character are. */
function utf16Of({ length, 0: first, 1: second }: Buffer): 'utf-16be' | 'utf-16le' | undefined {
  if (length < 4) {
    return undefined;
  }
  if ((first === 0xfe && second === 0xff) || first === 0) {
    return 'utf-16be';
  }
  return (first === 0xff && second === 0xfe) || second === 0 ? 'utf-16le' : undefined;
}
