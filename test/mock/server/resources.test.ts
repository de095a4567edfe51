import { expect, test } from '@jest/globals';
import { allowOf, findResource } from '../../../src/mock/server/resources.ts';
import { companions } from '../running.ts';

function found(path: string) {
  const resource = findResource(companions.operations, path);
  return resource && [resource.operations.map(({ id }) => id).join(), resource.parameters];
}

test.each([
  ['/api/metalakes/ml/jobs/runs', ['runJob,listJobs', { metalake: 'ml' }]],
  ['/api/metalakes/ml;x=1/jobs/runs;y=2/', ['runJob,listJobs', { metalake: 'ml' }]],
  ['/api/metalakes/%6D%6c/jobs/runs', ['runJob,listJobs', { metalake: 'ml' }]],
  ['/api/metalakes/a%2Fb+%E4%B8%AD%ff/jobs/runs', ['runJob,listJobs', { metalake: 'a/b+中\ufffd' }]],
  ['/configs', ['getConfigs', {}]],
])('%s is a resource', (path, expected) => {
  const resource = found(path);
  expect(resource?.[0]?.toString().split(',').sort()).toEqual(String(expected[0]).split(',').sort());
  expect(resource?.[1]).toEqual(expected[1]);
});

test.each([
  ['/api/metalakes/ml/jobs/runs//'],
  ['/api/metalakes//jobs/runs'],
  ['/api/metalakes/ml/jobs/%72uns'],
  ['/api/metalakes/ml/jobs/RUNS'],
  ['/api/metalakes/./ml/jobs/runs'],
])('%s is none', (path) => {
  expect(found(path)).toBeUndefined();
});

test('methods are listed in the order of their hashes', () => {
  const resource = findResource(companions.operations, '/api/metalakes/ml');
  expect(resource && allowOf(resource, false)).toEqual(['DELETE', 'GET', 'OPTIONS', 'PUT', 'PATCH']);
  expect(resource && allowOf(resource, true)).toEqual(['HEAD', 'DELETE', 'GET', 'OPTIONS', 'PUT', 'PATCH']);
});
