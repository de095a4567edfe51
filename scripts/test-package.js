import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

/**
 * Packs the package, installs the tarball in an empty project, and uses it there as its users do: the command, ES modules in
 * node:test, jest and vitest, CommonJS in jest's default mode, and the types.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const consumers = join(root, 'test/package');
const outcomes = [];

build();
const project = mkdtempSync(join(tmpdir(), 'jobs-kit-package-'));
try {
  install();
  check('the command runs', ['npx', '--no-install', 'jobs-kit', '--version']);
  check('the command has its long name too', ['npx', '--no-install', 'gravitino-jobs-kit', 'mock', '--help']);
  check('createMock and startMock in node:test', [process.execPath, '--test', 'esm.test.mjs']);
  check('createMock in jest with ES modules', jest('esm-jest', '--experimental-vm-modules'));
  check('startMock in jest as it comes', jest('cjs-jest'));
  check('createMock in vitest', ['npx', '--no-install', 'vitest', 'run', '--dir', 'vitest']);
  check('the types fit ES modules and CommonJS', ['npx', '--no-install', 'tsc', '-p', 'tsconfig.json']);
  check('publint finds nothing wrong', ['npx', '--no-install', 'publint', root]);
} finally {
  rmSync(project, { recursive: true, force: true });
}
const passed = outcomes.filter(Boolean).length;
console.log(`${passed} passed, ${outcomes.length - passed} failed`);
process.exitCode = passed === outcomes.length ? 0 : 1;

function install() {
  run(['npm', 'pack', '--pack-destination', project], root);
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz'));
  cpSync(consumers, project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const tools = ['jest@30.5.2', 'vitest@3', 'typescript@7.0.2', '@types/node@20', 'publint@0.3.25'];
  const { status, stderr } = run(['npm', 'install', '--ignore-scripts', `./${tarball}`, ...tools], project);
  if (status !== 0) {
    console.error(`The tarball cannot be installed:\n${stderr}`);
    process.exit(1);
  }
}

/** Runs jest in one of the consumer's folders. */
function jest(folder, ...nodeOptions) {
  const config = JSON.stringify({ rootDir: folder, testEnvironment: 'node', transform: {} });
  return [process.execPath, ...nodeOptions, 'node_modules/jest/bin/jest.js', '--config', config];
}

function check(title, command) {
  const { status, stdout, stderr } = run(command, project);
  outcomes.push(status === 0);
  console.log(`${status === 0 ? 'ok' : 'NOT OK'}  ${title}${status === 0 ? '' : `\n${stdout}${stderr}`}`);
}

function run([file, ...rest], cwd) {
  // On Windows npm and npx are scripts, which only a shell starts.
  return spawnSync(file, rest, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32' && file !== process.execPath,
  });
}
