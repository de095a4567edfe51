import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Compiles `src/` to `dist/`: ES modules, and the one CommonJS entry below `dist/cjs/`. */
export function build() {
  compile('tsconfig.build.json');
  compile('tsconfig.cjs.json');
  mkdirSync(`${root}dist/cjs`, { recursive: true });
  writeFileSync(`${root}dist/cjs/package.json`, '{ "type": "commonjs" }\n');
}

function compile(project) {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(manifest), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', `${root}${project}`], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`tsc -p ${project} failed: correct the type errors above.`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build();
}
