import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { environment, plainHome, settings } from './release.js';

const START_SECONDS = 120;
const STOP_SECONDS = 10;

/**
 * A Gravitino server booted from an unpacked release. Everything that it writes is in a folder of its own below the
 * system's temporary folder, on a port of its own, and gone after `stop`.
 */
export class LocalServer {
  #home;
  #isPlain;
  #maxRunningJobs;
  #folder;
  #java;
  #isStopped = false;

  /**
   * @param {string} home the release's folder: `libs/`, `conf/`, `scripts/`, `bin/`
   * @param {{ isPlain?: boolean, maxRunningJobs?: number }} options a plain one has neither web UI nor built-in templates
   */
  constructor(home, { isPlain = false, maxRunningJobs = 4 } = {}) {
    this.#home = resolve(home);
    this.#isPlain = isPlain;
    this.#maxRunningJobs = maxRunningJobs;
  }

  /**
   * Starts it and waits until it answers.
   * @returns {Promise<string>} its base URL
   */
  async start() {
    this.#folder = await mkdtemp(join(tmpdir(), 'jobs-kit-gravitino-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await this.#configure(port);
    await this.#launch();
    await this.#waitFor(`${url}/api/version`);
    return url;
  }

  /** Stops it, with every job that it runs, and removes what it wrote. May be called at any time. */
  async stop() {
    this.#isStopped = true;
    if (this.#isRunning) {
      const ended = once(this.#java, 'exit');
      this.#java.kill('SIGTERM');
      await Promise.race([ended, pause(STOP_SECONDS * 1000, undefined, { ref: false })]);
    }
    this.#killGroup();
    if (this.#folder !== undefined) {
      await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  get #isRunning() {
    return this.#java?.pid !== undefined && this.#java.exitCode === null && this.#java.signalCode === null;
  }

  /** A server that is stopped leaves its running jobs behind; they are in its process group. */
  #killGroup() {
    if (this.#java?.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.#java.pid, 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  }

  async #configure(port) {
    const conf = join(this.#folder, 'conf');
    await mkdir(conf);
    await mkdir(join(this.#folder, 'war'));
    await copyFile(join(this.#home, 'conf', 'log4j2.properties'), join(conf, 'log4j2.properties'));
    await writeFile(join(conf, 'gravitino.conf'), settings(this.#folder, port, this.#maxRunningJobs));
    if (this.#isPlain) {
      this.#home = await plainHome(this.#home, join(this.#folder, 'home'));
    }
  }

  /** In a process group of its own: a Ctrl-C meant for us would otherwise end it before its jobs are cancelled. */
  async #launch() {
    const console = await open(join(this.#folder, 'console.log'), 'w');
    if (this.#isStopped) {
      throw new Error('The server was stopped before it started.');
    }
    this.#java = spawn(javaCommand(), javaArguments(this.#home, this.#folder), {
      cwd: this.#folder,
      env: await environment(this.#home, this.#folder),
      stdio: ['ignore', console.fd, console.fd],
      detached: true,
    });
    try {
      await once(this.#java, 'spawn');
    } catch (error) {
      throw new Error(`No Java could be started (${error.message}): install Java 17, or set JAVA_HOME.`);
    } finally {
      await console.close();
    }
  }

  async #waitFor(url) {
    const deadline = Date.now() + START_SECONDS * 1000;
    while (this.#isRunning && Date.now() < deadline) {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      if (response?.ok) {
        return;
      }
      await pause(250);
    }
    const what = this.#isRunning
      ? `did not answer within ${START_SECONDS} seconds`
      : 'ended while it started';
    throw new Error(`The server ${what}. Its log ends:\n${await this.#logEnd()}`);
  }

  async #logEnd() {
    const files = ['console.log', join('logs', 'gravitino-server.log')];
    const texts = await Promise.all(
      files.map((file) => readFile(join(this.#folder, file), 'utf8').catch(() => '')),
    );
    return texts.join('').trimEnd().split('\n').slice(-30).join('\n');
  }
}

function javaCommand() {
  return process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
}

function javaArguments(home, folder) {
  const conf = join(folder, 'conf');
  return [
    '-Xmx256m',
    `-Dlog4j2.configurationFile=${pathToFileURL(join(conf, 'log4j2.properties')).href}`,
    `-Dgravitino.log.path=${join(folder, 'logs')}`,
    '-Dgravitino.server.name=gravitino-server',
    '-cp',
    [join(home, 'libs', '*'), conf].join(delimiter),
    'org.apache.gravitino.server.GravitinoServer',
  ];
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
