import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const START_SECONDS = 120;
const STOP_SECONDS = 10;

/**
 * A Gravitino server booted from an unpacked release. Everything that it writes is in a folder of its own below the
 * system's temporary folder, on a port of its own, and gone after `stop`.
 */
export class LocalServer {
  #home;
  #folder;
  #java;
  #isStopped = false;

  /** @param {string} home the release's folder: `libs/`, `conf/`, `scripts/`, `bin/` */
  constructor(home) {
    this.#home = resolve(home);
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
    await writeFile(join(conf, 'gravitino.conf'), settings(this.#folder, port));
  }

  /** In a process group of its own: a Ctrl-C meant for us would otherwise end it before its jobs are cancelled. */
  async #launch() {
    const console = await open(join(this.#folder, 'console.log'), 'w');
    if (this.#isStopped) {
      throw new Error('The server was stopped before it started.');
    }
    this.#java = spawn(javaCommand(), javaArguments(this.#home, this.#folder), {
      cwd: this.#folder,
      env: environment(this.#home, this.#folder),
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

/** What is wrong with a release's folder, in a sentence; undefined where it looks like one. */
export function problemOfHome(home) {
  const missing = ['libs', join('conf', 'log4j2.properties'), join('scripts', 'h2')].find(
    (name) => !existsSync(join(home, name)),
  );
  return (
    missing && `GRAVITINO_HOME is not the folder of an unpacked release: there is no ${join(home, missing)}.`
  );
}

/** A quick and private server: its own database, jobs refreshed each second, several at once. */
function settings(folder, port) {
  return `gravitino.server.webserver.host = 127.0.0.1
gravitino.server.webserver.httpPort = ${port}
gravitino.server.shutdown.timeout = 100
gravitino.entity.store.relational.jdbcUrl = jdbc:h2:file:${folder}/db;DB_CLOSE_DELAY=-1;MODE=MYSQL;AUTO_SERVER=FALSE
gravitino.stats.partition.storageFactoryClass = org.apache.gravitino.stats.storage.MemoryPartitionStatsStorageFactory
gravitino.job.stagingDir = ${folder}/staging
gravitino.job.statusPullIntervalInMs = 1000
gravitino.jobExecutor.local.maxRunningJobs = 4
`;
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

/** An empty folder for the web UI, which is not wanted; and nothing that would switch the server to its test mode. */
function environment(home, folder) {
  const { GRAVITINO_TEST: _, ...rest } = process.env;
  return {
    ...rest,
    GRAVITINO_HOME: home,
    GRAVITINO_CONF_DIR: join(folder, 'conf'),
    GRAVITINO_WAR: join(folder, 'war'),
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
