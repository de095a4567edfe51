import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { curlOf } from '../../src/contract/curl.ts';
import type { HeaderLine, SentRequest } from '../../src/contract/exchange.ts';
import { createSender } from '../../src/contract/send.ts';
import { packageFile } from '../../src/package-files.ts';
import { recordBytes, runLine, testWith } from './shell.ts';

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

const GIVEN: readonly HeaderLine[] = [
  ['X-Key', `it's "5$`],
  ['X-Tenant', 'a%s\\b (c)'],
];

const request: SentRequest = {
  method: 'GET',
  target: '/a',
  origin: 'http://localhost:1',
  headers: GIVEN,
  common: [...GIVEN, ['Authorization', 'Basic dTpw']],
  body: undefined,
  irregular: true,
};

function lineOf(bytes: string, changes: Partial<SentRequest> = {}): string {
  return curlOf({ ...request, bytes: Buffer.from(bytes, 'latin1'), ...changes }, GIVEN);
}

test('what is not printable is written in octal, and what the shell or printf would read is quoted', () => {
  expect(lineOf("-\0\t\r\n \x7f\xff 100% it's \\n")).toBe(
    "printf '\\055\\000\\011\\r\\n \\177\\377 100%% it\\047s \\\\n' | nc localhost 1",
  );
});

test('secret headers are variables in each of several requests, whatever the letter case of their names', () => {
  const head =
    'GET / HTTP/1.1\r\nx-key:  it\'s "5$\r\nAuthorization: Basic dTpw\r\nX-Tenant: a%s\\b (c)\r\n\r\n';
  const format = 'GET / HTTP/1.1\\r\\nx-key:  %s\\r\\nAuthorization: %s\\r\\nX-Tenant: %s\\r\\n\\r\\n';
  expect(lineOf(`${head}${head}`)).toBe(
    `printf '${format}${format}' "$HEADER_1" "$AUTHORIZATION" "$HEADER_2" ` +
      '"$HEADER_1" "$AUTHORIZATION" "$HEADER_2" | nc localhost 1',
  );
});

test('the server is named by its host and port', () => {
  expect(lineOf('', { origin: 'http://[::1]' })).toBe("printf '' | nc ::1 80");
  expect(lineOf('', { origin: 'https://example.org' })).toBe(
    "printf '' | openssl s_client -quiet -connect example.org:443",
  );
  expect(lineOf('', { origin: 'https://[::1]:8' })).toBe(
    "printf '' | openssl s_client -quiet -connect [::1]:8",
  );
});

test('a recorded request is written from its fields, without its secrets', () => {
  const { common: _, irregular: __, ...recorded } = request;
  const headers = [
    ['Cookie', 'a=b'],
    ['Cookie', 'c=d'],
    ['X-Trace', 't'],
    ['Accept', '*/*'],
  ] as const;
  expect(curlOf({ ...recorded, target: '/a b', headers, body: 'x' }, [])).toBe(
    `printf 'GET /a b HTTP/1.1\\r\\nHost: localhost:1\\r\\nCookie: %s\\r\\nCookie: %s\\r\\nAccept: */*\\r\\n\\r\\nx' "$COOKIE" "$COOKIE" | nc localhost 1`,
  );
});

testWith(['bash'], 'the line sends every byte that the run has sent', async () => {
  const recorder = await recordBytes();
  expect(await repeated(recorder)).toHaveLength(256 + 2 * 74);
});

testWith(['bash', 'openssl'], 'the line sends every byte over TLS', async () => {
  const cert = readFileSync(packageFile('test/cli/cert.pem'), 'utf8');
  const key = readFileSync(packageFile('test/cli/key.pem'), 'utf8');
  const recorder = await recordBytes({ key, cert });
  expect(await repeated(recorder, cert)).toHaveLength(256 + 2 * 74);
});

/** Sends a request of all bytes, again by its line, and gives what came if it is the same. */
async function repeated(
  { origin, taken }: Awaited<ReturnType<typeof recordBytes>>,
  ca?: string,
): Promise<string> {
  const tls = ca === undefined ? {} : { tls: { ca } };
  const sender = createSender({ origin, headers: GIVEN, timeoutSeconds: 2, ...tls });
  const { request: sent } = await sender.send({
    id: 'a draft',
    method: 'GET',
    target: '/a',
    headers: [],
    raw: (headers) => Buffer.concat([head(headers), EVERY_BYTE, head(headers)]),
  });
  sender.close();
  const original = taken();
  const line = curlOf(sent, GIVEN);
  await runLine(line, { HEADER_1: GIVEN[0]?.[1] ?? '', HEADER_2: GIVEN[1]?.[1] ?? '' });
  expect(line).not.toMatch(/"5|\(c\)/);
  expect(taken()).toBe(original);
  return original;
}

function head(headers: readonly HeaderLine[]): Buffer {
  const secrets = headers.filter(([name]) => name !== 'Host').map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET /a HTTP/1.1\r\nHost: localhost\r\n${secrets.join('')}\r\n`);
}
