/**
 * Whether the server takes an `Authorization` field: none at all, or `Basic` and something, whatever that is. Letter
 * case counts.
 */
export function isTaken(authorization: string | undefined): boolean {
  return authorization === undefined || authorization.startsWith('Basic ');
}
