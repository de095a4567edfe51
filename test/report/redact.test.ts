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

const HEADERS = [
  ['Authorization', 'Bearer hunter2-token'],
  ['Cookie', 'session=0123456789abcdef; theme=d4rk'],
  ['X-Tenant', 'acme "5'],
  ['X-Short', '0123'],
  ['Proxy-Authorization', `Basic ${Buffer.from('Joanna:let/me in=%').toString('base64')}`],
] as const;

const SPELLINGS = [
  'Bearer hunter2-token, hunter2-token, hunter%32-token, 0123456789abcdef, 0123456789ABCDEF',
  'd4rk, acme "5, acme \\"5, acme%20%225, acme+%225, acme \\u00225, acme &quot;5, acme &#34;5, acme &#x22;5',
  'Sm9hbm5hOmxldC9tZSBpbj0l, Joanna:let/me in=%, let/me in=%, let\\/me in\\u003d%',
  'let%2Fme%20in%3D%25, let%2fme+in%3d%25, let%252Fme%2520in%253D%2525, let/me in\\075%%',
  'https://joe:letmein@host/, "Set-Cookie": "sid=s3cr\\"3tt", "x": 1',
];

const GUESSED = [
  'cookie: id=tasty; x=t4sty',
  'Proxy-Authorization: Digest username="joe", response="am9lOg"',
  'Set-Cookie: sid=t4sty; Path=/',
];

test.each(FORMATS)(
  'the %s report shows no secret, wherever and however the target repeats one',
  (_, format) => {
    const text = format(redactReport(everywhere(SPELLINGS.join('\n'), GUESSED.join('\n')), HEADERS));
    expect(text).not.toMatch(
      /hunter|456789abcdef|d4rk|acme|Joanna|let\/?me|me.in|am9lOg|Sm9h|joe|s3cr|3tt|tasty|t4sty/i,
    );
    expect(text).toContain('[redacted]');
  },
);

test('a credential header is hidden to the end of its line, but for the names of cookies', () => {
  const response =
    "HTTP/1.1 200 OK\r\nset-cookie: a='b'; Path=/; c='d'\r\nServer: x\r\n\r\nAuthorization: it's";
  expect(redactedEvidence({ request: '', response, marked: undefined }, [])).toEqual({
    request: '',
    response:
      'HTTP/1.1 200 OK\r\nset-cookie: a=[redacted]; Path=/; c=[redacted]\r\nServer: x\r\n\r\nAuthorization: [redacted]',
    marked: undefined,
  });
});

test('the name of a cookie is no secret', () => {
  const message = 'listJobs sets a session cookie: JSESSIONID';
  expect(redactReport(report({ findings: [finding({ message })] }), []).findings[0]?.message).toBe(message);
});

test('credentials that a run has made up are shown, so that its requests can be repeated', () => {
  const request = 'GET / HTTP/1.1\nAuthorization: Basic !\nCookie: a=b';
  const curl = "curl -i -H 'Authorization: Basic !' -H 'Cookie: '\"$COOKIE\" http://127.0.0.1/";
  const shown = redactReport(
    report({ findings: [finding({ curl, evidence: { request, response: '', marked: undefined } })] }),
    HEADERS,
  );
  expect(shown.findings[0]).toMatchObject({ curl, evidence: { request } });
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

test('a credential header that says nothing is shown as it is', () => {
  const transcript = { request: 'GET / HTTP/1.1\nAuthorization: \nCookie:', response: '', marked: undefined };
  expect(redactedEvidence(transcript, [['Authorization', '']])).toEqual(transcript);
});

test('of a command line only secrets go, however a shell or printf has them', () => {
  const headers = [['X-Note', "it's\\ 5%"]] as const;
  expect(redactedCurl("curl -i -H 'Authorization: $HEADER_1' 'http://u:p@127.0.0.1/api'", headers)).toBe(
    "curl -i -H 'Authorization: $HEADER_1' 'http://127.0.0.1/api'",
  );
  expect(redactedCurl("curl -H 'X-Note: it'\\''s\\ 5%'", headers)).toBe("curl -H 'X-Note: [redacted]'");
  expect(redactedCurl("printf 'X-Note: it\\047s\\\\ 5%%\\r\\n' | nc h 1", headers)).toBe(
    "printf 'X-Note: [redacted]\\r\\n' | nc h 1",
  );
  expect(redactedCurl(`curl --data-raw '{"authorization": "it'\\''s"}' http://h/`, [])).toBe(
    `curl --data-raw '{"authorization": "[redacted]"}' http://h/`,
  );
});

test('what is no secret stays: harmless headers, short values, addresses without userinfo', () => {
  const curl = "curl -H 'Accept: application/json' 'http://127.0.0.1:8090/a?at=@b' # 10 jobs of ada, true";
  const headers = [
    ['Accept', 'application/json'],
    ['X-Page', '10'],
    ['X-Debug', 'true'],
    ['Authorization', `Basic ${Buffer.from('ada:').toString('base64')}`],
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

/** A report with known secrets everywhere, and with what a target may say of its own in what it said. */
function everywhere(known: string, guessed: string): Report {
  const text = `${known}\n${guessed}`;
  const leaking = finding({
    message: text,
    expected: text,
    actual: text,
    pointer: text,
    curl: known,
    source: { file: known, line: 1 },
    values: [text],
    evidence: { request: known, response: text, marked: { start: 5, end: 500 } },
    operation: { id: 'listJobs', where: { file: known, line: 2 } },
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
