import { expect, test } from '@jest/globals';
import type { Report } from '../../src/contract/verdict.ts';
import { formatReport } from '../../src/report/console.ts';
import { reportToJson } from '../../src/report/json.ts';
import { reportToJunit } from '../../src/report/junit.ts';
import { credentialsAmong, redactReport } from '../../src/report/redact.ts';
import { finding, report } from './sample.ts';

const FORMATS: readonly (readonly [name: string, format: (report: Report) => string])[] = [
  ['console', (each) => formatReport(each, { colour: true, strict: false })],
  ['json', reportToJson],
  ['junit', (each) => reportToJunit(each, { strict: false })],
];

test.each(FORMATS)('the %s report shows no secret, wherever the target repeats one', (_, format) => {
  const headers = [
    ['Authorization', 'Bearer hunter2-token'],
    ['Cookie', 'session=0123456789abcdef; theme=x'],
    ['X-Tenant', 'acme "5'],
    ['X-Short', '0123'],
  ] as const;
  const leak =
    'Bearer hunter2-token, hunter2-token, 0123456789abcdef, acme "5, acme \\"5, acme%20%225, ' +
    'https://joe:letmein@host/, "Set-Cookie": "sid=s3cr\\"3tt", "x": 1, cookie: id=tasty\n' +
    'Proxy-Authorization: Digest username="joe", response="am9lOg"';
  const text = format(redactReport(everywhere(leak), headers));
  expect(text).not.toMatch(/hunter2|456789abcdef|acme|joe|letmein|am9lOg|s3cr|3tt|tasty/);
  expect(text).toContain('[redacted]');
});

test('the name of a header and its placeholder stay readable', () => {
  const curl = "curl -i -H 'Authorization: $HEADER_1' -H 'Cookie: a=b' 'http://u:p@127.0.0.1/api'";
  expect(redactedCurl(curl, [['Authorization', 'Bearer hunter2-token']])).toBe(
    "curl -i -H 'Authorization: $HEADER_1' -H 'Cookie: [redacted]' 'http://127.0.0.1/api'",
  );
});

test('a secret in the quotes of a shell is found', () => {
  expect(redactedCurl("curl -H 'X-Note: it'\\''s me'", [['X-Note', "it's me"]])).toBe(
    "curl -H 'X-Note: [redacted]'",
  );
});

test('what is no secret stays: harmless headers, short values, addresses without userinfo', () => {
  const curl = "curl -H 'Accept: application/json' 'http://127.0.0.1:8090/a?at=@b' # 10 jobs";
  const headers = [
    ['Accept', 'application/json'],
    ['X-Page', '10'],
    ['X-Odd', 'odd \ud800'],
  ] as const;
  expect(redactedCurl(curl, headers)).toBe(curl);
});

test('a report without secrets is unchanged', () => {
  expect(redactReport(report(), [['Authorization', 'Bearer hunter2-token']])).toEqual(report());
});

test('credentials among recorded headers are told by their names', () => {
  expect(
    credentialsAmong([
      ['Host', 'a'],
      ['Accept', '*/*'],
      ['authorization', 'b'],
      ['Cookie', 'c'],
      ['X-Api-Key', 'd'],
      ['X-CSRF-Token', 'e'],
      ['sec-fetch-mode', 'cors'],
    ]),
  ).toEqual([
    ['authorization', 'b'],
    ['Cookie', 'c'],
    ['X-Api-Key', 'd'],
    ['X-CSRF-Token', 'e'],
  ]);
});

function redactedCurl(curl: string, headers: Parameters<typeof redactReport>[1]): string | undefined {
  return redactReport(report({ findings: [finding({ curl })] }), headers).findings[0]?.curl;
}

function everywhere(text: string): Report {
  return report({
    reason: text,
    target: text,
    description: text,
    findings: [finding({ message: text, expected: text, actual: text, pointer: text, curl: text })],
    untested: [{ check: 'framing', reason: text }],
    notes: [text],
  });
}
