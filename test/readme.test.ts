import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createMock } from '../src/index.ts';
import { packageFile } from '../src/package-files.ts';

/** A command of the README, and what it shows of its output: `…` stands for anything. */
interface Shown {
  readonly command: string;
  readonly output: string;
}

const README = readFileSync(packageFile('README.md'), 'utf8');
const SHOWN = [...README.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
  shownIn(block),
);

test('the README shows what it is, the command and its output within 20 lines', () => {
  const top = README.split('\n').slice(0, 20).join('\n');
  expect(top).toContain('$ npx jobs-kit mock');
  expect(top).toContain('NoSuchMetalakeException');
  expect(top).toContain('CONFORMS');
});

test.each(SHOWN.filter(({ command }) => !/ mock\b/.test(command)))(
  'the README shows what it prints: $command',
  async ({ command, output }) => {
    const mock = await createMock();
    const printed = await outputOf(command, mock.url);
    await mock.close();
    expect(printed).toMatch(patternOf(output));
  },
);

test.each(SHOWN.filter(({ command }) => / mock\b/.test(command)))(
  'the README shows what it prints: $command',
  async ({ command, output }) => {
    const printed = await outputOf(`${command} --port 0`, 'http://127.0.0.1:8090', /Ctrl-C/);
    expect(printed.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:8090')).toMatch(patternOf(output));
  },
);

test('every file that the README links exists', () => {
  const links = [...README.matchAll(/\]\(((?!http)[^)]+)\)/g)].map(([, path = '']) => path);
  expect(links.filter((path) => !existsSync(packageFile(path)))).toEqual([]);
  expect(links.length).toBeGreaterThan(8);
});

test('every script that the README names exists', () => {
  const { scripts } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  const named = [...README.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

function shownIn(block: string): readonly Shown[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n').trim() };
    });
}

/** Runs a command as the README has it, on the mock of the test; where `until` is given, only until it is printed. */
function outputOf(command: string, url: string, until?: RegExp): Promise<string> {
  const line = command
    .replaceAll('http://localhost:8090', url)
    .replace(/^npx jobs-kit/, `"${process.execPath}" "${packageFile('bin/jobs-kit.cjs')}"`)
    .replaceAll('examples/', packageFile('examples/'));
  const [shell, flag] = process.platform === 'win32' ? ['cmd', '/c'] : ['sh', '-c'];
  return new Promise((resolve) => {
    const cwd = mkdtempSync(join(tmpdir(), 'jobs-kit-'));
    const child = execFile(shell, [flag, `exec ${line}`], { cwd }, (_error, stdout) => resolve(stdout));
    let printed = '';
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      if (until?.test(printed)) {
        child.kill();
      }
    });
  });
}

function patternOf(output: string): RegExp {
  const escaped = output.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\n?…\n?/g, '[\\s\\S]*');
  return new RegExp(`^${escaped}\\s*$`);
}
