import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files of `src/` that are read as they are. */
const ASSETS = ['report/html/page.css', 'report/html/page.js'];

/**
 * Compiles `src/` to `dist/`: ES modules, and the one CommonJS entry below `dist/cjs/`; the assets are copied.
 * Type errors are printed; the files are written all the same. Nothing is done where `DIST_IS_BUILT` says that it was done:
 * a test must not rewrite what others run.
 * @returns {boolean} whether there were no type errors
 */
export function build() {
  if (process.env['DIST_IS_BUILT'] !== undefined) {
    return true;
  }
  const fine = [compile('tsconfig.build.json'), compile('tsconfig.cjs.json')];
  mkdirSync(join(root, 'dist/cjs'), { recursive: true });
  writeFileSync(join(root, 'dist/cjs/package.json'), '{ "type": "commonjs" }\n');
  for (const asset of ASSETS) {
    copyFileSync(join(root, 'src', asset), join(root, 'dist', asset));
  }
  return fine.every(Boolean);
}

/** @param {string} project */
function compile(project) {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(manifest), 'bin', 'tsc');
  // Standard output belongs to the command that compiles first.
  const stdio = /** @type {const} */ (['ignore', process.stderr, 'inherit']);
  return spawnSync(process.execPath, [tsc, '-p', join(root, project)], { stdio }).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = build() ? 0 : 1;
}
