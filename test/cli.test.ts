import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createMock } from '../src/index.ts';
import { packageFile } from '../src/package-files.ts';
import { run } from './cli/run.ts';

test('--help of the program and of each command shows examples, and exits 0', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, err: '' });
  for (const command of ['mock', 'verify', 'audit']) {
    const { code, out, err } = await run(command, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Examples:\n  jobs-kit ${command} `);
  }
});

test('--version is that of package.json', async () => {
  const { version } = JSON.parse(await readFile(packageFile('package.json'), 'utf8'));
  expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test.each([
  [['mock', '--prot', '1'], 'Did you mean --port?'],
  [['verfy', 'http://localhost'], 'Did you mean verify?'],
  [['verify', 'http://localhost', '--metalak', 'x'], 'Did you mean --metalake?'],
  [['mock', '--port', '70000'], 'Give a whole number from 0 to 65535.'],
  [['mock', '--jobs', '-1'], 'Give a whole number from 0 to 1000000.'],
  [['mock', '--now', 'yesterday'], 'Give a time such as 2026-01-31T12:00:00Z.'],
  [['mock', '--now', '2026-02-30T00:00:00Z'], 'Give a time such as'],
  [['mock', '--cors', 'http://a.example/page'], 'Give an origin such as'],
  [['mock', '--clock', 'sun'], 'Allowed choices are real, manual.'],
  [['mock', '--speed', '0'], 'Give a number above 0, at most 1000000.'],
  [['mock', '--state', 'package.json'], 'package.json:1: '],
  [['mock', '--log', 'xml'], 'Allowed choices are text, json, off.'],
  [['mock', '--scenario', 'nope'], 'no scenario is named "nope". Use one of busy, closed, default,'],
  [['mock', '--scenario', './nope.yaml'], 'no such file'],
  [['mock', '--description', 'nope.yaml'], 'cannot read nope.yaml: no such file.'],
  [['verify', 'localhost:8090'], 'Give a URL such as http://localhost:8090.'],
  [['verify', 'http://localhost', '--header', 'no colon'], "Give it as 'Name: value'."],
  [['verify', 'http://localhost', '--timeout', '0'], 'Give a number of seconds from 0.1 to 86400.'],
  [
    ['verify'],
    'there is nothing to judge. Give either the URL of a server, or --har FILE, or --exchanges FILE.',
  ],
  [['verify', 'http://localhost', '--har', 'x.har'], 'http://localhost and --har exclude each other'],
  [['verify', '--har', 'x.har', '--smoke'], "'--smoke' cannot be used with option '--har <file>'"],
  [['verify', '--exchanges', 'x', '--header', 'A: b'], "cannot be used with option '--exchanges <file>'"],
  [['verify', 'http://localhost', '--rule', 'vari=off'], 'no rule is called "vari". Did you mean "vary"?'],
  [['verify', '--har', 'examples/recorded.har', '--rule', 'vari=off'], 'Did you mean "vary"?'],
  [['verify', 'http://localhost', '--param', 'jobTemplate=x'], 'Did you mean "jobTemplateName"?'],
  [['verify', 'http://localhost', '--ca', 'nope.pem'], 'cannot read nope.pem: no such file.'],
  [
    ['verify', 'http://localhost', '--ca', 'package.json'],
    'package.json holds no certificate. Give a PEM file',
  ],
  [['verify', 'http://localhost', '--config', 'nope.yaml'], 'cannot read nope.yaml: no such file.'],
  [['verify', '--har', 'nope.har'], 'nope.har'],
])('%j is a mistake of the user: exit 2, and a sentence that says what to do', async (argv, words) => {
  const { code, out, err } = await run(...argv);
  expect(code).toBe(2);
  expect(err).toContain(words);
  expect(err).not.toMatch(/\n\s+at /);
  expect(out).toBe('');
});

test('a broken description ends both commands with exit 2 and its line', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'jobs-kit-')), 'broken.yaml');
  await writeFile(file, (await readFile(packageFile('spec/openapi.yaml'), 'utf8')).replace('5XX:', '5xx:'));
  for (const argv of [['mock'], ['verify', 'http://127.0.0.1:1']]) {
    const { code, err } = await run(...argv, '--description', file);
    expect(code).toBe(2);
    expect(err).toMatch(/broken\.yaml:\d+: no status ever matches the response key "5xx"\. Write 5XX/);
  }
});

test('arguments are checked before the description, and the description before the network', async () => {
  expect(
    (await run('verify', 'http://127.0.0.1:1', '--wait', 'x', '--description', 'nope.yaml')).err,
  ).toContain('--wait');
  expect((await run('verify', 'http://127.0.0.1:1', '--description', 'nope.yaml')).err).toContain(
    'nope.yaml',
  );
});

test('a port in use is one sentence with the next step', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const { code, err } = await run('mock', '--port', port);
  other.close();
  expect(code).toBe(2);
  expect(err).toBe(
    `jobs-kit: port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another with --port (0 takes any free one).\n`,
  );
});

test('verify judges a server, writes its reports, and its exit code is the verdict', async () => {
  const mock = await createMock({ scenario: 'closed' });
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  const [json, junit] = [join(folder, 'report.json'), join(folder, 'report.xml')];
  const names = ['demo', 'other', 'empty'].flatMap((name) => ['--metalake', name]);
  const { code, out } = await run('verify', mock.url, ...names, '--json', json, '--junit', junit);
  const absent = await run('verify', mock.url, '--metalake', 'missing');
  const nowhere = await run(
    'verify',
    mock.url,
    '--description',
    packageFile('spec/openapi.yaml'),
    '--json',
    '/nope/r.json',
  );
  await mock.close();
  expect(out).toContain('CONFORMS: 0 errors, 0 warnings');
  expect(code).toBe(0);
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ verdict: 'conforms', findings: [] });
  expect(await readFile(junit, 'utf8')).toContain('<testsuites');
  expect(absent.code).toBe(1);
  expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('cannot write /nope/r.json') });
});

test('nothing that listens is no verdict: exit 3', async () => {
  const { code, out } = await run('verify', 'http://127.0.0.1:1');
  expect(code).toBe(3);
  expect(out).toContain('nothing listens there');
});

test('with --strict a warning fails the run', async () => {
  const mock = await createMock();
  const [lenient, strict] = [await run('verify', mock.url), await run('verify', mock.url, '--strict')];
  await mock.close();
  expect(lenient.out).toContain('0 errors, 1 warning');
  expect([lenient.code, strict.code]).toEqual([0, 1]);
});

test('a --header value appears in no report', async () => {
  const server = createServer((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 500 Oops\r\n\r\ntop-secret')),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const json = join(await mkdtemp(join(tmpdir(), 'jobs-kit-')), 'report.json');
  const url = `http://user:pass-word@127.0.0.1:${port}`;
  const { code, out } = await run('verify', url, '--header', 'X-Key: top-secret', '--json', json);
  server.close();
  expect(code).toBe(1);
  for (const text of [out, await readFile(json, 'utf8')]) {
    expect(text).toContain('$HEADER_1');
    expect(text).not.toContain('top-secret');
    expect(text).not.toContain('pass-word');
  }
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s lets the mock finish its running answer, and exits 0',
  async (signal) => {
    const { url, process: mock } = await spawnMock('--log', 'off');
    const answer = fetch(`${url}/api/metalakes/demo/jobs/runs`, { headers: { prefer: 'wait=1' } });
    await new Promise((resolve) => setTimeout(resolve, 400));
    mock.kill(signal);
    expect((await answer).status).toBe(200);
    expect(await once(mock, 'exit')).toEqual([0, null]);
  },
);

test('the start prints the URL, the world and three lines to try', async () => {
  const { text, process: mock } = await spawnMock();
  mock.kill();
  expect(text).toMatch(/^Mock of Gravitino's jobs API on http:\/\/127\.0\.0\.1:\d+\nWorld "default": /);
  expect(text.match(/^ {2}curl .*$/gm)).toHaveLength(3);
});

test('the start of a new server shows how to make something there', async () => {
  const { text, process: mock } = await spawnMock('--scenario', 'fresh', '--clock', 'manual', '--no-control');
  mock.kill();
  expect(text).toMatch(
    /^ {2}curl http:\S+\/api\/metalakes -H 'Content-Type: application\/json' -d '\{"name":"demo"\}'$/m,
  );
});

test('too old a Node is one sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  const older = join(folder, 'older.cjs');
  await writeFile(older, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });");
  const command = ['--require', older, packageFile('bin/jobs-kit.cjs'), '--version'];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'pipe'] });
  const [[chunk], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')]);
  expect(code).toBe(2);
  expect(String(chunk)).toBe(
    'jobs-kit needs Node 20.19 or newer; this is 20.18.3. Get a newer one from https://nodejs.org.\n',
  );
});

async function spawnMock(...argv: readonly string[]) {
  const command = [packageFile('bin/jobs-kit.cjs'), 'mock', '--port', '0', ...argv];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = await once(child.stdout, 'data');
  const text = String(chunk);
  return { process: child, text, url: /http:\S+/.exec(text)?.[0] ?? '' };
}
