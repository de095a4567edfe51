import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import versions from './versions.json' with { type: 'json' };

/**
 * Installs the peers of versions.json into a folder: those of npm without their install scripts, Schemathesis into a
 * Python environment of its own. Specmatic's jar comes with its npm package and needs Java 17.
 * @param {string} folder outside this project, so that nothing here resolves to it
 */
export function install(folder) {
  const npm = join(folder, 'npm');
  mkdirSync(npm, { recursive: true });
  writeFileSync(join(npm, 'package.json'), JSON.stringify({ private: true, dependencies: versions.npm }));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], npm);
  run('python3', ['-m', 'venv', 'python'], folder);
  const packages = Object.entries(versions.python).map(([name, version]) => `${name}==${version}`);
  run(join(folder, 'python/bin/pip'), ['install', '--quiet', ...packages], folder);
}

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: 'inherit' });
}
