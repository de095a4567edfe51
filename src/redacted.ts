/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** What a Set-Cookie field says about its cookie (RFC 6265 4.1.1 and its successors). */
const ATTRIBUTE = /^\s*(domain|expires|httponly|max-age|partitioned|path|priority|samesite|secure)\s*(=|$)/i;

/**
 * The value of a Cookie or Set-Cookie field without the values of its cookies. Their names stay, and so do the attributes
 * of a cookie. What has no name is a value, unless the text is `prose` that may name a cookie alone.
 */
export function redactCookies(field: string, { prose = false }: { readonly prose?: boolean } = {}): string {
  return field
    .split(';')
    .map((part, index) => {
      const [, name = '', value] = /^(.*?=\s*)?(.*)$/s.exec(part) ?? [];
      const isKept = value?.trim() === '' || (index > 0 && ATTRIBUTE.test(part)) || (prose && name === '');
      return isKept ? part : `${name || part.slice(0, part.search(/\S/))}${REDACTED}`;
    })
    .join(';');
}
