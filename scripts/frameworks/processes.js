import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many characters of what a command printed are kept. */
const TAIL = 3000;

/** Starts commands, each in a process group of its own, so that all that it starts can be ended with it. */
export class Processes {
  #running = new Set();
  #folder;
  #timeout;

  /**
   * @param {string} folder where to write what commands print
   * @param {number} timeout after how many milliseconds a command is ended
   */
  constructor(folder, timeout) {
    this.#folder = folder;
    this.#timeout = timeout;
  }

  /**
   * @param {readonly string[]} command `node` is the one that runs this
   * @param {string} cwd
   * @param {Record<string, string>} [variables] what is added to the environment
   * @returns {{ ended: Promise<number | string>, output: () => string, stop: () => Promise<unknown> }} `ended` gives the
   *   exit code, or the signal
   */
  start([command, ...args], cwd, variables) {
    const log = join(this.#folder, `${randomInt(2 ** 47)}.log`);
    const descriptor = openSync(log, 'w');
    const child = spawn(command === 'node' ? process.execPath : command, args, {
      cwd,
      env: { ...process.env, ...variables },
      detached: true,
      stdio: ['ignore', descriptor, descriptor],
      timeout: this.#timeout,
    });
    closeSync(descriptor);
    this.#running.add(child);
    const ended = once(child, 'exit').then(([exitCode, signal]) => {
      this.#running.delete(child);
      return exitCode ?? signal;
    });
    const stop = () => {
      this.#kill(child);
      return ended;
    };
    return { ended, stop, output: () => readFileSync(log, 'utf8').slice(-TAIL) };
  }

  /** Starts a command and waits for its end. */
  async run(command, cwd) {
    const { ended, output } = this.start(command, cwd);
    const exitCode = await ended;
    return { exitCode, output: output() };
  }

  /** Ends all at once. */
  stop() {
    for (const child of this.#running) {
      this.#kill(child);
    }
  }

  #kill(child) {
    try {
      if (this.#running.delete(child)) {
        process.kill(-child.pid, 'SIGKILL');
      }
    } catch {
      // It has just ended by itself.
    }
  }
}
