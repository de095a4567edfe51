import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isObject } from './json.ts';

/** The absolute path of a file that the package ships, such as `spec/openapi.yaml`; the same from `src/` and from `dist/`. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** The version in package.json. */
export function packageVersion(): string {
  return manifest('version');
}

/** Where anybody can read a file of this version of the package, such as `docs/rules.md`. */
export function documentUrl(path: string): string {
  return `https://unpkg.com/${manifest('name')}@${manifest('version')}/${path}`;
}

function manifest(member: string): string {
  const content: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  return isObject(content) ? String(content[member]) : 'unknown';
}
