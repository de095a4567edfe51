import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { alike, recordGenerated, told as toldRequest } from './differential/generated/run.js';
import { readNamed } from './differential/named.js';
import { readRecording, releasesIn } from './differential/recording.js';
import { replay } from './differential/replay.js';
import { recordingsFolder } from './recordings-folder.js';

/**
 * `npm run test:differential [-- FOLDER] [--release 1.3.0]`: replays what real servers were sent, recorded as `RELEASE.jsonl`, on the mock in
 * that release's dialect, and compares every answer. Differences must be named in `docs/differences.md`, and what is named
 * there must still differ. With `GRAVITINO_URL` the answers of that server are compared in place of the mock's.
 *
 * `-- --generated 1000 [--seed 7] [--keep FOLDER]` makes up requests, the same for a seed, sends them to the server of
 * `GRAVITINO_URL` (or one booted from `GRAVITINO_HOME`), and compares its answers with those of the mock.
 */

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    release: { type: 'string', multiple: true },
    verbose: { type: 'boolean' },
    json: { type: 'string' },
    generated: { type: 'string' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});
build();
const { createMock } = await import('../dist/create-mock.js');
const named = readNamed(resolve(import.meta.dirname, '../docs/differences.md'));
const report = [];
let failed = 0;
let passed = 0;
for (const { release, exchanges } of await sources()) {
  const results = await replayOn(release, exchanges);
  const differing = results.filter(({ told }) => told !== undefined);
  const reasonOf = (id) => named.find((each) => each.covers(release, id));
  const unnamed = differing.filter(({ id }) => !reasonOf(id));
  const ids = new Set(exchanges.map(({ id }) => id));
  const healed = named.filter(
    (each) =>
      values.generated === undefined &&
      each.release(release) &&
      each.among(ids) &&
      !differing.some(({ id }) => each.covers(release, id)),
  );
  passed += results.length - unnamed.length;
  failed += unnamed.length + healed.length;
  console.log(
    `${release}: ${results.length - differing.length} of ${results.length} equal, ${differing.length - unnamed.length} differ as docs/differences.md says, ${unnamed.length} otherwise`,
  );
  for (const { id, told } of values.verbose ? differing : unnamed) {
    const request =
      values.generated === undefined
        ? ''
        : `\n        ${toldRequest(exchanges.find((each) => each.id === id))}`;
    console.log(`  ${reasonOf(id) ? 'named' : 'FAIL '} ${id}: ${told}${request}`);
  }
  for (const { pattern } of healed) {
    console.log(`  FAIL  ${pattern} is named in docs/differences.md, but does not differ any more`);
  }
  report.push({
    release,
    total: results.length,
    equal: results.length - differing.length,
    differing,
    healed: healed.map(({ pattern }) => pattern),
  });
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** What is compared: recordings, or what a server answers now. */
async function sources() {
  if (values.generated === undefined) {
    const folder = recordingsFolder(positionals[0], 'test:differential');
    const releases = values.release ?? releasesIn(folder);
    return releases.map((release) => ({ release, exchanges: readRecording(folder, release) }));
  }
  const { generated, seed, keep } = values;
  const source = await recordGenerated({ count: Number(generated), seed: Number(seed), keep });
  if ('problem' in source) {
    console.error(source.problem);
    process.exit(2);
  }
  return [source];
}

async function replayOn(release, exchanges) {
  const isSorted = release === 'main';
  const url = process.env['GRAVITINO_URL'];
  if (url !== undefined && values.generated === undefined) {
    return await replay(
      { url, advance: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)) },
      exchanges,
      isSorted,
    );
  }
  const scenario = resolve(import.meta.dirname, 'differential/world.yaml');
  const dialect = dialectOf(release);
  const mock = await createMock({ scenario, dialect, clock: 'manual', seed: 1 });
  try {
    return await replay(
      { url: mock.url, advance: (milliseconds) => mock.clock.advance(milliseconds) },
      exchanges,
      isSorted,
      values.generated === undefined ? undefined : alike,
    );
  } finally {
    await mock.close();
  }
}

/** `gravitino-1.3` for 1.3.0; the releases of 1.0 differ. */
function dialectOf(release) {
  const [major, minor, patch] = release.split('.');
  const name = minor === '0' ? `${major}.${minor}.${patch}` : `${major}.${minor}`;
  return release === 'main' ? 'gravitino-next' : `gravitino-${name}`;
}
