/** A text, or why the bytes are none. */
export type Decoded = { readonly text: string } | { readonly invalid: string };

/**
 * Decodes a JSON text as Java servers do: in UTF-8 or, where its first bytes say so, in UTF-16. A byte order mark is dropped.
 * The charset of the Content-Type does not count.
 */
export function decodeJson(bytes: Buffer): Decoded {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) {
    return { text: new TextDecoder(utf16).decode(bytes) };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const start = bytes.findIndex((byte) => byte >= 0xf8 || (byte >= 0x80 && byte < 0xc0));
    return {
      invalid: `Invalid UTF-8 ${start < 0 ? 'middle' : 'start'} byte 0x${bytes[Math.max(start, 0)]?.toString(16)}`,
    };
  }
}

/** By its byte order mark, or by where the zeros of the first character are. */
function utf16Of([first, second]: Buffer): 'utf-16be' | 'utf-16le' | undefined {
  if ((first === 0xfe && second === 0xff) || first === 0) {
    return 'utf-16be';
  }
  return (first === 0xff && second === 0xfe) || second === 0 ? 'utf-16le' : undefined;
}
