import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { applyWaivers, readWaivers } from '../../src/contract/waivers.ts';
import { loadDescription } from '../../src/description/load.ts';
import { packageFile } from '../../src/package-files.ts';
import { draftWaivers } from '../../src/report/draft-waivers.ts';
import { finding, HOSTILE, report, waiver } from './sample.ts';

const description = await loadDescription(packageFile('spec/openapi.yaml'));

const FINDINGS = [
  finding({ values: ['application/json'] }),
  finding({
    severity: 'warning',
    check: 'schema',
    message: HOSTILE,
    pointer: '/jobs/0/a~1b: "#"',
    values: ['"a"', HOSTILE],
  }),
  finding({ check: 'filter', pointer: '', values: ['1', '2', '3', '4'] }),
];

test('a draft names each finding narrowly and asks for a reason', () => {
  expect(body(draftWaivers(report({ findings: FINDINGS.slice(0, 1) })))).toBe(`waivers:
  # error: A 200 answer does not have the documented media type.
  - rule: media-type
    operation: "listJobs"
    value: "application/json"
    reason: ""
    # link: https://…
    # expires: 2027-01-31
`);
});

test('a draft is refused as it is, and covers all its findings once it has reasons', async () => {
  const draft = draftWaivers(report({ findings: FINDINGS }));
  await expect(read(draft)).rejects.toThrow('reason is "". Expected at least 1 character.');
  const waivers = await read(draft.replaceAll('reason: ""', 'reason: known'));
  const after = applyWaivers(report({ findings: FINDINGS }), waivers, new Date('2026-11-23'));
  expect([waivers.length, after.findings, after.verdict]).toEqual([3, [], 'conforms']);
});

test('many values, an index and a finding that is alike are left out', () => {
  const alike = finding({ check: 'filter', pointer: '/jobs/2/id', values: ['1', '2', '3', '4'] });
  const draft = body(draftWaivers(report({ findings: [alike, { ...alike, pointer: '/jobs/0/id' }] })));
  expect(draft.match(/pointer: .*/g)).toEqual(['pointer: "/jobs/*/id"']);
  expect(draft).not.toContain('value:');
});

test('whatever a target sent, a draft can be read and covers it', async () => {
  const hostile = report({ findings: [finding({ message: HOSTILE, values: [HOSTILE], pointer: '/a' })] });
  const draft = draftWaivers(hostile);
  expect(draft.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/u);
  const waivers = await read(draft.replaceAll('reason: ""', 'reason: known'));
  expect(applyWaivers(hostile, waivers, new Date('2026-11-23')).findings).toEqual([]);
});

test('what is waived, and that a waiver has expired, is not drafted', async () => {
  const expired = waiver({ rule: 'filter', expires: '2026-01-01' });
  const covered = waiver({ rule: 'media-type' });
  const after = applyWaivers(report({ findings: [finding()] }), [expired, covered], new Date('2026-11-23'));
  expect(after.findings.map(({ check }) => check)).toEqual(['waiver-expired']);
  const draft = draftWaivers(after);
  expect(body(draft)).toBe('waivers: []\n');
  expect(await read(draft)).toEqual([]);
});

/** Without the comment at its top. */
function body(draft: string): string {
  return draft.slice(draft.indexOf('waivers:'));
}

function read(text: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'waivers-')), 'draft.yaml');
  writeFileSync(file, text);
  return readWaivers(file, description);
}
