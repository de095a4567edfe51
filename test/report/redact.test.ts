import { expect, test } from '@jest/globals';
import type { Report, Transcript } from '../../src/contract/verdict.ts';
import { reportToAnnotations } from '../../src/report/annotations.ts';
import { formatReport } from '../../src/report/console.ts';
import { draftWaivers } from '../../src/report/draft-waivers.ts';
import { reportToHtml } from '../../src/report/html.ts';
import { reportToJson } from '../../src/report/json.ts';
import { reportToJunit } from '../../src/report/junit.ts';
import { credentialsAmong, redactReport } from '../../src/report/redact.ts';
import { reportToSarif } from '../../src/report/sarif.ts';
import { finding, report, waiver } from './sample.ts';

const FORMATS: readonly (readonly [name: string, format: (report: Report) => string])[] = [
  ['console', (each) => formatReport(each, { colour: true, strict: false })],
  ['json', reportToJson],
  ['junit', (each) => reportToJunit(each, { strict: false })],
  ['sarif', (each) => reportToSarif(each, [])],
  ['html', (each) => reportToHtml(each, [], { strict: false, now: new Date(0) })],
  ['annotations', reportToAnnotations],
  ['waivers', draftWaivers],
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

test('a header line is hidden to its end', () => {
  const response = "HTTP/1.1 200 OK\r\nset-cookie: a='b'; c='d'\r\nServer: x\r\n\r\n";
  expect(redactedEvidence({ request: "Cookie:it's", response, marked: undefined }, [])).toEqual({
    request: 'Cookie:[redacted]',
    response: 'HTTP/1.1 200 OK\r\nset-cookie: [redacted]\r\nServer: x\r\n\r\n',
    marked: undefined,
  });
});

test('what is marked stays marked where secrets in front of it become shorter or longer', () => {
  const mark = (response: string, part: string) => {
    const start = response.indexOf(part);
    const marked = { start, end: start + part.length };
    return redactedEvidence({ request: '', response, marked }, [['X-Key', 'hunter2-token']]);
  };
  const found = mark('Cookie: x\n\n["hunter2-token", "a hunter2-token b", 1]', '"a hunter2-token b"');
  expect(found?.response.slice(found.marked?.start, found.marked?.end)).toBe('"a [redacted] b"');
  expect(mark('["hunter2-token"]', 'hunter2')).toEqual({
    request: '',
    response: '["[redacted]"]',
    marked: undefined,
  });
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

function redactedEvidence(evidence: Transcript, headers: Parameters<typeof redactReport>[1]) {
  return redactReport(report({ findings: [finding({ evidence })] }), headers).findings[0]?.evidence;
}

function everywhere(text: string): Report {
  const leaking = finding({
    message: text,
    expected: text,
    actual: text,
    pointer: text,
    curl: text,
    values: [text],
    evidence: { request: text, response: text, marked: { start: 5, end: 500 } },
  });
  return report({
    reason: text,
    target: text,
    description: text,
    findings: [leaking],
    waived: [{ finding: leaking, waiver: waiver() }],
    untested: [{ check: 'framing', reason: text }],
    notes: [text],
  });
}
