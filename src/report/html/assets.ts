import { readFileSync } from 'node:fs';

/** How the page looks. */
export const STYLE = asset('page.css');

/** What it does. */
export const SCRIPT = asset('page.js');

/** A file beside this one, which the build copies to where this one is compiled to. */
function asset(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
