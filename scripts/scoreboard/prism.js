import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LIMIT, start } from './command.js';
import { isDocumented, requestsFor } from './requests.js';
import { describe, write } from './setting.js';

/**
 * Prism as a proxy in front of the case. A violation that it reports as an error counts, an exchange that it cannot
 * complete, and, as its user's tests would see it, a status or media type other than the request must have.
 * @param {import('./setting.js').Setting} setting
 */
export async function prism(setting) {
  const file = write(setting, 'openapi.json', describe(setting, setting.names[0]));
  const port = await freePort();
  const command = join(setting.peers, 'npm/node_modules/.bin/prism');
  const args = ['proxy', file, setting.url, '--host', '127.0.0.1', '--port', String(port)];
  const proxy = start(command, args, setting.folder);
  proxy.ended.catch(() => undefined);
  try {
    await listening(proxy);
    const findings = [];
    for (const request of requestsFor(setting)) {
      findings.push(...(await problemsOf(request, `http://127.0.0.1:${port}`, setting.patience)));
    }
    return { fails: findings.length > 0, findings };
  } finally {
    proxy.stop();
  }
}

async function listening({ output }) {
  for (let waited = 0; !output().includes('is listening'); waited += 0.1) {
    if (waited > LIMIT) {
      throw new Error(`Prism does not start: ${output()}`);
    }
    await delay(100);
  }
}

async function problemsOf({ path, accept, status }, origin, patience) {
  try {
    const signal = AbortSignal.timeout(patience * 1000);
    const response = await fetch(origin + path, { headers: { accept }, redirect: 'manual', signal });
    await response.arrayBuffer();
    const violations = JSON.parse(response.headers.get('sl-violations') ?? '[]');
    return [
      ...problemsOfAnswer(path, status, response),
      ...violations
        .filter(({ severity, location }) => severity === 'Error' && location[0] === 'response')
        .map(({ message }) => `${path}: ${message}`),
    ];
  } catch (error) {
    return [`${path}: ${error.cause?.message ?? error.message}`];
  }
}

function problemsOfAnswer(path, status, { status: actual, headers }) {
  const type = headers.get('content-type');
  return [
    ...(status !== undefined && actual !== status ? [`${path}: ${actual}`] : []),
    ...(status !== undefined && !isDocumented(type) ? [`${path}: ${type}`] : []),
  ];
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
