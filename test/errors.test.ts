import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeProblem, ERRORS, KitError } from '../src/errors.ts';
import { packageFile } from '../src/package-files.ts';

test('docs/errors.md lists exactly the codes of the catalogue', () => {
  const text = readFileSync(packageFile('docs/errors.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  expect(listed).toEqual(Object.keys(ERRORS));
});

test('a problem is one line: where, what, what to do', () => {
  const facts = { source: 'x.yaml', reason: 'no such file' };
  const where = { file: 'api.yaml', line: 3 };
  expect(describeProblem({ code: 'DOCUMENT_UNREADABLE', facts, where })).toBe(
    'api.yaml:3: cannot read x.yaml: no such file. Check the path or URL.',
  );
});

test('an error of several problems has a line for each', () => {
  const problem = { code: 'USAGE', facts: { reason: 'a', advice: 'B.' } } as const;
  expect(new KitError([problem, problem]).message).toBe('a. B.\na. B.');
});
