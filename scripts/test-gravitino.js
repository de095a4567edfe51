import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';
import { Checks } from './checks.js';
import { problemOfHome } from './gravitino/release.js';
import { Scene } from './gravitino/scene.js';
import { LocalServer } from './gravitino/server.js';

// Makes jobs on a real Gravitino server, judges it, and leaves it as it was. docs/real-server.md tells how to use it.

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { GRAVITINO_URL, GRAVITINO_HOME } = process.env;

/** A server of ours refreshes its jobs each second; others may take minutes, for which nobody wants to wait. */
const SETTLE_SECONDS = GRAVITINO_URL ? 15 : 60;

const checks = new Checks();
/** What is to be undone, last first. */
const undo = [];
let cleaning;

async function main() {
  if (!GRAVITINO_URL && !GRAVITINO_HOME) {
    console.log(
      'Skipped: there is no server. Start one (docker run -p 8090:8090 apache/gravitino:1.3.0) and set GRAVITINO_URL=http://localhost:8090, or set GRAVITINO_HOME to an unpacked release.',
    );
    return;
  }
  const problem = GRAVITINO_URL ? problemOfUrl(GRAVITINO_URL) : problemOfHome(GRAVITINO_HOME);
  if (problem) {
    console.error(problem);
    process.exitCode = 2;
    return;
  }
  build();
  cleanUpOnSignals();
  try {
    await test();
  } finally {
    await cleanUp();
  }
  checks.close();
}

function problemOfUrl(text) {
  return /^https?:\/\//.test(text) && URL.canParse(text)
    ? undefined
    : 'GRAVITINO_URL is no URL: give one such as http://localhost:8090.';
}

async function test() {
  const url = await reach();
  const scene = url && (await populate(url));
  if (scene) {
    await testJobs(scene);
    await testVerdict(url, scene);
    await testDialects(url, await scene.version());
  }
}

/** The base URL of the server that is given, or of one that is started; undefined where that failed. */
async function reach() {
  if (GRAVITINO_URL) {
    return GRAVITINO_URL;
  }
  const server = new LocalServer(GRAVITINO_HOME);
  undo.push(() => server.stop());
  let url;
  await checks.check('the server starts', async () => {
    url = await server.start();
  });
  return url;
}

/** A metalake with jobs on that server; undefined where none could be made. */
async function populate(url) {
  const scene = new Scene(url);
  undo.push(() => scene.strike());
  const answers = await checks.check('the server answers its version', async () => {
    console.log(`Apache Gravitino ${await scene.version()} on ${url}`);
  });
  const isSet = answers && (await checks.check('it makes a metalake, templates and jobs', () => scene.set()));
  return isSet ? scene : undefined;
}

async function testJobs(scene) {
  let listed = [];
  await checks.check('it lists jobs', async () => {
    listed = await scene.settle(SETTLE_SECONDS);
  });
  if (!scene.isSettled(listed)) {
    console.log(
      'The jobs have not all come to their end: a server refreshes their statuses every gravitino.job.statusPullIntervalInMs, 5 minutes by default.',
    );
  }
  for (const { jobId, template, before, end } of scene.jobs) {
    // Of a server that is not ours, we cannot say how far it has come.
    const expected = GRAVITINO_URL ? [...before, ...end] : end;
    await checks.check(`it lists the job of ${template} as ${expected.join(' or ')}`, () => {
      const job = listed.find((each) => each.jobId === jobId);
      assert.equal(job?.jobTemplateName, template);
      assert.ok(expected.includes(job.status), `its status is ${job.status}`);
    });
  }
}

async function testVerdict(url, { metalake }) {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-report-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.json');
  console.log(`\njobs-kit verify ${url} --metalake ${metalake}\n`);
  const exitCode = await run('bin/jobs-kit.cjs', 'verify', url, '--metalake', metalake, '--json', file);
  console.log(
    '\nExit code 1 is what a real server gets: it serves other media types than its documentation says.\n',
  );
  await checks.check('the judge finds that the server breaks its documentation', () =>
    assert.equal(exitCode, 1),
  );
  await checks.check('the media type is among its findings', async () => {
    const { findings } = JSON.parse(await readFile(file, 'utf8'));
    assert.ok(findings.some(({ check }) => check === 'media-type'));
  });
}

/** By its own dialect the server conforms, with all operations; by another one it does not. */
async function testDialects(url, version) {
  const { DIALECTS, dialectFor } = await import('../dist/description/dialects.js');
  const { dialect: own } = dialectFor(version);
  const other = DIALECTS.find((each) => each !== own);
  for (const [dialect, expected] of [
    ['auto', 0],
    [other, 1],
  ]) {
    const args = ['verify', url, '--dialect', dialect, '--companions', '--set-up'];
    console.log(`\njobs-kit ${args.join(' ')}\n`);
    const exitCode = await run('bin/jobs-kit.cjs', ...args);
    await checks.check(`the judge ends with ${expected} by the dialect ${dialect}`, () =>
      assert.equal(exitCode, expected),
    );
  }
}

async function run(...args) {
  const [exitCode] = await once(spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }), 'exit');
  return exitCode;
}

/** Undoes everything, once, whoever asks for it. */
function cleanUp() {
  cleaning ??= undoAll();
  return cleaning;
}

async function undoAll() {
  for (const step of undo.reverse()) {
    await step().catch((error) => console.error(`Cleaning up failed: ${error.message}`));
  }
}

function cleanUpOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, async () => {
      await cleanUp();
      process.exit(130);
    });
  }
}

await main();
