import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { createMock } from '../../src/create-mock.ts';
import { readDocument } from '../../src/documents/read.ts';
import type { Json } from '../../src/json.ts';
import { packageFile } from '../../src/package-files.ts';

// The files that show how to judge a real Gravitino in CI: all of them but the containers.

/** A whole run of the judge, on a busy machine. */
jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'jobs-kit-examples-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The dialect of the release that they judge. */
const DIALECT = 'gravitino-1.3';

const COMPOSE = await read('examples/compose.yaml');
const WORKFLOW = await read('examples/github-workflow.yaml');

test.each([
  ['compose.yaml', COMPOSE.services.verify.command, 'http://gravitino:8090', ['junit.xml', 'report.html']],
  [
    'github-workflow.yaml',
    WORKFLOW.jobs.verify.steps[1].run.trim().split(/\s+/),
    'http://localhost:8090',
    ['findings.sarif', 'junit.xml', 'report.html'],
  ],
])('the command of %s judges a server and writes the reports', async (_file, command, url, reports) => {
  const [npx, yes, name, verify, target, ...options]: string[] = command;
  expect([npx, yes, name, verify, target]).toEqual(['npx', '--yes', 'gravitino-jobs-kit', 'verify', url]);
  for (const report of readdirSync(folder)) {
    rmSync(join(folder, report));
  }
  const mock = await createMock({ scenario: 'fresh', dialect: DIALECT, speed: 60 });
  const program = packageFile('bin/jobs-kit.cjs');
  const args = [program, 'verify', mock.url, ...options, '--smoke'];
  const judge = spawn(process.execPath, args, { cwd: folder });
  const [printed] = await Promise.all([judge.stderr.toArray(), judge.stdout.toArray()]);
  const exitCode = judge.exitCode ?? (await once(judge, 'exit'))[0];
  await mock.close();
  expect(printed.join('')).toBe('');
  expect(exitCode).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(reports);
});

test('both judge the same release, at the address where it listens', () => {
  const { gravitino, verify } = COMPOSE.services;
  expect(gravitino).toEqual({ image: 'apache/gravitino:1.3.0', ports: ['8090:8090'] });
  expect(verify.depends_on).toEqual(['gravitino']);
  expect(WORKFLOW.jobs.verify.services.gravitino).toEqual({
    image: 'apache/gravitino:1.3.0',
    ports: ['8090:8090'],
  });
});

test('both judge by the dialect of that release', () => {
  expect(COMPOSE.services.verify.command).toContain(`--dialect=${DIALECT}`);
  expect(WORKFLOW.jobs.verify.steps[1].run).toContain(`--dialect ${DIALECT} `);
});

test('the workflow keeps the reports that the command writes, whatever they say', () => {
  const [, , keep, show] = WORKFLOW.jobs.verify.steps;
  expect(keep).toMatchObject({ if: 'always()', with: { path: 'junit.xml\nreport.html\n' } });
  expect(show).toMatchObject({ if: 'always()', with: { sarif_file: 'findings.sarif' } });
});

async function read(file: string) {
  const { value } = await readDocument(packageFile(file));
  return JSON.parse(JSON.stringify(value satisfies Json));
}
