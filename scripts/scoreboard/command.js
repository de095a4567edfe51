import { spawn } from 'node:child_process';

/** Seconds after which a peer is stopped; it counts as what it has said by then. */
export const LIMIT = 60;
/** Characters of its output that are kept: some repeat whole bodies. */
const KEPT = 2_000_000;

/**
 * Runs a peer's command, with all processes that it starts.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} folder where it runs
 * @param {NodeJS.ProcessEnv} [env] beside the variables of this process
 * @returns {Promise<{ failed: boolean, stopped: boolean, output: string }>} `failed`: it ended by itself, with an exit
 *   code that is not 0; `output`: what it printed, both streams
 */
export async function run(command, args, folder, env = {}) {
  const child = start(command, args, folder, env);
  let stopped = false;
  const timer = setTimeout(() => {
    stopped = true;
    child.stop();
  }, LIMIT * 1000);
  const code = await child.ended;
  clearTimeout(timer);
  return { failed: !stopped && code !== 0, stopped, output: child.output() };
}

/**
 * Starts a command in a process group of its own.
 * @returns {{ output: () => string, stop: () => void, ended: Promise<number | null> }}
 */
export function start(command, args, folder, env = {}) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-KEPT);
    });
  }
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { output: () => output, stop: () => kill(child.pid), ended };
}

function kill(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
