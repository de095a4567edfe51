import { closestMatch } from 'leven';

/** Names the known name that is nearest to an unknown one, as a question; nothing where nothing is known. */
export function didYouMean(unknown: string, known: readonly string[]): string {
  const nearest = closestMatch(unknown, known);
  return nearest === undefined ? '' : `Did you mean "${nearest}"?`;
}
