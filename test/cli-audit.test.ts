import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../src/package-files.ts';
import { compileSchema } from '../src/schema/compile.ts';
import { run } from './cli/run.ts';

const WEAK = packageFile('test/description/weak.yaml');

test('the shipped description is sound, warnings counted too', async () => {
  const { code, out, err } = await run('audit', '--strict');
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe('spec/openapi.yaml: 0 errors, 0 warnings\n');
});

test('errors come first, a line each, then the counts; exit 1', async () => {
  const { code, out, err } = await run('audit', WEAK);
  expect([code, err]).toEqual([1, '']);
  const lines = out.split('\n');
  expect(lines[1]).toBe(
    'error response-key test/description/weak.yaml:25: no status ever matches the response key "5xx". ' +
      'Write 5XX: OpenAPI knows the range only in upper case.',
  );
  expect(lines[2]).toMatch(
    /^warning empty-body test\/description\/weak\.yaml:42: \{\} satisfies the schema RunList/,
  );
  expect(lines.slice(3)).toEqual(['test/description/weak.yaml: 2 errors, 1 warning', '']);
});

test('a warning alone fails only with --strict', async () => {
  const file = await fileOf(
    (await readFile(packageFile('spec/openapi.yaml'), 'utf8')).replace('format: int32', 'format: int31'),
  );
  expect(await run('audit', file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^warning format .*:\d+: neither OpenAPI nor JSON Schema defines the format "int31"\. /,
    ),
  });
  expect(await run('audit', file, '--strict')).toMatchObject({ code: 1 });
});

test('an overlay is part of what is judged', async () => {
  const overlay = await fileOf(`overlay: 1.0.0
info: {title: O, version: '1'}
actions: [{target: $.components.schemas.Job, update: {required: [jobName]}}]
`);
  const { code, out } = await run('audit', '--overlay', overlay, '--strict');
  expect(code).toBe(1);
  expect(out).toContain('"jobName" is required, yet no property');
});

test('--json writes what spec/audit.schema.json describes', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'jobs-kit-')), 'audit.json');
  await run('audit', WEAK, '--json', file);
  const report = JSON.parse(await readFile(file, 'utf8'));
  expect(report).toMatchObject({
    verdict: 'unsound',
    description: 'test/description/weak.yaml',
    errors: 2,
    warnings: 1,
    findings: [{ severity: 'error', check: 'choice-none', line: 18 }, {}, { severity: 'warning' }],
  });
  const form = JSON.parse(readFileSync(packageFile('spec/audit.schema.json'), 'utf8'));
  expect(compileForm(form).check(report)).toEqual([]);
  expect(compileForm(form).check({ ...report, findings: [{}] })).toHaveLength(6);
});

test.each([
  [['audit', 'gone.yaml'], 'cannot read gone.yaml: no such file. Check the path or URL.'],
  [['audit', 'package.json'], 'this is no OpenAPI 3.0 or 3.1 description'],
  [['audit', '--overlay', 'gone.yaml'], 'cannot read gone.yaml'],
  [['audit', '--strickt'], 'Did you mean --strict?'],
  [['audit', '--json', 'gone/audit.json'], 'cannot write gone/audit.json'],
])('%j is a mistake of the user: exit 2', async (argv, words) => {
  const { code, err } = await run(...argv);
  expect(code).toBe(2);
  expect(err).toContain(words);
});

function compileForm(form: Parameters<typeof compileSchema>[0]) {
  return compileSchema(form, () => ({ file: 'spec/audit.schema.json', line: 1 }));
}

async function fileOf(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'jobs-kit-')), 'file.yaml');
  await writeFile(file, text);
  return file;
}
