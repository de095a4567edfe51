/** Who calls where nobody says. */
const ANONYMOUS = 'anonymous';

/**
 * The user that an `Authorization` field names (RFC 7617 2); `anonymous` for any other. Nobody asks for the password, as
 * on a server whose authentication is simple.
 */
export function principalOf(authorization: string | undefined): string {
  const [, token] = BASIC.exec(authorization ?? '') ?? [];
  const [user = ''] = Buffer.from(token ?? '', 'base64')
    .toString()
    .split(':');
  return user === '' ? ANONYMOUS : user;
}

/** Padding may be left out, but not be wrong. */
const BASIC = /^Basic ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?)\s*$/;
