import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { Checks } from './checks.js';

/**
 * Has the compiled command judge the servers of test/servers/hostile: each run must end in time, in little memory and
 * with a verdict.
 *
 *   node scripts/test-hostile.js [--target PART]…
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'test/servers/hostile');
const compiled = join(root, 'tmp/hostile');
const tools = { command: join(root, 'bin/jobs-kit.cjs'), meter: join(root, 'bench/exit-meter.cjs') };

/** How many servers are judged at once: most of them keep the judge waiting. */
const AT_ONCE = 2;

const { values } = parseArgs({ options: { target: { type: 'string', multiple: true, default: [] } } });

build();
compile();
const { TARGETS } = await import(pathToFileURL(join(compiled, 'targets.js')).href);
const { complaintsAbout, tryTarget } = await import(pathToFileURL(join(compiled, 'trial.js')).href);
const queue = TARGETS.filter(
  ({ id }) => values.target.length === 0 || values.target.some((part) => id.includes(part)),
);
const checks = new Checks();
await Promise.all(Array.from({ length: AT_ONCE }, work));
checks.close();

async function work() {
  for (let target = queue.shift(); target; target = queue.shift()) {
    const trial = await tryTarget(target, tools);
    const { code, seconds, megabytes, requests } = trial;
    const facts = `${requests} requests, ${seconds.toFixed(1)} s, ${megabytes.toFixed()} MB, exit ${code}`;
    const complaints = complaintsAbout(target, trial);
    await checks.check(`${target.id}: a server that ${target.sentence} (${facts})`, () => {
      assert.ok(complaints.length === 0, complaints.join('\n'));
    });
  }
}

function compile() {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(manifest), 'bin', 'tsc');
  spawnSync(process.execPath, [tsc, '-p', sources], { stdio: 'inherit' });
}
