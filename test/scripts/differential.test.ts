import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/test-differential.js', import.meta.url));

const SEQUENCE = new URL('../../scripts/differential/generated/sequence.js', import.meta.url).href;

/** Each run compiles, and starts a mock. */
jest.setTimeout(120_000);

const SERVER = ['Server', 'Jetty(9.4.58.v20250814)'];

function line(id: string, path: string, status: number, reason: string, body: string): string {
  const headers = [
    ['Date', 'Sat, 31 Jan 2026 12:00:00 GMT'],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
    SERVER,
  ];
  const accept = [
    ['Host', '127.0.0.1:1'],
    ['Accept', 'application/vnd.gravitino.v1+json'],
  ];
  return JSON.stringify({
    id,
    request: { method: 'GET', path, version: 'HTTP/1.1', headers: accept, body: null },
    response: { http_version: 'HTTP/1.1', status, reason, headers, body },
  });
}

async function compare(...lines: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  await writeFile(join(folder, '1.3.0.jsonl'), lines.join('\n'));
  const { stdout, status } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  return { stdout, status };
}

test('equal answers pass, and each that differs is told in a line', async () => {
  const empty = line('ml.list', '/api/metalakes', 200, 'OK', '{"code":0,"metalakes":[]}');
  const wrong = line('ml.wrong', '/api/metalakes', 200, 'Fine', '{"code":0,"metalakes":[{}]}');
  const same = await compare(empty);
  expect(same.stdout).toBe(
    '1.3.0: 1 of 1 equal, 0 differ as docs/differences.md says, 0 otherwise\n\n1 passed, 0 failed\n',
  );
  expect(same.status).toBe(0);
  const other = await compare(empty, wrong);
  expect(other.stdout).toContain('FAIL  ml.wrong: HTTP/1.1 200 OK, not HTTP/1.1 200 Fine; headers with');
  expect(other.stdout).toContain('1 passed, 1 failed');
  expect(other.status).toBe(1);
});

test('what is named as different must differ', async () => {
  const healed = line('metrics', '/api/metalakes', 200, 'OK', '{"code":0,"metalakes":[]}');
  const { stdout, status } = await compare(healed);
  expect(stdout).toContain(
    'FAIL  metrics, prometheus-metrics is named in docs/differences.md, but does not differ any more',
  );
  expect(status).toBe(1);
});

test('a generated sequence is the same for a seed, and another for another', async () => {
  const { sequence } = await import(SEQUENCE);
  const once = sequence(300, 7);
  expect(sequence(300, 7)).toEqual(once);
  expect(sequence(300, 8)).not.toEqual(once);
  const kinds = new Set(once.map(({ id }: { id: string }) => id.replace(/\..*/, '')));
  expect([...kinds].sort()).toEqual(['life', 'request', 'scene', 'size', 'wire']);
});

test('what is generated is sent to a server, and its answers are compared with those of the mock', async () => {
  const { createMock } = await import('../../src/create-mock.ts');
  const scenario = fileURLToPath(new URL('../../scripts/differential/world.yaml', import.meta.url));
  const double = await createMock({ scenario, dialect: 'gravitino-1.3', seed: 2 });
  const env = { ...process.env, GRAVITINO_URL: double.url };
  try {
    const stdout = await new Promise<string>((resolve) => {
      execFile(process.execPath, [SCRIPT, '--generated', '60', '--seed', '3'], { env }, (_, out) =>
        resolve(out),
      );
    });
    expect(stdout).toMatch(/^1\.3\.0: 60 of 60 equal/);
  } finally {
    await double.close();
  }
});

test('without a server nothing is generated', () => {
  const { GRAVITINO_URL: _url, GRAVITINO_HOME: _home, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, '--generated', '9'], {
    encoding: 'utf8',
    env,
  });
  expect(stderr).toContain('Set GRAVITINO_URL or GRAVITINO_HOME.');
  expect(status).toBe(2);
});
