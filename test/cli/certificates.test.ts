import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMock, type Mock } from '../../src/index.ts';
import { packageFile } from '../../src/package-files.ts';
import { folderWith, run } from './run.ts';

// Signed by itself for localhost and 127.0.0.1, valid from 2020 to 2119: a certificate that was made for each run would
// need a library for that alone, or a program that is not on every machine. The key guards nothing.
const CERTIFICATE = packageFile('test/cli/cert.pem');
const KEY = packageFile('test/cli/key.pem');

const NOT_CHECKED = 'The certificate of the server was not checked.';

/** A mock behind a server that speaks TLS. */
let mock: Mock;
const front = createServer({ key: readFileSync(KEY), cert: readFileSync(CERTIFICATE) }, (socket) => {
  const back = connect(Number(new URL(mock.url).port), '127.0.0.1');
  socket.on('error', () => back.destroy()).on('close', () => back.destroy());
  back.on('error', () => socket.destroy());
  socket.pipe(back).pipe(socket);
});

beforeAll(async () => {
  mock = await createMock({ scenario: 'closed' });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  front.close();
  await mock.close();
});

function verify(...options: readonly string[]) {
  const { port } = front.address() as AddressInfo;
  const names = ['--metalake', 'demo', '--metalake', 'other'];
  return run('verify', `https://127.0.0.1:${port}`, '--smoke', ...names, ...options);
}

test('a certificate that nobody vouches for allows no verdict, and the reason names the ways out', async () => {
  const before = mock.requests.length;
  const { code, out } = await verify('--wait', '60');
  expect(code).toBe(3);
  expect(out).toMatch(
    /^NO VERDICT: No connection to https:\/\/127\.0\.0\.1:\d+: its certificate is not trusted: self-signed certificate/,
  );
  expect(out).toContain('with --ca FILE, or accept any with --insecure.');
  expect(out).toContain('judged       1 exchange ');
  expect(mock.requests.length).toBe(before);
});

test('--ca trusts who signed it', async () => {
  const { code, out } = await verify('--ca', CERTIFICATE);
  expect(out).toContain('CONFORMS: 0 errors, 0 warnings');
  expect(out).not.toContain(NOT_CHECKED);
  expect(code).toBe(0);
});

test('--insecure accepts any, and the report says so; over plain HTTP there is nothing to say', async () => {
  const { code, out } = await verify('--insecure');
  expect(out).toContain('CONFORMS: 0 errors, 0 warnings');
  expect(out).toContain(NOT_CHECKED);
  expect(code).toBe(0);
  const plain = await run('verify', mock.url, '--smoke', '--metalake', 'demo', '--insecure');
  expect(plain.out).not.toContain(NOT_CHECKED);
});

test('the curl lines trust whom the run trusts', async () => {
  expect((await verify('--metalake', 'missing', '--insecure')).out).toContain(' curl -i -k ');
  const { out } = await verify('--metalake', 'missing', '--ca', CERTIFICATE);
  expect(out).toContain(' curl -i --cacert "$CA" ');
});

test.each([
  ['an empty file', '', 'holds no certificate'],
  ['a key', readFileSync(KEY, 'utf8'), 'holds no certificate'],
  [
    'half a certificate',
    `${readFileSync(CERTIFICATE, 'utf8').slice(0, 200)}\n-----END CERTIFICATE-----`,
    'holds a broken certificate',
  ],
])('--ca with %s is a mistake: exit 2', async (_, text, words) => {
  const file = join(await folderWith({ 'ca.pem': text }), 'ca.pem');
  const { code, err } = await verify('--ca', file);
  expect(code).toBe(2);
  expect(err).toContain(`${file} ${words}. Give a PEM file with "-----BEGIN CERTIFICATE-----" in it.`);
});
