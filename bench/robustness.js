import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.js';
import { Checks } from '../scripts/checks.js';
import { mockCommand } from './cases.js';
import { askForExample, startCustomer, startSlowClients, warmUp } from './hostile/company.js';
import { makeProbes } from './hostile/probes.js';
import { LIMIT, sendAll, shellCommand } from './hostile/send.js';
import { startServer } from './server-process.js';

/**
 * `npm run test:robustness`: hostile requests against the mock in a process of its own. Each answer must be valid by the
 * description or be a listed transport answer, none may take over a second, and the mock must stay alive and small.
 * With `-- --dialect NAME` it is the double of a server, of which only what it promises is judged.
 * `-- --seed N` makes other requests, `-- --count N` more or fewer of them, `-- --only N` sends a single one.
 */

/** MiB by which the memory may grow in the second half: the answers that are kept differ in size. */
const GROWTH = 8;

/** How often the mock tidies its memory before it is measured, and the milliseconds between: it gives it back in steps. */
const TIDYINGS = { count: 4, pause: 500 };

/** Failures of a kind that are printed. */
const TOLD = 3;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string' },
    only: { type: 'string' },
    dialect: { type: 'string' },
  },
});
const { seed = '1', count = '20000', only, dialect } = values;
const made = makeProbes(Number(seed), Number(count));
// Which of them a server answers at all, and when it gives up a slow one, is its own affair.
const probes = dialect === undefined ? made : made.map((probe) => ({ ...probe, isOpen: true }));

build();
// What judges is compiled.
const { createJudge } = await import('./hostile/judge.js');
const wrongWith = await createJudge(dialect);
const mock = await startServer(
  [...mockCommand(2), ...(dialect === undefined ? [] : ['--dialect', dialect, '--scenario', 'default'])],
  ['--expose-gc'],
);
const port = Number(new URL(mock.url).port);
// The double of a server has its API below /api alone.
const api = dialect === undefined ? mock.url : `${mock.url}/api`;
const checks = new Checks();
await warmUp(api);
await (only === undefined ? sendEverything() : tell(await send(Number(only), Number(only) + 1)));
await mock.stop();
checks.close();

async function sendEverything() {
  console.log(`${probes.length} hostile exchanges, seed ${seed}`);
  const documented = await askForExample(api);
  const customer = startCustomer(api, documented, LIMIT);
  const slowClients = dialect === undefined ? startSlowClients(port) : undefined;
  const half = Math.floor(probes.length / 2);
  const found = await send(0, half);
  const middle = await megabytes();
  found.push(...(await send(half, probes.length)));
  const end = await megabytes();
  await tell(found);
  await checks.check('an ordinary client got the documented example all the while', customer);
  if (slowClients) {
    await checks.check('a client that does not finish its request is told so in time', slowClients);
  }
  await checks.check(`memory is flat: ${middle} MiB half way, ${end} MiB in the end`, () => {
    assert.ok(end - middle < GROWTH, `It may grow by ${GROWTH} MiB.`);
  });
  await checks.check('the process is alive and gives the documented example', async () => {
    assert.ok(!mock.hasExited());
    assert.equal(await askForExample(api), documented);
  });
}

/** Sends the probes from one index up to another, and says what was wrong with which. */
async function send(from, to) {
  const wrongs = await sendAll(probes.slice(from, to), port, wrongWith);
  return wrongs.map((wrong, offset) => ({ wrong, index: from + offset, probe: probes[from + offset] }));
}

/** One check for each kind of probe. */
async function tell(found) {
  for (const kind of new Set(found.map(({ probe }) => probe.kind))) {
    const sent = found.filter(({ probe }) => probe.kind === kind);
    const failures = sent.filter(({ wrong }) => wrong !== undefined);
    await checks.check(`${kind}: ${sent.length} exchanges`, () => {
      assert.ok(
        failures.length === 0,
        `${failures.length} failed:\n${failures.slice(0, TOLD).map(describe).join('\n')}`,
      );
    });
  }
}

function describe({ wrong, index, probe }) {
  return `--seed ${seed} --count ${count} --only ${index}: ${wrong}\n${shellCommand(probe, port)}`;
}

/** The memory of the mock when it is tidy; not a number when it is dead. */
async function megabytes() {
  if (mock.hasExited()) {
    return Number.NaN;
  }
  for (let count = 1; count < TIDYINGS.count; count += 1) {
    await mock.usage();
    await delay(TIDYINGS.pause);
  }
  const { rssBytes } = await mock.usage();
  return Math.round(rssBytes / 2 ** 20);
}
