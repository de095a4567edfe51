import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { KitError } from '../../src/errors.ts';
import { loadWorld } from '../../src/world/load.ts';
import { jobSchema } from './described-job.ts';
import { temporaryFile } from './temporary.ts';

/** The mistakes that stop a fixture, without the folder of the file. */
async function mistakesOf(text: string): Promise<string> {
  const file = await temporaryFile('f.yaml', text);
  try {
    await loadWorld(file, { jobSchema });
  } catch (error) {
    expect(error).toBeInstanceOf(KitError);
    return String(error instanceof KitError && error.message).replaceAll(
      /^.*f\.yaml(?=:\d)/gm,
      basename(file),
    );
  }
  return '';
}

/** A fixture whose first job starts on line 4 and has the given lines. */
function withJob(...lines: string[]): string {
  return `summary: s\nopen:\n  jobs:\n    - ${lines.join('\n      ')}\n`;
}

test('an empty file', async () => {
  expect(await mistakesOf('')).toBe('f.yaml:1: the fixture is null. Expected an object.');
});

test('a file that is no YAML', async () => {
  expect(await mistakesOf('summary: s\nopen: {\n')).toMatch(
    /^f\.yaml:\d: .*Correct the YAML or JSON there\.$/,
  );
});

test('a missing summary', async () => {
  expect(await mistakesOf('open: {}\n')).toBe(
    'f.yaml:1: /summary is absent. Expected the property "summary".',
  );
});

test('an unknown property of the fixture', async () => {
  expect(await mistakesOf('metalake: []\nsummary: s\n')).toContain('Expected no property "metalake".');
});

test('a status that the description does not know', async () => {
  expect(await mistakesOf(withJob('jobId: a', 'jobTemplateName: x', 'status: cancelled', 'audit: {}'))).toBe(
    'f.yaml:6: /open/jobs/0/status is "cancelled". ' +
      'Expected one of "queued", "started", "failed", "succeeded", "cancelling", "canceled".',
  );
});

test('a number where a text belongs', async () => {
  expect(await mistakesOf(withJob('jobId: 12345', 'jobTemplateName: x', 'status: queued', 'audit: {}'))).toBe(
    'f.yaml:4: /open/jobs/0/jobId is 12345. Expected a string.',
  );
});

test('an empty id', async () => {
  expect(await mistakesOf(withJob('jobId: ""', 'jobTemplateName: x', 'status: queued', 'audit: {}'))).toBe(
    'f.yaml:4: /open/jobs/0/jobId is "". Expected at least 1 character.',
  );
});

test('a job without its audit', async () => {
  expect(await mistakesOf(withJob('jobId: a', 'jobTemplateName: x', 'status: queued'))).toBe(
    'f.yaml:4: /open/jobs/0/audit is absent. Expected the property "audit".',
  );
});

test('a misspelt property of a job, and of its audit', async () => {
  const mistakes = await mistakesOf(
    withJob('jobId: a', 'jobTemplateName: x', 'status: queued', 'name: x', 'audit: { creater: ada }'),
  );
  expect(mistakes).toContain('Expected no property "name".');
  expect(mistakes).toContain('Expected no property "creater".');
});

test.each([
  '2025-10-10',
  '2025-10-10T08:00:00',
  '2025-10-10 08:00:00Z',
  '2025-02-30T08:00:00Z',
  '2025-10-10T08:00:00+0200',
])('the time %s, which is not RFC 3339', async (time) => {
  const text = withJob('jobId: a', 'jobTemplateName: x', 'status: queued', 'audit:', `  createTime: ${time}`);
  expect(await mistakesOf(text)).toBe(
    `f.yaml:8: /open/jobs/0/audit/createTime is "${time}". Expected a date-time of RFC 3339.`,
  );
});

test('a modification before the creation, by a nanosecond and over time zones', async () => {
  const text = withJob(
    'jobId: a',
    'jobTemplateName: x',
    'status: failed',
    'audit:',
    '  createTime: 2025-10-10T08:00:00.000000001Z',
    '  lastModifiedTime: 2025-10-10T10:00:00.000000000+02:00',
  );
  expect(await mistakesOf(text)).toBe(
    'f.yaml:9: /open/jobs/0/audit/lastModifiedTime is "2025-10-10T10:00:00.000000000+02:00", ' +
      'before the createTime "2025-10-10T08:00:00.000000001Z". Write the same time or a later one.',
  );
});

test('a modification at the time of the creation is none', async () => {
  const text = withJob(
    'jobId: a',
    'jobTemplateName: x',
    'status: failed',
    'audit: { createTime: 2025-10-10T08:00:00Z, lastModifiedTime: 2025-10-10T10:00:00+02:00 }',
  );
  expect(await mistakesOf(text)).toBe('');
});

test('an id that comes twice in one metalake, but not in two', async () => {
  expect(
    await mistakesOf(`summary: s
metalakes:
  - name: demo
    jobs:
      - { jobId: a, jobTemplateName: x, status: queued, audit: {} }
      - { jobId: b, jobTemplateName: x, status: queued, audit: {} }
      - { jobId: a, jobTemplateName: y, status: queued, audit: {} }
  - name: other
    jobs:
      - { jobId: a, jobTemplateName: x, status: queued, audit: {} }
`),
  ).toBe(
    'f.yaml:7: /metalakes/0/jobs/2/jobId is "a", as /metalakes/0/jobs/0/jobId is. ' +
      'Give each job of a metalake an id of its own.',
  );
});

test('a metalake that is listed twice', async () => {
  expect(await mistakesOf('summary: s\nmetalakes:\n  - name: demo\n  - name: demo\n')).toBe(
    'f.yaml:4: /metalakes/1/name is "demo", as /metalakes/0/name is. Give each metalake a name of its own.',
  );
});

test('a metalake that is both listed and excepted', async () => {
  expect(await mistakesOf('summary: s\nopen: { except: [demo] }\nmetalakes:\n  - name: demo\n')).toBe(
    'f.yaml:4: /metalakes/0/name is "demo", which /open/except says does not exist. ' +
      'Remove the name from one of the two.',
  );
});

test('faults and volumes out of range', async () => {
  expect(
    await mistakesOf(`summary: s
open:
  volume:
    jobs: -1
    templates: []
faults:
  delaySeconds: -1
  failure:
    status: 404
    share: 30
`),
  ).toBe(
    [
      'f.yaml:4: /open/volume/jobs is -1. Expected a number of at least 0.',
      'f.yaml:5: /open/volume/templates is []. Expected at least 1 item.',
      'f.yaml:7: /faults/delaySeconds is -1. Expected a number of at least 0.',
      'f.yaml:9: /faults/failure/status is 404. Expected a number of at least 500.',
      'f.yaml:10: /faults/failure/share is 30. Expected a number of at most 1.',
    ].join('\n'),
  );
});

test('every mistake is told at once and once, in the order of lines', async () => {
  expect(
    await mistakesOf(`metalakes:
  - name: demo
    jobs:
      - jobId: a
        jobTemplateName: x
        status: done
        audit: {}
      - jobId: a
        jobTemplateName: x
        status: queued
        audit:
          createTime: yesterday
  - name: demo
    jobs: none
`),
  ).toBe(
    [
      'f.yaml:1: /summary is absent. Expected the property "summary".',
      'f.yaml:6: /metalakes/0/jobs/0/status is "done". ' +
        'Expected one of "queued", "started", "failed", "succeeded", "cancelling", "canceled".',
      'f.yaml:8: /metalakes/0/jobs/1/jobId is "a", as /metalakes/0/jobs/0/jobId is. ' +
        'Give each job of a metalake an id of its own.',
      'f.yaml:12: /metalakes/0/jobs/1/audit/createTime is "yesterday". Expected a date-time of RFC 3339.',
      'f.yaml:13: /metalakes/1/name is "demo", as /metalakes/0/name is. Give each metalake a name of its own.',
      'f.yaml:14: /metalakes/1/jobs is "none". Expected an array.',
    ].join('\n'),
  );
});

test('two templates of one name, and properties of the other kind of template', async () => {
  const text = `summary: s
open:
  templates:
    - { jobType: shell, name: t, executable: a }
    - { jobType: spark, name: t, executable: a }
    - { jobType: shell, name: u, executable: a, jars: [] }
    - { jobType: sparc, name: v, executable: a }
    - { jobType: shell, name: w }
runs: { pullSeconds: 0, rules: [{ outcome: cancelled }] }
`;
  expect((await mistakesOf(text)).split('\n')).toEqual([
    'f.yaml:5: /open/templates/1/name is "t", as /open/templates/0/name is. ' +
      'Give each template of a metalake a name of its own.',
    'f.yaml:6: /open/templates/2/jars is []. Expected no property "jars".',
    'f.yaml:7: /open/templates/3/jobType is "sparc". Expected "shell".',
    'f.yaml:8: /open/templates/4/executable is absent. Expected the property "executable".',
    'f.yaml:9: /runs/pullSeconds is 0. Expected a number of at least 0.001.',
    'f.yaml:9: /runs/rules/0/outcome is "cancelled". Expected one of "succeeded", "failed".',
  ]);
});
