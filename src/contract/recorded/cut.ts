import { parseJson } from './json-text.ts';

/** Who records bodies often keeps the beginning of long ones alone: so many characters, or a multiple of them. */
const ROUND = [100, 256];

/** Whether a recorded body looks like the beginning of a longer one: JSON that stops, at a round length, in its middle. */
export function looksCut(body: Buffer): boolean {
  const text = body.toString();
  const isRound = ROUND.some((length) => text.length > 0 && text.length % length === 0);
  return isRound && /^\s*[[{]/.test(text) && parseJson(text) === undefined;
}
