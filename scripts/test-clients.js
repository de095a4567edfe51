import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.js';
import { Checks } from './checks.js';
import { startServer } from './child.js';
import { PythonClient, problemOfPython } from './clients/python.js';
import { TypedClient } from './clients/typed.js';
import { problemOfHome } from './gravitino/release.js';
import { LocalServer } from './gravitino/server.js';

/**
 * `npm run test:clients`: the official Python client, as it is, and a client that is made from the description, on the
 * mock in each dialect; or on a real server, with the same outcome. docs/clients.md tells more.
 */

const { GRAVITINO_URL, GRAVITINO_HOME } = process.env;

/** The releases of the official Python client: the first with jobs, that of the newest dialect, and the newest. */
const VERSIONS = ['1.0.0', '1.3.0', '1.3.1'];

/** The mock's clock, in seconds per second. */
const SPEED = 10;

/** How long jobs may take to end: a server that is not ours may look after them every five minutes only. */
const PATIENCE_SECONDS = GRAVITINO_URL ? 330 : 60;

const checks = new Checks();
const scratch = mkdtempSync(join(tmpdir(), 'jobs-kit-clients-'));
/** Stops the server that runs, if one does. */
let stop = async () => {};

async function main() {
  const problem = GRAVITINO_URL ? undefined : GRAVITINO_HOME && problemOfHome(GRAVITINO_HOME);
  if (problem) {
    console.error(problem);
    process.exitCode = 2;
    return;
  }
  build();
  const clients = [...pythonClients(), new TypedClient(scratch)].filter(isInstalled);
  const { DIALECTS, dialectFor } = await import('../dist/description/dialects.js');
  const rows = [];
  for (const server of clients.length > 0 ? servers(DIALECTS) : []) {
    rows.push(await testServer(server, clients, dialectFor));
  }
  printMatrix(clients, rows);
  checks.close();
}

function pythonClients() {
  const missing = problemOfPython();
  if (missing) {
    checks.skip('the official Python client', missing);
  }
  return missing ? [] : VERSIONS.map((version) => new PythonClient(version, scratch));
}

/** Whether a client could be installed. */
function isInstalled(client) {
  const problem = client.install();
  if (problem) {
    checks.skip(client.name, problem);
  }
  return !problem;
}

/** The servers to walk through: what they are called, and how they are started. */
function servers(dialects) {
  if (GRAVITINO_URL) {
    const url = GRAVITINO_URL.replace(/\/$/, '');
    return [{ name: url, start: () => ({ url, stop }) }];
  }
  if (GRAVITINO_HOME) {
    return [{ name: GRAVITINO_HOME, start: startRelease }];
  }
  const documented = {
    name: 'the documentation',
    documented: true,
    start: () => startMock('--scenario', 'fresh'),
  };
  return [documented, ...dialects.map((name) => ({ name, start: () => startMock('--dialect', name) }))];
}

function startMock(...options) {
  return startServer('bin/jobs-kit.cjs', 'mock', '--port', '0', '--speed', String(SPEED), ...options);
}

async function startRelease() {
  const server = new LocalServer(GRAVITINO_HOME);
  stop = () => server.stop();
  return { url: await server.start(), stop };
}

/** @returns what the server is called, and of each client how many checks passed of how many */
async function testServer({ name, start, documented = false }, clients, dialectFor) {
  const server = await start();
  stop = server.stop;
  const { url } = server;
  const { version } = (await (await fetch(`${url}/api/version`)).json()).version;
  const dialect = documented ? undefined : dialectFor(version).dialect;
  const figures = [];
  for (const client of clients) {
    console.log(`\n${client.name} on ${name}, which says that it is ${version}`);
    const passed = await client.test(checks, { url, dialect, seconds: PATIENCE_SECONDS, documented });
    figures.push(`${passed.filter(Boolean).length} of ${passed.length}`);
  }
  await stop();
  return [`${name} (${version})`, ...figures];
}

/** A table of Markdown: how many checks passed of how many. */
function printMatrix(clients, rows) {
  const head = ['passed', ...clients.map(({ name }) => name)];
  const lines = [head, head.map(() => '---'), ...rows];
  console.log(`\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`);
}

async function cleanUp() {
  await stop();
  rmSync(scratch, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await cleanUp();
    process.exit(130);
  });
}

try {
  await main();
} finally {
  await cleanUp();
}
