import { createHash } from 'node:crypto';

/**
 * Some of the cases: a third of them conform, the others are spread over the families, and over what convicts them, as
 * in the corpus. The same seed and cases give the same sample.
 * @template {{ id: string, family: string, convicts: string }} T
 * @param {readonly T[]} cases
 * @param {number} size
 * @param {string} seed
 * @returns {readonly T[]} in an order of chance, so that the first ones are a sample too
 */
export function sampleOf(cases, size, seed) {
  const conforming = cases.filter(({ convicts }) => convicts === 'none');
  const others = cases.filter(({ convicts }) => convicts !== 'none');
  const third = Math.round(size / 3);
  const taken = [...spread(conforming, third, seed), ...spread(others, size - third, seed)];
  return sorted(taken, ({ id }) => chance(id, seed));
}

/** Every so manyth of the cases, after they were ordered by family, by what convicts, and then by chance. */
function spread(cases, size, seed) {
  const ordered = sorted(cases, ({ id, family, convicts }) => `${family} ${convicts} ${chance(id, seed)}`);
  const step = Math.max(1, ordered.length / size);
  return ordered.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** A number in hexadecimal that follows from both. */
function chance(id, seed) {
  return createHash('sha256').update(`${seed} ${id}`).digest('hex');
}

function sorted(items, keyOf) {
  const keys = new Map(items.map((each) => [each, keyOf(each)]));
  return items.toSorted((a, b) => (keys.get(a) < keys.get(b) ? -1 : 1));
}
