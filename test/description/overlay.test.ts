import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { findResponse } from '../../src/description/lookup.ts';
import { KitError } from '../../src/errors.ts';
import { packageFile } from '../../src/package-files.ts';

const HEAD = 'overlay: 1.0.0\ninfo: {title: O, version: "1"}\nactions:\n';
const RUNS = "$.paths['/metalakes/{metalake}/jobs/runs'].get";

test('updates merge objects, append to lists and replace values, in the order of the overlays', async () => {
  const first = `${HEAD}  - target: $.components.schemas.Job.properties.status.enum
    update: cancelled
  - target: ${RUNS}
    update: {operationId: renamed, tags: [more]}
`;
  const second = `${HEAD}  - target: ${RUNS}
    update: {operationId: again}
`;
  const { operations, document } = await loadWith(first, second);
  expect(operations[0]?.id).toBe('again');
  expect(JSON.stringify(document)).toContain('"tags":["job","more"]');
  const schema = operations[0] && findResponse(operations[0], 200)?.mediaTypes[0]?.schema;
  expect(schema?.check(listWith('cancelled'))).toEqual([]);
  expect(schema?.check(listWith('canceled'))).toEqual([]);
  expect(schema?.check(listWith('gone'))[0]?.expected).toContain('"cancelled"');
});

test('removal takes away exactly what is selected', async () => {
  const overlay = `${HEAD}  - target: $.components.schemas.Job.properties.status.enum[?@ == 'canceled' || @ == 'queued']
    remove: true
  - target: ${RUNS}.responses['400']
    remove: true
  - target: $.components.schemas.Job.properties.status.example
    remove: true
`;
  const { operations } = await loadWith(overlay);
  expect(operations[0]?.responses.map(({ key }) => key)).toEqual(['200', '404', '5XX']);
  const schema = operations[0] && findResponse(operations[0], 200)?.mediaTypes[0]?.schema;
  expect(schema?.check(listWith('started'))).toEqual([]);
  expect(schema?.check(listWith('canceled'))).toHaveLength(1);
  expect(schema?.check(listWith('queued'))).toHaveLength(1);
});

test('what an overlay added is found in the overlay', async () => {
  const overlay = `${HEAD}  - target: ${RUNS}.responses
    update:
      '409':
        description: The metalake is not in use
`;
  const { operations } = await loadWith(overlay);
  const added = operations[0] && findResponse(operations[0], 409);
  expect(added?.where.file).toMatch(/overlay0\.yaml$/);
  expect(added?.where.line).toBe(6);
});

test('a target that selects nothing changes nothing', async () => {
  const { operations } = await loadWith(`${HEAD}  - {target: $.nothing.here, update: {a: 1}}\n`);
  expect(operations[0]?.id).toBe('listJobs');
});

test.each([
  ['openapi: 3.0.3\n', 1, 'this is no OpenAPI overlay'],
  ['overlay: 1.0.0\n', 1, 'has no actions'],
  [`${HEAD}  - {update: {}}\n`, 4, 'has no target'],
  [`${HEAD}  - {target: $.info}\n`, 4, 'does nothing'],
  [`${HEAD}  - target: info\n    update: {}\n`, 4, 'is no JSONPath'],
  [`${HEAD}  - target: $.info.title\n    update: x\n`, 5, 'do not fit together'],
])('a mistake in an overlay is reported with its line: %j', async (text, line, words) => {
  const message = await loadWith(text).catch((error) =>
    error instanceof KitError ? error.message : `${error}`,
  );
  expect(message).toMatch(new RegExp(`overlay0\\.yaml:${line}: .*${words}`));
});

test('an overlay that makes the description wrong is reported at its own line', async () => {
  const overlay = `${HEAD}  - target: $.components.schemas.Job
    update:
      required: [jobId, owner]
`;
  const message = await loadWith(overlay).catch((error) => error.message);
  expect(message).toContain('expected the property "owner", found absent');
});

function listWith(status: string) {
  return { code: 0, jobs: [{ jobId: 'a', jobTemplateName: 't', status, audit: {} }] };
}

async function loadWith(...overlays: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  const files = overlays.map((_, index) => join(folder, `overlay${index}.yaml`));
  await Promise.all(files.map((file, index) => writeFile(file, overlays[index] ?? '')));
  return await loadDescription(packageFile('spec/openapi.yaml'), { overlays: files });
}
