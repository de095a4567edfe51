import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { formatReport } from '../../src/report/console.ts';
import { COVERAGE, finding, HOSTILE, report, waiver } from './sample.ts';

const PLAIN = { colour: false, strict: false };

test('a report names the verdict first, then the findings, what is untested, and notes', () => {
  expect(formatReport(report(), PLAIN)).toBe(`VIOLATES: 1 error, 1 warning
target       http://127.0.0.1:8090/api
description  spec/openapi.yaml
judged       41 exchanges in 1.2 s, 2 rules kept, 3 untested

error media-type: A 200 answer does not have the documented media type. (in 38 exchanges)
  expected  application/vnd.gravitino.v1+json
  seen      application/json
  source    spec/openapi.yaml:45
  repeat    curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'

warning always: A documented property is absent. (in 1 exchange)
  expected  jobs
  seen      absent
  at        /jobs
  source    RFC 9110 section 8.3
  repeat    curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'

Untested (3)
  framing, utf-8: The recording holds no bytes.
  filter-subset: No job was listed; start one.

Notes
  The base path /api was used.
`);
});

test('what is waived and what is healed stand apart', () => {
  const covering = waiver({ link: 'https://example.org/issues/7', expires: '2027-05-31' });
  const waived = [
    { finding: finding(), waiver: waiver() },
    { finding: finding({ severity: 'warning', count: 1 }), waiver: covering },
  ];
  const healed = [waiver({ operation: 'listJobs', pointer: '/jobs/*/status' })];
  const waivedReport = {
    verdict: 'conforms',
    findings: [],
    untested: [],
    notes: [],
    waived,
    healed,
  } as const;
  expect(formatReport(report(waivedReport), PLAIN)).toBe(`CONFORMS: 0 errors, 0 warnings, 2 waived
target       http://127.0.0.1:8090/api
description  spec/openapi.yaml
judged       41 exchanges in 1.2 s, 2 rules kept, 0 untested

Waived (2)
  error media-type: A 200 answer does not have the documented media type. (in 38 exchanges)
    waived at waivers.yaml:3: Fixed in 1.4.
  warning media-type: A 200 answer does not have the documented media type. (in 1 exchange)
    waived until 2027-05-31 at waivers.yaml:3: Fixed in 1.4. (https://example.org/issues/7)

Healed (1)
  schema of listJobs at /jobs/*/status no longer occurs: delete the waiver at waivers.yaml:3
`);
});

test('a finding about no exchange counts none', () => {
  const expired = finding({ check: 'waiver-expired', message: 'it expired', curl: '', count: 0 });
  expect(formatReport(report({ findings: [expired] }), PLAIN)).toContain(
    'error waiver-expired: it expired\n  expected',
  );
});

test('a conforming report is four lines', () => {
  const conforming = report({ verdict: 'conforms', findings: [], untested: [], notes: [] });
  expect(formatReport(conforming, PLAIN)).toBe(`CONFORMS: 0 errors, 0 warnings
target       http://127.0.0.1:8090/api
description  spec/openapi.yaml
judged       41 exchanges in 1.2 s, 2 rules kept, 0 untested
`);
});

test('what was never seen is told in one line, and counted', () => {
  expect(
    formatReport(report({ coverage: COVERAGE }), PLAIN),
  ).toContain(`judged       41 exchanges in 1.2 s, 2 rules kept, 3 untested
coverage     1 of 2 operations, 1 of 3 responses, 1 of 2 media types, 2 of 4 uses of parameters, 2 of 4 properties, 2 of 5 enum values
never seen   getJob; listJobs 5XX; listJobs without sort; listJobs 200 /jobs/*/end; listJobs with sort "time"; listJobs 200 /jobs/*/status "failed"

error`);
  const [first] = COVERAGE;
  const many = Array.from({ length: 20 }, (_, index) => ({
    status: `${400 + index}`,
    seen: 0,
    mediaTypes: [],
  }));
  const none = first && { ...first, parameters: [], responses: many };
  expect(formatReport(report({ coverage: none ? [none] : [] }), PLAIN)).toContain(
    'coverage     0 of 20 responses\nnever seen   400; 401; 402; 403; 404; 405 and 14 more\n',
  );
});

test('sixty findings fit a screen: the worst with their evidence, more of them as a line, the rest as a number', () => {
  const findings = Array.from({ length: 60 }, (_, index) =>
    finding({ check: `rule-${index}`, severity: index < 9 ? 'error' : 'warning', message: 'x'.repeat(200) }),
  );
  const waived = findings.map((each) => ({ finding: each, waiver: waiver() }));
  const untested = findings.map(({ check }) => ({ check, reason: 'The reason.' }));
  const healed = findings.map(({ check }) => waiver({ rule: check }));
  const lines = formatReport(report({ findings, waived, untested, healed }), PLAIN).split('\n');
  expect(lines.filter((each) => each.startsWith('  repeat'))).toHaveLength(3);
  expect(lines[23]).toBe(`error rule-3: ${'x'.repeat(112)}… (208 characters)`);
  expect(lines[29]).toBe(`warning rule-9: ${'x'.repeat(112)}… (208 characters)`);
  expect(lines[35]).toBe('… and 45 more findings: write the report to a file for all of them');
  expect(lines.filter((each) => each.startsWith('  … and '))).toEqual([
    '  … and 54 more waived findings: write the report to a file for all of them',
    '  … and 54 more waivers: write the report to a file for all of them',
  ]);
  expect(lines.length).toBeLessThan(70);
});

test('without a verdict the first line says why', () => {
  const reason = 'Nothing accepts connections at http://127.0.0.1:9.';
  const text = formatReport(report({ verdict: 'no-verdict', reason, findings: [] }), PLAIN);
  expect(text).toMatch(/^NO VERDICT: Nothing accepts connections at http:\/\/127\.0\.0\.1:9\.\n/);
});

test('with strict the first line says that warnings fail the run', () => {
  const strict = { ...PLAIN, strict: true };
  const warned = report({ verdict: 'conforms', findings: [finding({ severity: 'warning' })] });
  expect(formatReport(warned, PLAIN)).toMatch(/^CONFORMS: 0 errors, 1 warning\n/);
  expect(formatReport(warned, strict)).toMatch(
    /^FAILS: 0 errors, 1 warning; with --strict a warning fails the run\n/,
  );
  expect(formatReport({ ...warned, findings: [] }, strict)).toMatch(/^CONFORMS: 0 errors, 0 warnings\n/);
  expect(formatReport(report(), strict)).toMatch(/^VIOLATES: 1 error, 1 warning\n/);
});

test('colour is for the verdict and the severities', () => {
  const text = formatReport(report(), { ...PLAIN, colour: true });
  expect(text).toContain('\u001b[31mVIOLATES\u001b[39m\u001b[22m: ');
  expect(text).toContain('\u001b[31merror\u001b[39m\u001b[22m media-type: ');
  expect(text).toContain('\u001b[33mwarning\u001b[39m\u001b[22m always: ');
  expect(stripVTControlCharacters(text)).toBe(formatReport(report(), PLAIN));
});

test('nothing that a target sent reaches the terminal unescaped', () => {
  const text = formatReport(everywhere(HOSTILE), PLAIN);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/u);
  expect(text).toContain(
    'seen      \\u001b[31mred\\u001b[0m \\u202ereversed\\u0000\\u009b\\ud800\\ufffe\\r\\nnext',
  );
});

test('nothing that a target sent is a command of the CI server that keeps the log', () => {
  const text = formatReport(everywhere('::error::x ##[group]y ##vso[task.complete]z'), PLAIN);
  expect(text.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  expect(text).not.toMatch(/##\w*\[/);
});

test('overlong values are cut, each finding stays a few lines', () => {
  const text = formatReport(everywhere('x'.repeat(100_000)), PLAIN);
  expect(text).toContain(`seen      ${'x'.repeat(300)}… (100000 characters)\n`);
  expect(text).toContain(`repeat    ${'x'.repeat(600)}… (100000 characters)\n`);
  expect(text.length).toBeLessThan(10_000);
});

function everywhere(text: string) {
  return report({
    reason: text,
    target: text,
    description: text,
    findings: [
      finding({ message: text, expected: text, actual: text, pointer: text, source: text, curl: text }),
    ],
    untested: [{ check: text, reason: text }],
    notes: [text],
    coverage: [{ operation: text, requests: 0, parameters: [], responses: [] }],
  });
}
