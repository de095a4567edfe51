import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Installing takes no longer than this, in milliseconds. */
const PATIENCE = 600_000;

/** Why no Python client can be installed on this machine, in a sentence; undefined where one can. */
export function problemOfPython() {
  const probe = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))';
  return spawnSync('python3', ['-c', probe], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'there is no python3 from 3.10 on with its modules venv and ensurepip (on Debian and Ubuntu: apt-get install python3-venv)';
}

/** One release of the official Python client, unmodified, in a virtual environment of its own. */
export class PythonClient {
  /** @param {string} version such as 1.3.0: there must be a list of requirements for it */
  constructor(version, scratch) {
    this.version = version;
    this.name = `The Python client ${version}`;
    this.folder = join(scratch, `python-client-${version}`);
  }

  /**
   * Installs it from PyPI.
   * @returns {string | undefined} why that could not be done
   */
  install() {
    const python = this.#python;
    // Its file systems for clouds, hundreds of megabytes, have nothing to do with jobs: they are not in the list.
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    const commands = [
      ['python3', '-m', 'venv', this.folder],
      [python, ...pip, '-r', join(FOLDER, `requirements-${this.version}.txt`)],
    ];
    for (const [command, ...args] of commands) {
      const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: PATIENCE });
      if (status !== 0) {
        return `it could not be installed from PyPI: ${stderr.trim().split('\n').at(-1)}`;
      }
    }
    return undefined;
  }

  /**
   * Walks through the jobs API of a server.
   * @param {import('../checks.js').Checks} checks
   * @param {{ url: string, seconds: number, documented: boolean }} server how to reach it, how long its jobs may take to
   * end, and whether it is true to the documentation rather than to a release
   * @returns {Promise<boolean[]>} of each check, whether it passed
   */
  async test(checks, server) {
    const passed = [];
    for await (const { name, outcome, detail } of this.#walk(server)) {
      passed.push(await checks.check(name, () => assert.equal(outcome, 'passed', detail)));
    }
    return passed;
  }

  async *#walk({ url, seconds, documented }) {
    const args = [join(FOLDER, 'walk'), url, String(seconds), ...(documented ? ['--documented'] : [])];
    const child = spawn(this.#python, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      yield JSON.parse(line);
    }
    const [exitCode] = await ended;
    const outcome = exitCode === 0 ? 'passed' : 'failed';
    yield { name: 'the walk comes to its end', outcome, detail: `exit code ${exitCode}` };
  }

  get #python() {
    return join(this.folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  }
}
