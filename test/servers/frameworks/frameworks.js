/**
 * The frameworks, by the toolchain that makes their servers ready. Commands are run in a copy of the folder of that name.
 * @typedef {object} Toolchain
 * @property {string} folder
 * @property {string} needs what has to be installed on the machine
 * @property {readonly string[]} probe a command that succeeds where it is
 * @property {readonly (readonly string[])[]} preparation commands that install and compile
 * @property {readonly Framework[]} frameworks
 *
 * @typedef {object} Framework
 * @property {string} name
 * @property {readonly string[]} command what starts the server, on `PORT`, with the data of `JOBS_FILE` and the fault `FAULT`
 * @property {readonly string[]} warnings the rules that its conforming server keeps only in part, see docs/frameworks.md
 * @property {Readonly<Record<string, string>>} [faults] more faults, or another rule that finds one of those below
 */

/** What may be wrong with a server of any framework, and the rule that finds it. */
export const FAULTS = {
  'filter-ignored': 'filter',
  'empty-for-absent': 'absent-name',
  'own-404': 'media-type',
  'plain-json': 'media-type',
  'status-null': 'schema',
  'fails-on-quote': 'server-error',
};

/** A short start counts more than a fast run. */
const JVM = ['-XX:TieredStopAtLevel=1', '-cp', 'target/classes:target/dependency/*'];

/** @type {readonly Toolchain[]} */
export const TOOLCHAINS = [
  {
    folder: 'node',
    needs: 'npm',
    probe: ['npm', '--version'],
    preparation: [['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund']],
    frameworks: [
      { name: 'express', command: ['node', 'express.js'], warnings: [] },
      { name: 'fastify', command: ['node', 'fastify.js'], warnings: [] },
      { name: 'koa', command: ['node', 'koa.js'], warnings: [] },
      { name: 'hono', command: ['node', 'hono.js'], warnings: [] },
    ],
  },
  {
    folder: 'python',
    needs: 'python3 with venv',
    probe: ['python3', '-c', 'import ensurepip, venv'],
    preparation: [
      ['python3', '-m', 'venv', '.venv'],
      ['.venv/bin/python', '-m', 'pip', 'install', '--disable-pip-version-check', '-r', 'requirements.txt'],
    ],
    frameworks: [
      { name: 'flask', command: ['.venv/bin/python', 'flask_server.py'], warnings: ['host-field'] },
      { name: 'gunicorn', command: ['.venv/bin/gunicorn', 'flask_server:app'], warnings: ['host-field'] },
      {
        name: 'fastapi',
        command: ['.venv/bin/python', 'fastapi_server.py'],
        warnings: ['absolute-form', 'head'],
      },
    ],
  },
  {
    folder: 'go',
    needs: 'go',
    probe: ['go', 'version'],
    preparation: [['go', 'build', '-o', 'server', '.']],
    frameworks: [{ name: 'net/http', command: ['./server'], warnings: [] }],
  },
  {
    folder: 'java',
    needs: 'mvn',
    probe: ['mvn', '--version'],
    preparation: [['mvn', '-q', '-B', 'package', 'dependency:copy-dependencies']],
    frameworks: [
      {
        name: 'spring-boot',
        command: ['java', ...JVM, 'jobs.SpringServer'],
        warnings: ['accept-json'],
        faults: { 'own-404': 'json-syntax', uploads: 'server-error' },
      },
      {
        name: 'jersey',
        command: ['java', ...JVM, 'jobs.JerseyServer'],
        warnings: ['accept-json', 'head-differs'],
        faults: { 'own-404': 'json-syntax', grizzly: 'server-error' },
      },
    ],
  },
  {
    folder: 'rust',
    needs: 'cargo',
    probe: ['cargo', '--version'],
    preparation: [['cargo', 'build', '--quiet', '--target-dir', 'target']],
    frameworks: [
      {
        name: 'axum',
        command: ['target/debug/axum'],
        warnings: ['host-field'],
        faults: { 'own-404': 'json-syntax' },
      },
      { name: 'actix', command: ['target/debug/actix'], warnings: ['head'] },
    ],
  },
];
