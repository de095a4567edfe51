import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where recordings of real servers are looked for unless `GRAVITINO_RECORDINGS` says another place: beside the checkout. */
const BESIDE = '../shared/gravitino/recordings';

/**
 * The folder with recordings, a `RELEASE.jsonl` each: the given one, or that which is found. Without either the program ends
 * with exit code 2.
 * @param {string | undefined} given
 * @param {string} script the npm script that asks
 */
export function recordingsFolder(given, script) {
  const named = process.env['GRAVITINO_RECORDINGS'] ?? BESIDE;
  const usual = resolve(import.meta.dirname, '..', named);
  if (given !== undefined || existsSync(usual)) {
    return given ?? usual;
  }
  console.error(
    `There are no recordings in ${named}. Give the folder that has them: npm run ${script} -- FOLDER`,
  );
  process.exit(2);
}
