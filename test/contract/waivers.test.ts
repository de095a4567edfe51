import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { exitCode } from '../../src/contract/conclusion.ts';
import type { Waiver } from '../../src/contract/verdict.ts';
import { applyWaivers, readWaivers } from '../../src/contract/waivers.ts';
import { finding, report, waiver } from '../report/sample.ts';
import { description } from './described.ts';

const NOW = new Date('2026-11-23T23:59:59Z');

const schemaFinding = finding({
  check: 'schema',
  pointer: '/jobs/0/status',
  actual: '"cancelled", "paused"',
  values: ['"cancelled"', '"paused"'],
});

test('a ledger is read with the line of each waiver', async () => {
  const file = ledger(`# known
waivers:
  - rule: media-type
    reason: Fixed in 1.4.
  - rule: schema
    operation: listJobs
    pointer: /jobs/*/status
    value: [cancelled, 409, null]
    reason: Old clients need it.
    link: https://example.org/issues/7
    expires: 2027-05-31
`);
  expect(await readWaivers(file, description)).toEqual([
    {
      rule: 'media-type',
      operation: undefined,
      pointer: undefined,
      values: undefined,
      reason: 'Fixed in 1.4.',
      link: undefined,
      expires: undefined,
      where: { file, line: 3 },
    },
    {
      rule: 'schema',
      operation: 'listJobs',
      pointer: '/jobs/*/status',
      values: ['cancelled', '409', 'null'],
      reason: 'Old clients need it.',
      link: 'https://example.org/issues/7',
      expires: '2027-05-31',
      where: { file, line: 5 },
    },
  ]);
});

test.each([
  ['no list', 'waivers: {}\n', ':1: /waivers is {}. Expected an array.'],
  ['no ledger', '', ':1: the ledger is null. Expected an object.'],
  [
    'a reason that is to be filled in',
    'waivers:\n  - rule: schema\n    reason: ""\n',
    ':3: /waivers/0/reason is "". Expected at least 1 character.',
  ],
  [
    'no reason',
    'waivers:\n  - rule: schema\n',
    ':2: /waivers/0/reason is absent. Expected the property "reason".',
  ],
  [
    'a misspelt member',
    'waivers:\n  - rule: schema\n    reason: r\n    until: 2027-01-01\n',
    ':4: /waivers/0/until is "2027-01-01". Expected no property "until".',
  ],
  [
    'a day that is none',
    'waivers:\n  - rule: schema\n    reason: r\n    expires: 2027-02-30\n',
    ':4: /waivers/0/expires is "2027-02-30". Expected the format date.',
  ],
  [
    'a link that runs',
    'waivers:\n  - rule: schema\n    reason: r\n    link: javascript:alert(1)\n',
    ':4: /waivers/0/link is "javascript:alert(1)". Expected a text that matches ^https?://[^\\s/].',
  ],
  [
    'an operation that does not exist',
    'waivers:\n  - rule: schema\n    reason: r\n    operation: listJob\n',
    ':4: /waivers/0/operation is "listJob", and no operation is called so. Use one of listJobs.',
  ],
])('a ledger with %s is refused at its line', async (_, text, message) => {
  const file = ledger(text);
  await expect(readWaivers(file, description)).rejects.toThrow(`${file}${message}`);
});

test('a rule that does not exist is refused with those that do', async () => {
  const file = ledger('waivers:\n  - rule: medai-type\n    reason: r\n');
  await expect(readWaivers(file, description)).rejects.toThrow(
    /:2: \/waivers\/0\/rule is "medai-type", and no rule is called so\. Use one of .*\bmedia-type\b/,
  );
});

test('all mistakes are told at once', async () => {
  const file = ledger('waivers:\n  - rule: x\n    reason: r\n  - rule: y\n    reason: r\n');
  await expect(readWaivers(file, description)).rejects.toHaveProperty('problems.length', 2);
});

test('a waived finding is set apart and does not fail', () => {
  const before = report({ findings: [finding()], kept: ['schema'] });
  const covering = waiver({ rule: 'media-type' });
  const after = applyWaivers(before, [covering], NOW);
  expect(after).toEqual({
    ...before,
    verdict: 'conforms',
    findings: [],
    waived: [{ finding: finding(), waiver: covering }],
    healed: [],
  });
  expect(exitCode(before)).toBe(1);
  expect(exitCode(after, { strict: true })).toBe(0);
});

test('what no waiver covers still fails', () => {
  const after = applyWaivers(report(), [waiver({ rule: 'always' })], NOW);
  expect([after.verdict, after.findings.map(({ check }) => check)]).toEqual(['violates', ['media-type']]);
  expect(exitCode(after)).toBe(1);
});

test.each<[string, Partial<Waiver>, boolean]>([
  ['its rule', {}, true],
  ['another rule', { rule: 'media-type' }, false],
  ['its operation', { operation: 'listJobs' }, true],
  ['another operation', { operation: 'getJob' }, false],
  ['its place in any item', { pointer: '/jobs/*/status' }, true],
  ['its place in another item', { pointer: '/jobs/7/status' }, true],
  ['another place', { pointer: '/jobs/*/jobId' }, false],
  ['a place above it', { pointer: '/jobs' }, false],
  ['its values without quotes', { values: ['paused', 'cancelled', 'other'] }, true],
  ['its values with quotes', { values: ['"cancelled"', '"paused"'] }, true],
  ['some of its values', { values: ['cancelled'] }, false],
])('a waiver of %s', (_, changes, covers) => {
  const after = applyWaivers(
    report({ findings: [schemaFinding], kept: [] }),
    [waiver({ rule: 'schema', ...changes })],
    NOW,
  );
  expect(after.findings).toEqual(covers ? [] : [schemaFinding]);
});

test('a waiver with a pointer covers no finding without one', () => {
  const after = applyWaivers(report(), [waiver({ rule: 'media-type', pointer: '' })], NOW);
  expect(after.waived).toEqual([]);
});

test('a finding without a list of values is told by what was seen', () => {
  const covering = waiver({ rule: 'media-type', values: ['application/json'] });
  expect(applyWaivers(report(), [covering], NOW).waived).toHaveLength(1);
});

test('a waiver holds to the end of its last day, in UTC', () => {
  const ofToday = waiver({ rule: 'media-type', expires: '2026-11-23' });
  const at = (now: string) => applyWaivers(report(), [ofToday], new Date(now)).waived?.length;
  expect([at('2026-11-23T23:59:59Z'), at('2026-11-24T00:00:00Z')]).toEqual([1, 0]);
});

test('an expired waiver is an error at its line, and its finding counts again', () => {
  const expired = waiver({ rule: 'always', expires: '2026-11-22' });
  const warnings = report({ verdict: 'conforms', findings: report().findings.slice(1) });
  const after = applyWaivers(warnings, [expired], NOW);
  expect(after.findings).toEqual([
    {
      severity: 'error',
      check: 'waiver-expired',
      message:
        'the waiver of always at waivers.yaml:3 expired after 2026-11-22: mend what it covers, or renew it',
      expected: 'a waiver that holds',
      actual: 'expired after 2026-11-22',
      pointer: undefined,
      source: { file: 'waivers.yaml', line: 3 },
      curl: '',
      count: 0,
    },
    ...warnings.findings,
  ]);
  expect([after.verdict, after.waived, after.healed]).toEqual(['violates', [], []]);
});

test('an expired waiver of a rule that was not tested is an error, too', () => {
  const expired = waiver({ rule: 'filter', expires: '2026-11-22' });
  const conforming = report({ verdict: 'conforms', findings: [] });
  expect(applyWaivers(conforming, [expired], NOW).verdict).toBe('violates');
});

test('a waiver whose finding is gone is healed, expired or not', () => {
  const gone = [
    waiver({ rule: 'schema' }),
    waiver({ rule: 'schema', expires: '2026-11-22' }),
    waiver({ rule: 'media-type', operation: 'getJob' }),
  ];
  const after = applyWaivers(report({ kept: ['schema'] }), gone, NOW);
  expect(after.healed).toEqual(gone);
  expect(after.findings).toEqual(report().findings);
});

test('a waiver of a rule that was not tested is not healed', () => {
  expect(applyWaivers(report({ kept: [] }), [waiver({ rule: 'filter' })], NOW).healed).toEqual([]);
});

test('without a verdict nothing is waived, healed or expired', () => {
  const none = report({ verdict: 'no-verdict', reason: 'Nothing listens.', findings: [], kept: [] });
  expect(applyWaivers(none, [waiver({ rule: 'schema', expires: '2020-01-01' })], NOW)).toEqual(none);
});

function ledger(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'waivers-')), 'waivers.yaml');
  writeFileSync(file, text);
  return file;
}
