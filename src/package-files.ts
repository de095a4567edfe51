import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isObject } from './json.ts';

/** The absolute path of a file that the package ships, such as `spec/openapi.yaml`; the same from `src/` and from `dist/`. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** The version in package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  return isObject(manifest) ? String(manifest['version']) : 'unknown';
}
