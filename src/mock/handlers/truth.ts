/** Any spelling of `true` is true and everything else is not, as on the server. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
