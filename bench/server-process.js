import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const METER = fileURLToPath(new URL('meter.cjs', import.meta.url));

/**
 * Starts a server of ours in a process of its own and waits until it prints its URL.
 * `usage` tells what the process has used so far: microseconds of CPU time, and bytes of memory.
 * @param {readonly string[]} command a script and its arguments
 */
export async function startServer(command, nodeOptions = []) {
  const stdio = ['ignore', 'pipe', 'inherit', 'ipc'];
  const child = spawn(process.execPath, [...nodeOptions, '--require', METER, ...command], { stdio });
  const exited = once(child, 'exit');
  const url = await printedUrl(child);
  return {
    url,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    async usage() {
      child.send('usage');
      const [usage] = await once(child, 'message');
      return usage;
    },
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Seconds from the start of a process to its URL, and from then to its first answer. */
export async function timeStart(command, path) {
  const begin = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const url = await printedUrl(child);
  const printed = performance.now();
  await (await fetch(url + path)).arrayBuffer();
  const answered = performance.now();
  child.kill('SIGKILL');
  await exited;
  return { printed: (printed - begin) / 1000, answered: (answered - begin) / 1000 };
}

async function printedUrl(child) {
  let text = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    const [, url] = /(http:\/\/[^\s/]+)\s/.exec(text) ?? [];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`"${child.spawnargs.join(' ')}" ended before it printed a URL`);
}
