import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { table } from './drift/markdown.js';
import { fileOf } from './drift/page.js';
import { isPublished, judgeRecordings } from './recordings.js';
import { recordingsFolder } from './recordings-folder.js';

/**
 * `npm run releases [-- FOLDER]` writes the README's table of releases from recordings of real servers: how many drifts each
 * has, what the judge says by its dialect and by the others, and how many answers the mock gives alike. With `--check` it
 * only says whether the table is up to date.
 */

const README = resolve(import.meta.dirname, '../README.md');
const [BEGIN, END] = ['<!-- releases -->\n', '<!-- /releases -->'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
});
const folder = recordingsFolder(positionals[0], 'releases');
build();
const rows = await rowsOf(folder);
const made = table(
  ['release', 'drifts', 'by its dialect', 'by the others', 'answers of the mock that are equal'],
  rows,
);
const text = readFileSync(README, 'utf8');
const [before, after] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
const isUpToDate = text.slice(before, after).trim() === made.trim();
if (values.check) {
  console.log(isUpToDate ? 'The table of releases is up to date.' : `Not up to date. It should be:\n${made}`);
  console.log(isUpToDate ? '1 passed, 0 failed' : '0 passed, 1 failed');
  process.exitCode = isUpToDate ? 0 : 1;
} else {
  writeFileSync(README, `${text.slice(0, before)}${made.trim()}\n${text.slice(after)}`);
}

async function rowsOf(folder) {
  const { DIALECTS, dialectFor } = await import('../dist/description/dialects.js');
  const verdicts = new Map();
  for (const dialect of DIALECTS) {
    for (const { release, report } of await judgeRecordings(folder, { companions: true, dialect })) {
      verdicts.set(`${release} ${dialect}`, report.verdict);
    }
  }
  const equal = differentialOf(folder);
  const judged = await judgeRecordings(folder, { companions: true });
  return judged.map(({ release, report, description }) => {
    const { dialect: own } = dialectFor(release);
    const others = DIALECTS.filter((dialect) => dialect !== own).map((each) =>
      verdicts.get(`${release} ${each}`),
    );
    const { total, equal: alike } = equal.get(release);
    return [
      release,
      driftsOf(release, report, description),
      verdicts.get(`${release} ${own}`),
      `${others.filter((verdict) => verdict === 'violates').length} of ${others.length} violate`,
      `${alike} of ${total}`,
    ];
  });
}

/** Their number, and the page that tells them, which releases have. */
function driftsOf(release, { findings }, description) {
  const number = findings.filter(({ operation }) => isPublished(operation.id, description)).length;
  return /^\d/.test(release) ? `[${number}](docs/drift/${fileOf(release)})` : String(number);
}

/** What `npm run test:differential` counts, by release. */
function differentialOf(folder) {
  const scratch = mkdtempSync(join(tmpdir(), 'jobs-kit-releases-'));
  const file = join(scratch, 'differential.json');
  const script = resolve(import.meta.dirname, 'test-differential.js');
  const { stdout } = spawnSync(process.execPath, [script, folder, '--json', file], { encoding: 'utf8' });
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')).map((each) => [each.release, each]));
  } catch {
    throw new Error(`The answers could not be compared:\n${stdout}`);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
