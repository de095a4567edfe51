import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { RULES } from '../../../src/contract/rules/index.ts';
import { loadDescription } from '../../../src/description/load.ts';
import { packageFile } from '../../../src/package-files.ts';
import { CASES } from './cases.ts';
import { runCase } from './run.ts';
import { ELSEWHERE, OVERLAYS, SOLE } from './sole.ts';
import { rulesFor } from './told.ts';

/** `npm run test:rules` sets it: each rule on and off, with two sets of data, takes a minute and a half. */
const inFull = process.env['RULES_IN_FULL'] !== undefined;
const seeds = ['one', 'another'];

/** Milliseconds for the four runs of a rule on a busy machine. */
const PATIENCE = 60_000;

const ids = RULES.map(({ id }) => id);
const ofTheCorpus = RULES.filter(({ id }) => !Object.hasOwn(ELSEWHERE, id));

test('every rule has a case that it alone convicts, and none is named that there is not', () => {
  expect([...Object.keys(SOLE), ...Object.keys(ELSEWHERE)].toSorted()).toEqual(ids.toSorted());
  expect(Object.values(SOLE).filter((id) => !CASES.some((each) => each.id === id))).toEqual([]);
  expect(Object.keys(OVERLAYS).filter((id) => !ids.includes(id))).toEqual([]);
});

test('every rule that should speak of a case exists', () => {
  const told = new Set(CASES.flatMap(({ id }) => rulesFor(id)));
  expect([...told].filter((id) => !ids.includes(id))).toEqual([]);
});

if (inFull) {
  test.each(ofTheCorpus)(
    'a server is convicted by "$id" alone',
    async ({ id, severity }) => {
      const outcomes = await Promise.all(seeds.map((seed) => judge(id, seed)));
      const verdict = severity === 'error' ? 'violates' : 'conforms';
      expect(outcomes).toEqual(seeds.map(() => ({ verdict, checks: [id] })));
    },
    PATIENCE,
  );

  test.each(ofTheCorpus)(
    'without "$id" the same server escapes',
    async ({ id }) => {
      const outcomes = await Promise.all(seeds.map((seed) => judge(id, seed, 'off')));
      expect(outcomes).toEqual(seeds.map(() => ({ verdict: 'conforms', checks: [] })));
    },
    PATIENCE,
  );
}

test.each(Object.entries(ELSEWHERE))('a server that "%s" convicts stands in test/%s', (id, file) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  expect(text).toContain(`'${id}'`);
});

/** What comes out for the case of a rule, with the rule or without it. */
async function judge(rule: string, seed: string, off?: 'off') {
  const tested = CASES.find(({ id }) => id === SOLE[rule]);
  if (!tested) {
    throw new Error(`The rule ${rule} has no case in sole.ts.`);
  }
  const overlay = OVERLAYS[rule];
  const overlays = overlay === undefined ? [] : [new URL(overlay, import.meta.url)];
  const description = await loadDescription(packageFile('spec/openapi.yaml'), { overlays });
  const { verdict, checks } = await runCase(tested, seed, {
    description,
    ...(off && { severities: { [rule]: off } }),
  });
  return { verdict, checks };
}
