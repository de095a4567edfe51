import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemOfHome } from '../../gravitino/release.js';
import { LocalServer } from '../../gravitino/server.js';
import { record } from './record.js';
import { sequence } from './sequence.js';

/**
 * Sends a generated sequence to the server of `GRAVITINO_URL`, or to one that is booted from `GRAVITINO_HOME`.
 * @param {{ count: number, seed: number, keep: string | undefined }} options `keep` names a folder for the recording
 * @returns {Promise<{ release: string, exchanges: import('../recording.js').Exchange[] } | { problem: string }>}
 */
export async function recordGenerated({ count, seed, keep }) {
  const { GRAVITINO_URL: url, GRAVITINO_HOME: home } = process.env;
  if (url !== undefined) {
    return await recordOn(url, { count, seed, keep });
  }
  const problem = home === undefined ? 'Set GRAVITINO_URL or GRAVITINO_HOME.' : problemOfHome(home);
  if (problem) {
    return { problem };
  }
  const server = new LocalServer(home, { isPlain: true, maxRunningJobs: 1 });
  try {
    return await recordOn(await server.start(), { count, seed, keep });
  } finally {
    await server.stop();
  }
}

async function recordOn(url, { count, seed, keep }) {
  const { version } = await (await fetch(`${url}/api/version`)).json();
  const release = /^\d+\.\d+\.\d+$/.test(version.version) ? version.version : 'main';
  const exchanges = await record(url, sequence(count, seed));
  if (keep !== undefined) {
    const lines = exchanges.map(({ answers: [response, ...following], ...rest }) =>
      JSON.stringify({ ...rest, response, following }),
    );
    mkdirSync(keep, { recursive: true });
    writeFileSync(join(keep, `${release}.jsonl`), `${lines.join('\n')}\n`);
  }
  return { release, exchanges };
}

/** The request of an exchange in a line. */
export function told({ request: { method, path, version = '', headers = [], body, body_base64, raw } }) {
  if (raw !== undefined) {
    return JSON.stringify(raw.slice(0, 300));
  }
  const fields = headers.filter(([name]) => !/^(host|content-length)$/i.test(name));
  const content = body_base64 === undefined ? body : Buffer.from(body_base64, 'base64').toString('latin1');
  const shown = content === null ? '' : ` ${JSON.stringify(content).slice(0, 300)}`;
  return `${method} ${path.slice(0, 200)} ${version} {${fields.map((field) => field.join(': ')).join('; ')}}${shown}`;
}

/**
 * Without what belongs to one build of a server, or to how long its stacks are; and how many digits a time has, which one in a
 * thousand has three less of.
 */
export function alike(answer) {
  if (answer === null) {
    return null;
  }
  const headers = answer.headers.map((field) =>
    /^(Transfer-Encoding: chunked|Content-Length: N)$/.test(field) ? 'Content-Length: ?' : field,
  );
  const body = answer.body.replace(/("compileDate":")[^"]*/, '$1').replace(/\.0+Z/g, '.0Z');
  return { ...answer, headers, body };
}
