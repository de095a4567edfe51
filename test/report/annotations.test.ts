import { expect, test } from '@jest/globals';
import { reportToAnnotations } from '../../src/report/annotations.ts';
import { finding, HOSTILE, report, waiver } from './sample.ts';

test('a finding is one line at the line of the description that convicts', () => {
  expect(reportToAnnotations(report({ findings: [finding()] }))).toBe(
    '::error file=spec/openapi.yaml,line=45,title=media-type::' +
      'media-type: A 200 answer does not have the documented media type. (in 38 exchanges)' +
      '%0A  expected  application/vnd.gravitino.v1+json' +
      '%0A  seen      application/json' +
      '%0A  source    spec/openapi.yaml:45' +
      "%0A  repeat    curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'\n",
  );
});

test('what a standard convicts stands at the operation', () => {
  const warning = finding({ severity: 'warning', source: 'RFC 9110 section 8.3' });
  expect(reportToAnnotations(report({ findings: [warning] }))).toMatch(
    /^::warning file=spec\/openapi\.yaml,line=18,title=media-type::/,
  );
});

test('what is about no operation has no line', () => {
  const { operation: _, ...rest } = finding({ source: 'RFC 9110 section 8.3' });
  expect(reportToAnnotations(report({ findings: [rest] }))).toMatch(/^::error title=media-type::media-type/);
});

test('what separates and ends commands is escaped', () => {
  const text = reportToAnnotations(
    report({
      findings: [
        finding({ check: 'a:b,c%', message: '100 %0A ::error::', source: { file: 'C:\\a,b.yaml', line: 1 } }),
      ],
    }),
  );
  expect(text).toMatch(
    /^::error file=C%3A\\a%2Cb\.yaml,line=1,title=a%3Ab%2Cc%25::a:b,c%25: 100 %250A ::error:: \(in 38/,
  );
});

test('nothing that a target sent begins a line or steers the terminal', () => {
  const findings = [
    finding({ check: HOSTILE, message: HOSTILE, actual: HOSTILE, curl: `\n::stop-commands::x ##[error]y` }),
  ];
  const text = reportToAnnotations(report({ reason: HOSTILE, findings }));
  expect(text.trimEnd().split('\n')).toHaveLength(2);
  expect(text).not.toContain('##[');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/u);
});

test('a missing verdict is an error, a waiver that can go a notice, and what is waived is not shown', () => {
  const healed = [waiver({ operation: 'listJobs', pointer: '/jobs' })];
  const waived = [{ finding: finding(), waiver: waiver() }];
  expect(reportToAnnotations(report({ reason: 'Nothing listens.', findings: [], waived, healed }))).toBe(
    '::error title=No verdict::Nothing listens.\n' +
      '::notice file=waivers.yaml,line=3,title=Healed::' +
      'schema of listJobs at /jobs no longer occurs: delete the waiver at waivers.yaml:3\n',
  );
});
