import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { findResponse } from '../../src/description/lookup.ts';
import { packageFile } from '../../src/package-files.ts';

const description = await loadDescription(packageFile('spec/openapi.yaml'));
const [listJobs] = description.operations;
if (!listJobs) {
  throw new Error('spec/openapi.yaml describes no operation');
}

const VENDOR = 'application/vnd.gravitino.v1+json';

test('the description is OpenAPI 3.0.3 of the one endpoint, below both base paths', () => {
  expect(description.openapi).toBe('3.0.3');
  expect(description.operations).toHaveLength(1);
  expect([listJobs.id, listJobs.method, listJobs.path]).toEqual([
    'listJobs',
    'GET',
    '/metalakes/{metalake}/jobs/runs',
  ]);
  expect(description.basePaths).toEqual(['/api', '']);
});

test('every documented response is served as the vendor type alone', () => {
  expect(listJobs.responses.map(({ key, mediaTypes }) => [key, mediaTypes.map(({ type }) => type)])).toEqual([
    ['200', [VENDOR]],
    ['400', [VENDOR]],
    ['404', [VENDOR]],
    ['5XX', [VENDOR]],
  ]);
});

test('the examples are those of the documented page, keys in order', () => {
  expect(exampleOf(200)).toBe(
    '{"code":0,"jobs":[{"jobId":"job-12345","jobTemplateName":"test_run_get","status":"succeeded","audit":{"createTime":"2025-08-12T02:14:28.205023Z","creator":"anonymous"}},{"jobId":"job-67890","jobTemplateName":"test_run_get_spark","status":"failed","audit":{"createTime":"2025-08-12T02:14:28.205023Z","creator":"anonymous"}}]}',
  );
  expect(exampleOf(400)).toBe('{"code":1003,"type":"BadRequestException","message":"Malformed request"}');
  expect(exampleOf(404)).toBe(
    '{"code":1003,"type":"NoSuchMetalakeException","message":"Failed to operate metalake(s) [test] operation [LOAD], reason [NoSuchMetalakeException]","stack":["org.apache.gravitino.exceptions.NoSuchMetalakeException: Metalake test does not exist","..."]}',
  );
  expect(exampleOf(503)).toBe(
    '{"code":1002,"type":"RuntimeException","message":"Internal Server Error","stack":["java.lang.RuntimeException: Internal Server Error"]}',
  );
});

test('the named examples have the names of the page', () => {
  expect(findResponse(listJobs, 200)?.mediaTypes[0]?.examples[0]?.name).toBe('JobListResponse');
  expect(findResponse(listJobs, 404)?.mediaTypes[0]?.examples[0]?.name).toBe('NoSuchMetalakeException');
});

test('a job needs its four properties, an error three, and an audit none', () => {
  const list = findResponse(listJobs, 200)?.mediaTypes[0]?.schema;
  const error = findResponse(listJobs, 404)?.mediaTypes[0]?.schema;
  expect(list?.check({ code: 0, jobs: [{}] }).map(({ pointer }) => pointer)).toEqual([
    '/jobs/0/jobId',
    '/jobs/0/jobTemplateName',
    '/jobs/0/status',
    '/jobs/0/audit',
  ]);
  expect(error?.check({}).map(({ pointer }) => pointer)).toEqual(['/code', '/type', '/message']);
  expect(list?.check({ jobs: [{ jobId: '', jobTemplateName: '', status: 'canceled', audit: {} }] })).toEqual(
    [],
  );
});

test('parameters: the metalake is required and has an example of ours, the template has no default', () => {
  const [metalake, template] = listJobs.parameters;
  expect(metalake).toMatchObject({ name: 'metalake', in: 'path', required: true });
  expect(metalake?.examples).toMatchObject([{ name: 'demo', value: 'demo' }]);
  expect(metalake?.identifies).toMatchObject({
    absent: 404,
    documented: 'test',
    example: 'NoSuchMetalakeException',
  });
  expect(template).toMatchObject({ name: 'jobTemplateName', in: 'query', required: false });
  expect(template?.schema?.source).not.toHaveProperty('default');
  expect(template?.filters).toMatchObject({
    items: '/jobs',
    by: 'jobTemplateName',
    unmatched: ['empty', 404, 400],
  });
});

test("what the prose of the 400 allows, and what the examples always carry, is the judge's to read", () => {
  expect(findResponse(listJobs, 400)?.alsoServed).toEqual(['application/json', 'text/plain']);
  expect(findResponse(listJobs, 200)?.always).toEqual(['code', 'jobs']);
});

function exampleOf(status: number): string | undefined {
  return listJobs && JSON.stringify(findResponse(listJobs, status)?.mediaTypes[0]?.examples[0]?.value);
}
