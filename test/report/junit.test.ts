import { expect, test } from '@jest/globals';
import { reportToJunit } from '../../src/report/junit.ts';
import { COVERAGE, finding, HOSTILE, report, waiver } from './sample.ts';

test('every rule is a test case: broken, suspicious, untested or kept', () => {
  expect(reportToJunit(report(), { strict: false })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="7" failures="1" errors="0" skipped="3">
  <testsuite name="http://127.0.0.1:8090/api" time="1.2345" tests="7" failures="1" errors="0" skipped="3">
    <properties>
      <property name="verdict" value="violates"/>
      <property name="description" value="spec/openapi.yaml"/>
      <property name="requests" value="41"/>
    </properties>
    <testcase classname="jobs-kit verify" name="media-type" file="spec/openapi.yaml">
      <failure message="media-type: A 200 answer does not have the documented media type. (in 38 exchanges)"><![CDATA[error media-type: A 200 answer does not have the documented media type. (in 38 exchanges)
  expected  application/vnd.gravitino.v1+json
  seen      application/json
  source    spec/openapi.yaml:45
  repeat    curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs']]></failure>
    </testcase>
    <testcase classname="jobs-kit verify" name="always" file="spec/openapi.yaml">
      <system-out><![CDATA[warning always: A documented property is absent. (in 1 exchange)
  expected  jobs
  seen      absent
  at        /jobs
  source    RFC 9110 section 8.3
  repeat    curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs']]></system-out>
    </testcase>
    <testcase classname="jobs-kit verify" name="framing">
      <skipped/>
      <system-out><![CDATA[untested: The recording holds no bytes.]]></system-out>
    </testcase>
    <testcase classname="jobs-kit verify" name="filter-subset">
      <skipped/>
      <system-out><![CDATA[untested: No job was listed; start one.]]></system-out>
    </testcase>
    <testcase classname="jobs-kit verify" name="utf-8">
      <skipped/>
      <system-out><![CDATA[untested: The recording holds no bytes.]]></system-out>
    </testcase>
    <testcase classname="jobs-kit verify" name="status"/>
    <testcase classname="jobs-kit verify" name="schema"/>
  </testsuite>
</testsuites>`);
});

test('what was seen of the description is a property', () => {
  expect(reportToJunit(report({ coverage: COVERAGE }), { strict: false })).toContain(
    '<property name="coverage" value="1 of 2 operations, 1 of 3 responses, 1 of 2 media types, ' +
      '2 of 4 uses of parameters, 2 of 4 properties, 2 of 5 enum values"/>',
  );
});

test('a command line is written whole, however long it is', () => {
  const curl = `curl ${'x'.repeat(9000)}`;
  expect(reportToJunit(report({ findings: [finding({ curl })] }), { strict: false })).toContain(curl);
});

test('with strict a warning is a failure', () => {
  const xml = reportToJunit(report(), { strict: true });
  expect(xml).toContain('<testsuites tests="7" failures="2" errors="0" skipped="3">');
  expect(xml).toContain('<failure message="always: A documented property is absent. (in 1 exchange)">');
});

test('findings of one rule are one test case, its warnings beside its errors', () => {
  const findings = [
    finding({ message: 'first' }),
    finding({ message: 'second', count: 1 }),
    finding({ message: 'third', severity: 'warning' }),
  ];
  const xml = reportToJunit(report({ findings, untested: [], kept: [] }), { strict: false });
  expect(xml).toContain('<testsuites tests="1" failures="1" errors="0" skipped="0">');
  expect(xml).toContain(
    '<failure message="media-type: first (in 38 exchanges); media-type: second (in 1 exchange)">',
  );
  expect(xml).toMatch(/<system-out>\s*<!\[CDATA\[warning media-type: third/);
});

test('a rule that is broken in part and untested in part is one failing test case', () => {
  const untested = [{ check: 'media-type', reason: 'No 404 was seen.' }];
  const xml = reportToJunit(report({ findings: [finding()], untested, kept: [] }), { strict: false });
  expect(xml).toContain('<testsuites tests="1" failures="1" errors="0" skipped="0">');
  expect(xml).toContain('<system-out><![CDATA[untested: No 404 was seen.]]></system-out>');
});

test('a rule that is kept as far as it was tested is a passing test case', () => {
  const untested = [{ check: 'schema', reason: 'No 404 was seen.' }];
  const xml = reportToJunit(report({ findings: [], untested, kept: ['schema'] }), { strict: false });
  expect(xml).toContain('<testsuites tests="1" failures="0" errors="0" skipped="0">');
  expect(xml).toContain('<system-out><![CDATA[untested: No 404 was seen.]]></system-out>');
});

test('a rule of which everything is waived is skipped, with the reason', () => {
  const waived = [{ finding: finding(), waiver: waiver() }];
  const xml = reportToJunit(report({ findings: [], waived, untested: [], kept: [] }), { strict: true });
  expect(xml).toContain('<testsuites tests="1" failures="0" errors="0" skipped="1">');
  expect(xml).toMatch(/name="media-type">\s*<skipped\/>\s*<system-out><!\[CDATA\[error media-type: A 200/);
  expect(xml).toContain('\n  waived at waivers.yaml:3: Fixed in 1.4.]]>');
});

test('waivers that can go are the output of a test case', () => {
  const xml = reportToJunit(report({ findings: [], untested: [], kept: [], healed: [waiver()] }), {
    strict: true,
  });
  expect(xml).toContain('<testsuites tests="1" failures="0" errors="0" skipped="0">');
  expect(xml).toContain('schema no longer occurs: delete the waiver at waivers.yaml:3');
});

test('no verdict is an error', () => {
  const none = report({ verdict: 'no-verdict', reason: 'Nothing listens.', findings: [], kept: [] });
  const xml = reportToJunit(none, { strict: false });
  expect(xml).toContain('errors="1"');
  expect(xml).toMatch(/name="verdict">\s*<error message="Nothing listens."\/>/);
});

test('the XML stays well-formed whatever a target sent', () => {
  const xml = reportToJunit(
    report({
      verdict: 'no-verdict',
      reason: HOSTILE,
      target: HOSTILE,
      findings: [
        finding({ check: HOSTILE, message: HOSTILE, actual: HOSTILE, pointer: HOSTILE, curl: HOSTILE }),
      ],
      untested: [{ check: HOSTILE, reason: HOSTILE }],
      kept: [HOSTILE],
    }),
    { strict: false },
  );
  // https://www.w3.org/TR/xml/#charsets, and nothing that could end a CDATA section or open a tag of its own.
  expect(xml).not.toMatch(/[^\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  expect(xml.split(']]>')).toHaveLength(xml.split('<![CDATA[').length);
  expect(xml.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '')).not.toContain('<b>');
  const shown = '\\u001b[31mred';
  expect(xml).toContain(`<testsuite name="${shown}`);
  expect(xml).toContain(`<testcase classname="jobs-kit verify" name="${shown}`);
  expect(xml).toContain(`<error message="${shown}`);
  expect(xml).toContain(`seen      ${shown}`);
});
