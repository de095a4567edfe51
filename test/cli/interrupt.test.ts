import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/package-files.ts';
import { serve } from '../servers/listen.ts';
import { folderWith } from './run.ts';

const FORMS = ['json', 'junit', 'sarif', 'html', 'write-waivers'];

/** Runs `verify` as a process, on a server that fails so often and then signals instead of answering. */
async function interrupted(signal: NodeJS.Signals, failures: number, ...options: readonly string[]) {
  let count = 0;
  const url = await serve((_request, response) => {
    count += 1;
    if (count <= failures) {
      response.writeHead(500).end('oops');
    } else {
      verify.kill(signal);
    }
  });
  const argv = [packageFile('bin/jobs-kit.cjs'), 'verify', url, '--metalake', 'a', ...options];
  const verify = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  verify.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const [code] = await once(verify, 'close');
  return { code, out };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a run: what is known is told in every form, and the exit code is 130',
  async (signal) => {
    const folder = await folderWith();
    const files = FORMS.map((form) => join(folder, form));
    const { code, out } = await interrupted(
      signal,
      5,
      ...FORMS.flatMap((form) => [`--${form}`, join(folder, form)]),
    );
    expect(code).toBe(130);
    expect(out).toMatch(/^VIOLATES: /);
    expect(out).toContain('The run ended early: it was interrupted.');
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(texts.filter((text) => text.includes('server-error'))).toHaveLength(5);
  },
);

test('a run that is interrupted before the first answer has no verdict', async () => {
  const { code, out } = await interrupted('SIGINT', 0);
  expect(code).toBe(130);
  expect(out).toMatch(/^NO VERDICT: No request was answered: it was interrupted\./);
});
