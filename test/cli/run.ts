import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../../src/cli/io.ts';
import { runCommand } from '../../src/cli.ts';

/** Runs a command inside this process; gives its exit code and what it wrote. */
export function run(...argv: readonly string[]) {
  return runIn({}, ...argv);
}

/** The same in surroundings that are special in some way. */
export async function runIn(special: Partial<Surroundings>, ...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await runCommand(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    colour: false,
    errColumns: undefined,
    annotate: false,
    env: {},
    stop: new AbortController().signal,
    ...special,
  });
  return { code, out, err };
}

/** A new folder with these files in it; gives its path. */
export async function folderWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
  }
  return folder;
}
