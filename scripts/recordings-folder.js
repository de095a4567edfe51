import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where recordings of real servers are looked for: beside the checkout. */
const BESIDE = '../shared/gravitino/recordings';

/**
 * The folder with recordings, a `RELEASE.jsonl` each: the given one, or that beside the checkout. Without either the program
 * ends with exit code 2.
 * @param {string | undefined} given
 * @param {string} script the npm script that asks
 */
export function recordingsFolder(given, script) {
  const beside = resolve(import.meta.dirname, '..', BESIDE);
  if (given !== undefined || existsSync(beside)) {
    return given ?? beside;
  }
  console.error(
    `There are no recordings in ${BESIDE}. Give the folder that has them: npm run ${script} -- FOLDER`,
  );
  process.exit(2);
}
