import { existsSync, readFileSync } from 'node:fs';

/**
 * The differences that a table of Markdown names: `| releases | exchanges | what differs | why |`. A release is one, or `all`;
 * an exchange is an id, in which `*` stands for any text.
 */
export function readNamed(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  return rows
    .filter(([start, releases]) => start === '' && /^(all|main|\d)/.test(releases ?? ''))
    .map(toNamed);
}

function toNamed([, releases, pattern]) {
  const matchers = pattern
    .split(/,\s*/)
    .map((each) => new RegExp(`^${each.split('*').map(escaped).join('.*')}$`));
  const matches = (id) => matchers.some((each) => each.test(id));
  const release = (name) => releases === 'all' || releases.split(/,\s*/).includes(name);
  return {
    pattern,
    release,
    among: (ids) => [...ids].some(matches),
    covers: (name, id) => release(name) && matches(id),
  };
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
