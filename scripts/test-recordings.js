import { deepEqual, equal } from 'node:assert/strict';
import { build } from './build.js';
import { Checks } from './checks.js';
import { compare } from './known-drift.js';
import { judgeRecordings } from './recordings.js';
import { recordingsFolder } from './recordings-folder.js';

/**
 * `npm run test:recordings [-- FOLDER]`: judges what real servers answered, recorded as `RELEASE.jsonl`, and holds the findings to
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

const folder = recordingsFolder(process.argv[2], 'test:recordings');
build();
const checks = new Checks();
for (const { release, report } of await judgeRecordings(folder)) {
  const found = report.findings.map(({ severity, check, actual }) => `${severity} ${check} ${actual}`);
  const expected = release === 'main' ? DRIFT : [...DRIFT, NOT_ON_MAIN];
  await checks.check(`${release}: ${found.length} findings in ${report.requests} exchanges`, () => {
    deepEqual(found.sort(), expected.toSorted());
  });
}
for (const { release, report } of await judgeRecordings(folder, { companions: true })) {
  const found = report.findings.map(
    ({ severity, check, operation, actual }) => `${severity} ${check} ${operation.id} ${actual}`,
  );
  await checks.check(
    `${release}, all operations: ${found.length} findings in ${report.requests} exchanges`,
    () => {
      deepEqual(compare(release, found), { missing: [], invented: [] });
    },
  );
}
const { DIALECTS, dialectFor } = await import('../dist/description/dialects.js');
for (const dialect of DIALECTS) {
  for (const { release, report } of await judgeRecordings(folder, { companions: true, dialect })) {
    const { verdict, findings } = report;
    const isOwn = dialectFor(release).dialect === dialect;
    await checks.check(`${release} ${isOwn ? 'conforms to' : 'violates'} ${dialect}`, () => {
      const errors = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      equal(verdict, isOwn ? 'conforms' : 'violates', errors.join('\n'));
    });
  }
}
checks.close();
