import { afterAll, expect, test } from '@jest/globals';
import { RULES } from '../src/contract/rules/index.ts';
import { createMock, loadDescription, verify } from '../src/index.ts';
import { packageFile } from '../src/package-files.ts';

/**
 * One test a claim about CONTRACT_TARGET, the base URL of a server, with CONTRACT_METALAKES, the metalakes that exist
 * there, separated by commas. Without a target, about the mock with its closed world.
 */
const { CONTRACT_TARGET, CONTRACT_METALAKES = '' } = process.env;
const mock = CONTRACT_TARGET ? undefined : await createMock({ scenario: 'closed' });
afterAll(() => mock?.close());

const names = mock ? ['demo', 'other', 'empty'] : CONTRACT_METALAKES.split(',').filter(Boolean);
const description = await loadDescription(packageFile('spec/openapi.yaml'));
const report = await verify({ description, url: CONTRACT_TARGET ?? mock?.url ?? '', names });

test(`${report.target} can be judged`, () => {
  expect(report.reason).toBeUndefined();
});

for (const { id, claim, severity } of RULES) {
  const findings = report.findings
    .filter(({ check }) => check === id)
    .map(({ message, curl }) => `${message}\n${curl}`);
  if (report.kept.includes(id) || findings.length > 0) {
    const warnings = severity === 'warning' ? findings.map((finding) => `\nwarning: ${finding}`) : [];
    test(`${id}: ${claim}${warnings.join('')}`, () => {
      expect(severity === 'error' ? findings : []).toEqual([]);
    });
  }
}

// A claim that the target gave no chance to test is never green by silence.
for (const { check, reason } of report.untested) {
  test.skip(`${check}: ${reason}`, () => undefined);
}
