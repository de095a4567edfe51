import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FAULTS, TOOLCHAINS } from '../test/servers/frameworks/frameworks.js';
import { build } from './build.js';
import { Checks } from './checks.js';
import { Processes } from './frameworks/processes.js';
import { someWorld, word } from './frameworks/some-world.js';

/**
 * `npm run test:frameworks -- [--only NAME]…`: judges servers that are written with real frameworks, each as it should be and
 * with faults. docs/frameworks.md tells what each framework does. What has to be installed goes into a folder that is
 * removed at the end.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SERVERS = join(ROOT, 'test/servers/frameworks');

/** No command takes longer than this, in milliseconds. */
const PATIENCE = 600_000;

const { values: options } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
const checks = new Checks();
const scratch = mkdtempSync(join(tmpdir(), 'jobs-kit-frameworks-'));
const processes = new Processes(scratch, PATIENCE);

async function main() {
  const names = TOOLCHAINS.flatMap(({ frameworks }) => frameworks.map(({ name }) => name));
  const unknown = options.only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no server for "${unknown}". There are: ${names.join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  build();
  for (const toolchain of TOOLCHAINS) {
    await testToolchain(toolchain);
  }
  checks.close();
}

async function testToolchain({ folder, needs, probe: [command, ...args], preparation, frameworks }) {
  const chosen = frameworks.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  if (chosen.length === 0) {
    return;
  }
  if (spawnSync(command, args, { stdio: 'ignore' }).status !== 0) {
    for (const { name } of chosen) {
      checks.skip(name, `there is no ${needs}`);
    }
    return;
  }
  const copy = join(scratch, folder);
  cpSync(join(SERVERS, folder), copy, { recursive: true });
  const isReady = await checks.check(`${folder}: the servers are made`, () => prepare(copy, preparation));
  for (const framework of isReady ? chosen : []) {
    await testFramework(copy, framework);
  }
}

async function prepare(folder, preparation) {
  for (const command of preparation) {
    const { exitCode, output } = await processes.run(command, folder);
    assert.equal(exitCode, 0, `${command.join(' ')}\n${output}`);
  }
}

async function testFramework(folder, { name, command, warnings, faults }) {
  const but = warnings.length === 0 ? '' : `, with warnings of ${warnings.join(', ')}`;
  await checks.check(`${name} conforms${but}`, async () => {
    const { exitCode, findings, output } = await judge(folder, command, '');
    assert.deepEqual(rulesOf(findings, 'error'), [], output);
    assert.deepEqual(rulesOf(findings, 'warning'), warnings, output);
    assert.equal(exitCode, 0, output);
  });
  for (const [fault, rule] of Object.entries({ ...FAULTS, ...faults })) {
    await checks.check(`${name} with ${fault}: found by ${rule}`, async () => {
      const { exitCode, findings, output } = await judge(folder, command, fault);
      assert.ok(rulesOf(findings, 'error').includes(rule), output);
      assert.equal(exitCode, 1, output);
    });
  }
}

/** The rules that have findings of that severity. */
function rulesOf(findings, severity) {
  const all = findings.filter((each) => each.severity === severity).map(({ check }) => check);
  return [...new Set(all)].sort();
}

/** The verdict about a server that is started for it, with data of its own. */
async function judge(folder, command, fault) {
  const port = await freePort();
  const data = join(scratch, 'jobs.json');
  const report = join(scratch, 'report.json');
  const world = someWorld();
  writeFileSync(data, JSON.stringify(world));
  writeFileSync(report, '{"findings":[]}');
  const variables = { PORT: String(port), JOBS_FILE: data, FAULT: fault };
  const server = processes.start(command, folder, variables);
  const metalakes = Object.keys(world).flatMap((name) => ['--metalake', name]);
  const flags = ['--unsafe-methods', '--wait', '60', '--seed', word(), '--json', report];
  const verify = ['bin/jobs-kit.cjs', 'verify', `http://127.0.0.1:${port}`, ...metalakes, ...flags];
  const { exitCode, output } = await processes.run(['node', ...verify], ROOT);
  await server.stop();
  const { findings } = JSON.parse(readFileSync(report, 'utf8'));
  return { exitCode, findings, output: `${output}\nThe server printed:\n${server.output()}` };
}

/** A port on which nothing listens. Not one of those that systems give away, or another program may get it meanwhile. */
async function freePort() {
  const port = randomInt(20_000, 32_000);
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}

process.once('exit', () => {
  processes.stop();
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => process.exit(130));
}

await main();
