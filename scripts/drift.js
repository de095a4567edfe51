import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { credentialsAmong, redactReport } from '../dist/report/redact.js';
import { fileOf, overviewOf, pageOf } from './drift/page.js';
import { withPreparation } from './drift/preparation.js';
import { isPublished, judgeRecordings } from './recordings.js';
import { recordingsFolder } from './recordings-folder.js';

/**
 * `npm run drift [-- FOLDER]` writes docs/drift/ from what real servers answered, recorded as `RELEASE.jsonl`. With `--check` it
 * only says whether what stands there is up to date; `--to` names another folder than docs/drift.
 */
async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      to: { type: 'string', default: resolve(import.meta.dirname, '../docs/drift') },
    },
  });
  const folder = recordingsFolder(positionals[0], 'drift');
  const made = await makePages(folder);
  const present = await readPages(values.to);
  const names = [...new Set([...present.keys(), ...made.keys()])].sort();
  const stale = names.filter((name) => present.get(name) !== made.get(name));
  for (const name of stale) {
    console.log(values.check ? `not up to date: ${name}; write it with npm run drift` : `written: ${name}`);
  }
  if (values.check) {
    console.log(`${names.length - stale.length} passed, ${stale.length} failed`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    await writePages(values.to, made, stale);
  }
}

/** The pages by the names of their files. What is recorded of no release has a description of its own, and no page here. */
async function makePages(folder) {
  const judged = await judgeRecordings(folder, { companions: true });
  const releases = judged.filter(({ release }) => /^\d/.test(release)).map(readable);
  if (releases.length === 0) {
    throw new Error(`There is no recording of a release in ${folder}: no file such as 1.0.0.jsonl`);
  }
  const pages = releases.map((each) => [fileOf(each.release), pageOf(each)]);
  return new Map([['README.md', overviewOf(releases)], ...pages]);
}

/** The findings with what it takes to see them, and without secrets. */
function readable(judged) {
  const { release, exchanges, report } = judged;
  if (report.reason !== undefined) {
    throw new Error(`${release}.jsonl: ${report.reason}`);
  }
  const published = ({ operation }) => isPublished(operation.id ?? operation, judged.description);
  const findings = report.findings.filter(published).map((finding) => withPreparation(finding, judged));
  const coverage = report.coverage.filter(published);
  const credentials = exchanges.flatMap(({ request }) => credentialsAmong(request.headers));
  return { ...judged, report: redactReport({ ...report, findings, coverage }, credentials) };
}

async function readPages(place) {
  await mkdir(place, { recursive: true });
  const names = (await readdir(place)).filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(names.map((name) => readFile(join(place, name), 'utf8')));
  return new Map(names.map((name, index) => [name, texts[index]]));
}

/** A page that is made no more goes. */
async function writePages(place, made, names) {
  for (const name of names) {
    const text = made.get(name);
    await (text === undefined ? rm(join(place, name)) : writeFile(join(place, name), text));
  }
}

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
