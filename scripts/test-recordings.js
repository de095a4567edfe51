import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build.js';

/**
 * `npm run test:recordings -- FOLDER`: judges what real servers answered, recorded as `RELEASE.jsonl`, and holds the findings to
 * what is known of those releases: nothing missing, nothing invented.
 */

/** What every recorded release does otherwise than its documentation says. */
const DRIFT = [
  'error documented-status 401 Unauthorized',
  'error documented-status 409 Conflict',
  'error media-type application/json',
  'error schema "cancelled"',
  'warning empty-filter 400 Bad Request',
];
/** Releases answer 406 to a lone application/json; the main branch no longer does. */
const NOT_ON_MAIN = 'warning accept-json 406 Not Acceptable';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Which recordings? Give their folder: npm run test:recordings -- FOLDER');
  process.exit(2);
}
build();
const { judgeRecorded, loadDescription } = await import('../dist/index.js');
const { readExchanges } = await import('../dist/contract/recorded/json-lines.js');
const description = await loadDescription(resolve(import.meta.dirname, '../spec/openapi.yaml'));

let failed = 0;
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
for (const name of files) {
  const report = judgeRecorded({ description, recording: await readExchanges(join(folder, name)) });
  const found = report.findings.map(({ severity, check, actual }) => `${severity} ${check} ${actual}`);
  const expected = name === 'main.jsonl' ? DRIFT : [...DRIFT, NOT_ON_MAIN];
  const missing = expected.filter((each) => !found.includes(each)).map((each) => `missing: ${each}`);
  const invented = found.filter((each) => !expected.includes(each)).map((each) => `not known: ${each}`);
  const differences = [...missing, ...invented];
  failed += differences.length > 0 ? 1 : 0;
  console.log(
    `${differences.length > 0 ? 'NOT OK' : 'ok'}  ${name}: ${found.length} findings in ${report.requests} exchanges`,
  );
  console.log(differences.map((each) => `    ${each}\n`).join(''));
}
console.log(`${files.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || files.length === 0 ? 1 : 0;
