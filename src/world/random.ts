/** Draws the next number, from 0 up to but not including 1. */
export type Random = () => number;

/**
 * A small seeded generator: the same seed gives the same numbers, on every machine.
 * A counter that steps by the golden ratio, each value stirred as SplitMix does (Steele, Lea, Flood 2014), in 32 bits.
 */
export function seededRandom(seed: string): Random {
  let counter = hashOf(seed);
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a over the UTF-16 code units of a text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
