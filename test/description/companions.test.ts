import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { companionsOf, ENDPOINT, loadServed } from '../../src/description/companions.ts';
import { loadDescription } from '../../src/description/load.ts';
import { findResponse } from '../../src/description/lookup.ts';
import { packageFile } from '../../src/package-files.ts';

const { operations } = await loadDescription(ENDPOINT, { overlays: companionsOf(ENDPOINT) });

function operationOf(id: string) {
  const operation = operations.find((each) => each.id === id);
  if (!operation) {
    throw new Error(`there is no ${id}`);
  }
  return operation;
}

test('the companions have the ids, methods, paths and statuses of the published description', () => {
  const told = operations.map(({ id, method, path, responses }) =>
    [id, method, path, responses.map(({ key }) => key).join()].join(' '),
  );
  expect(told).toEqual([
    'listJobs GET /metalakes/{metalake}/jobs/runs 200,400,404,5XX',
    'runJob POST /metalakes/{metalake}/jobs/runs 200,404,5XX',
    'getJob GET /metalakes/{metalake}/jobs/runs/{jobId} 200,404,5XX',
    'cancelJob POST /metalakes/{metalake}/jobs/runs/{jobId} 200,404,5XX',
    'listJobTemplates GET /metalakes/{metalake}/jobs/templates 200,400,404,5XX',
    'registerJobTemplate POST /metalakes/{metalake}/jobs/templates 200,409,5XX',
    'getJobTemplate GET /metalakes/{metalake}/jobs/templates/{jobTemplate} 200,404,5XX',
    'updateJobTemplate PUT /metalakes/{metalake}/jobs/templates/{jobTemplate} 200,400,404,5XX',
    'deleteJobTemplate DELETE /metalakes/{metalake}/jobs/templates/{jobTemplate} 200,400,5XX',
    'listMetalakes GET /metalakes 200,400,5XX',
    'createMetalake POST /metalakes 200,409,5XX',
    'loadMetalake GET /metalakes/{name} 200,404,5XX',
    'alterMetalake PUT /metalakes/{name} 200,404,409,5XX',
    'dropMetalake DELETE /metalakes/{name} 200,400,5XX',
    'setMetalake PATCH /metalakes/{name} 200,404,5XX',
    'getVersion GET /version 200,5XX',
    'getConfigs GET /configs 200',
  ]);
});

test('all stand below the base paths of the description, but for configs', () => {
  for (const { id, basePaths } of operations) {
    expect([id, basePaths]).toEqual([id, id === 'getConfigs' ? [''] : ['/api', '']]);
  }
});

test('a body is described in the published media type', () => {
  const types = operations.flatMap(({ id, requestBody }) =>
    requestBody ? [[id, requestBody.mediaTypes.map(({ type }) => type).join()]] : [],
  );
  expect(types).toEqual([
    ['runJob', 'application/json'],
    ['registerJobTemplate', 'application/vnd.gravitino.v1+json'],
    ['updateJobTemplate', 'application/vnd.gravitino.v1+json'],
    ['createMetalake', 'application/json'],
    ['alterMetalake', 'application/json'],
    ['setMetalake', 'application/json'],
  ]);
});

test('what the operations do to things and show of them', () => {
  const acts = operations.flatMap(({ id, acts: [act] }) =>
    act ? [[id, act.kind, act.thing, act.request ?? '', act.response.join()].join(' ')] : [],
  );
  expect(acts).toEqual([
    'listJobs lists job  /jobs/*/jobId',
    'runJob creates job  /job/jobId',
    'getJob reads job  /job/jobId',
    'cancelJob changes job  /job/jobId',
    'listJobTemplates lists template  /names/*,/jobTemplates/*/name',
    'registerJobTemplate creates template /jobTemplate/name ',
    'getJobTemplate reads template  /jobTemplate/name',
    'updateJobTemplate changes template /updates/*/newName /jobTemplate/name',
    'deleteJobTemplate removes template  ',
    'listMetalakes lists metalake  /metalakes/*/name',
    'createMetalake creates metalake /name /metalake/name',
    'loadMetalake reads metalake  /metalake/name',
    'alterMetalake changes metalake /updates/*/newName /metalake/name',
    'dropMetalake removes metalake  ',
    'setMetalake changes metalake  ',
  ]);
  expect(operationOf('runJob').acts[0]?.uses).toEqual({ template: '/jobTemplateName' });
  expect(operationOf('cancelJob').acts[0]?.ends).toBe(true);
  expect(operationOf('dropMetalake').acts[0]).toMatchObject({
    removed: '/dropped',
    query: { force: 'true' },
  });
});

test('each path parameter says what it names', () => {
  const things = operations.flatMap(({ parameters }) =>
    parameters.filter((each) => each.in === 'path').map(({ name, thing }) => `${name} ${thing}`),
  );
  expect(new Set(things)).toEqual(
    new Set(['metalake metalake', 'jobId job', 'jobTemplate template', 'name metalake']),
  );
});

test('the life of a job ends in three ways', () => {
  const { schema } = findResponse(operationOf('getJob'), 200)?.mediaTypes[0] ?? {};
  expect(schema?.marks.find(({ kind }) => kind === 'lifecycle')).toMatchObject({
    at: '/job/status',
    initial: ['queued'],
    moves: {
      queued: ['started', 'cancelling'],
      started: ['succeeded', 'failed', 'cancelling'],
      cancelling: ['canceled', 'succeeded', 'failed'],
    },
    final: ['failed', 'succeeded', 'canceled'],
  });
});

test('a job that stands alone has the order of times that a job of a list has', () => {
  const { schema } = findResponse(operationOf('getJob'), 200)?.mediaTypes[0] ?? {};
  expect(schema?.marks).toContainEqual(
    expect.objectContaining({ at: '/job/audit/lastModifiedTime', earlier: '/job/audit/createTime' }),
  );
});

test('each of the two lists of templates is valid, and nothing else is', () => {
  const schema = findResponse(operationOf('listJobTemplates'), 200)?.mediaTypes[0]?.schema;
  expect(schema?.check({ code: 0, names: [] })).toEqual([]);
  expect(schema?.check({ code: 0, jobTemplates: [] })).toEqual([]);
  expect(schema?.check({ code: 0 })).not.toEqual([]);
  expect(schema?.check({ code: 0, names: [], jobTemplates: [] })).not.toEqual([]);
});

test('companions are served beside the shipped description alone, later where no overlay speaks of them', async () => {
  const shipped = await loadServed(ENDPOINT, [], false);
  expect(shipped.description.operations).toHaveLength(1);
  expect((await shipped.companions?.())?.operations).toHaveLength(17);
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  const overlay = join(folder, 'overlay.yaml');
  await writeFile(overlay, "overlay: 1.0.0\nactions: [{target: '$.info', update: {title: T}}]\n");
  const overlaid = await loadServed(ENDPOINT, [overlay], false);
  expect([overlaid.description.operations.length, overlaid.companions]).toEqual([17, undefined]);
  expect((await loadServed(ENDPOINT, [], true)).companions).toBeUndefined();
  expect(companionsOf(packageFile('test/description/weak.yaml'))).toEqual([]);
});
