import { expect, test } from '@jest/globals';
import { kindsOf } from '../../../src/contract/set-up/kinds.ts';
import { verify } from '../../../src/contract/verify.ts';
import { loadDescription } from '../../../src/description/load.ts';
import { described } from '../companions.ts';
import { serveToys, TOYS } from './toys.ts';

test('each kind of thing stands behind those that it needs', () => {
  const kinds = kindsOf(described).map(({ name, within, uses }) => ({ name, within, uses }));
  expect(kinds).toEqual([
    { name: 'metalake', within: [], uses: [] },
    { name: 'template', within: ['metalake'], uses: [] },
    { name: 'job', within: ['metalake'], uses: ['template'] },
  ]);
});

test('what cannot be removed again is not made', () => {
  const operations = described.operations.filter(({ acts }) => acts.every(({ kind }) => kind !== 'removes'));
  expect(kindsOf({ ...described, operations })).toEqual([]);
});

test('things of any other description are made of its schemas, tried, and removed', async () => {
  const { url, bodies, there } = await serveToys();
  const description = await loadDescription(TOYS);
  const report = await verify({ description, url, setUp: true, smoke: true });
  expect(report.findings).toEqual([]);
  expect(report.kept).toEqual(
    expect.arrayContaining(['created', 'created-read', 'created-listed', 'absent-thing', 'removed']),
  );
  expect(bodies.length).toBeGreaterThan(5);
  expect(bodies.every(({ label, size }) => label.startsWith('jobskit_') && Number.isInteger(size))).toBe(
    true,
  );
  expect(there()).toEqual([]);
}, 30_000);
