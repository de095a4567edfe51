/**
 * Percent-decodes exactly once (RFC 3986 2.1). Undefined for a malformed escape, or for octets that are not UTF-8.
 */
export function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Decodes a name or value of a query as forms write it: like `decodeOnce`, and `+` is a blank (WHATWG URL 5.1). */
export function decodeQueryValue(text: string): string | undefined {
  return decodeOnce(text.replaceAll('+', ' '));
}

/**
 * The names and values of a query (without its `?`) in order, separated by `&` alone, empty parts left out. A name
 * without `=` has the value `''`. A malformed value is undefined, and so is that of a malformed name, which stays as sent.
 */
export function parseQuery(query: string): readonly (readonly [name: string, value: string | undefined])[] {
  return query.split('&').filter(Boolean).map(parsePair);
}

function parsePair(pair: string): readonly [string, string | undefined] {
  const end = pair.indexOf('=');
  const rawName = end < 0 ? pair : pair.slice(0, end);
  const name = decodeQueryValue(rawName);
  return name === undefined
    ? [rawName, undefined]
    : [name, end < 0 ? '' : decodeQueryValue(pair.slice(end + 1))];
}
