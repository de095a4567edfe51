import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { HeaderLine } from '../../src/contract/exchange.ts';
import { hideSecrets } from '../../src/report/secrets.ts';
import { folderWith, runIn } from '../cli/run.ts';
import { serveRaw } from '../servers/listen.ts';

function hidden(text: string, ...headers: readonly HeaderLine[]): string {
  return hideSecrets(headers)(text).replaceAll('[redacted]', '*');
}

test('a value is found however it is written', () => {
  const secret = ['X-Key', `ü"/\\'<& %`] as const;
  const spellings = [
    secret[1],
    JSON.stringify(secret[1]).slice(1, -1),
    '\\u00fc\\u0022\\/\\u005c\\u0027\\u003c\\u0026\\u0020\\u0025',
    encodeURIComponent(secret[1]),
    encodeURIComponent(secret[1]).toLowerCase(),
    encodeURIComponent(encodeURIComponent(secret[1])),
    new URLSearchParams([['', secret[1]]]).toString().slice(1),
    '&#252;&quot;/\\&apos;&lt;&amp; %',
    `&#xFC;&#34;&#x2F;&#92;&#039;&#60;&#x26;&#32;&#37;`,
    secret[1].replaceAll("'", `'\\''`),
    '\\303\\274"/\\\\\\047<& %%',
  ];
  expect(spellings.map((each) => hidden(`(${each})`, secret))).toEqual(spellings.map(() => '(*)'));
});

test('a token, the words of a value, the values of cookies and what Basic credentials hold are secrets of their own', () => {
  expect(hidden('Bearer, t0k3n', ['Authorization', 'Bearer t0k3n'])).toBe('Bearer, *');
  expect(hidden('a=d4rk; 12345678', ['Cookie', 'a=d4rk; id="12345678"'])).toBe('a=*; *');
  const basic = ['Authorization', `basic ${Buffer.from('ada:pa:ss').toString('base64')}`] as const;
  expect(hidden('ada:pa:ss, pa:ss, YWRhOnBhOnNz, ada', basic)).toBe('*, *, *, ada');
});

test('the longest secret is found first', () => {
  expect(hidden('secret-of-mine secret', ['X-A', 'secret'], ['X-B', 'secret-of-mine'])).toBe('* *');
});

test('harmless headers, short values and words that any answer has are no secrets', () => {
  const text = 'application/json 123 true https';
  const headers = [
    ['Accept', 'application/json'],
    ['X-Page', '123'],
    ['X-Debug', 'true'],
    ['X-Scheme', 'https'],
    ['X-Odd', '\\\\\\\\\\'],
  ] as const;
  expect(hidden(text, ...headers)).toBe(text);
});

test('what a cut has left of a secret is hidden, too', () => {
  const key = ['X-Key', 'abcdefghij'] as const;
  expect(hidden('"x abcdef…, "y abcd%65f"… and xabcdefg\n… (9 more)', key)).toBe(
    '"x *…, "y *"… and x*\n… (9 more)',
  );
  expect(hidden('… (7 characters before)\nghij x', key)).toBe('… (7 characters before)\n* x');
  expect(hidden('abcdef abc… (3 characters before)\nhij', key)).toBe(
    'abcdef abc… (3 characters before)\nhij',
  );
});

test('what touches another stays hidden, and all else stays as it was written', () => {
  const headers = [
    ['X-A', 'abcdefgh'],
    ['X-B', 'ghijklmn'],
  ] as const;
  expect(hidden('%41 \\"abcdefghijklmn\\" ü…%', ...headers)).toBe('%41 \\"*\\" ü…%');
});

test('long secrets and long texts take no time', () => {
  const token = 'eyJhbGciOi.'.repeat(700);
  const text = `${'x%20"\\'.repeat(20_000)}${token}${token.slice(0, 5000)}…`;
  const start = performance.now();
  expect(hidden(text, ['Authorization', `Bearer ${token}`])).toMatch(/x%20"\\\*…$/);
  expect(performance.now() - start).toBeLessThan(5000);
});

/** Answers with all that it was sent, in many spellings, in a cookie and in a body that breaks several rules. */
function echo(head: string): string {
  const sent = head.split('\r\n').slice(1);
  const [, basic = ''] = /^authorization: basic (.*)$/im.exec(head) ?? [];
  const decoded = Buffer.from(basic, 'base64').toString();
  const echoes = [...sent, decoded, decoded.replace(/^.*?:/, '')].flatMap((line) => [
    line,
    encodeURIComponent(line),
    `/srv/app/${line}`,
  ]);
  const body = JSON.stringify({ code: decoded, jobs: echoes, token: sent });
  const cookies = sent.map(
    (line) => `Set-Cookie: session=${encodeURIComponent(line)}\r\nX-Echo: ${line}\r\n`,
  );
  return `HTTP/1.1 200 ${decoded}\r\nContent-Type: application/vnd.gravitino.v1+json\r\n${cookies.join('')}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

test('no report shows what a user gave, though the server repeats it wherever it can', async () => {
  const url = await serveRaw((socket, head) => socket.write(echo(head)));
  const folder = await folderWith();
  const files = ['json', 'junit', 'sarif', 'html', 'write-waivers'].map(
    (name) => [name, join(folder, name)] as const,
  );
  const { code, out, err } = await runIn(
    { annotate: true },
    ...['verify', url.replace('//', '//j0hanna:l3t%2Fmein@'), '--smoke', '--metalake', 'demo'],
    ...['--header', 'Cookie: theme=d4rk; id=9876543210', '--header', 'X-Api-Key: k3y "of" mine'],
    ...files.flatMap(([name, file]) => [`--${name}`, file]),
  );
  expect([code, err]).toEqual([1, '']);
  const reports = [out, ...files.map(([, file]) => readFileSync(file, 'utf8'))];
  for (const report of reports) {
    expect(report).not.toMatch(/l3t|mein|d4rk|98765|k3y|j0hanna:|ajBoYW5uYT/i);
    expect(report).toMatch(/redacted/);
  }
}, 20_000);
