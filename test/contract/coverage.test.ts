import { expect, test } from '@jest/globals';
import { coverageOf } from '../../src/contract/coverage.ts';
import { job } from '../servers/jobs-api.ts';
import { description } from './described.ts';
import { callFrom } from './exchanges.ts';

test('coverage tells which parameter, status, media type, property and enum member was seen', () => {
  const calls = [
    callFrom({ body: { code: 0, jobs: [{ ...job('a'), status: 'failed', audit: {} }] } }),
    callFrom({ target: '/api/metalakes/x/jobs/runs?jobTemplateName=a', type: 'text/html', body: 'no' }),
  ];
  const [operation] = coverageOf(description, calls);
  expect(operation).toMatchObject({
    operation: 'listJobs',
    requests: 2,
    parameters: [
      { name: 'metalake', in: 'path', seen: true },
      { name: 'jobTemplateName', in: 'query', seen: true },
    ],
  });
  const [ok, ...others] = operation?.responses ?? [];
  expect(others.map(({ status, seen }) => [status, seen])).toEqual([
    ['400', 0],
    ['404', 0],
    ['5XX', 0],
  ]);
  const properties = ok?.mediaTypes[0]?.properties ?? [];
  expect(properties.filter(({ seen }) => seen).map(({ pointer }) => pointer)).toEqual([
    '/code',
    '/jobs',
    '/jobs/*/jobId',
    '/jobs/*/jobTemplateName',
    '/jobs/*/status',
    '/jobs/*/audit',
  ]);
  const status = properties.find(({ pointer }) => pointer === '/jobs/*/status');
  expect(status?.values?.filter(({ seen }) => seen)).toEqual([{ value: '"failed"', seen: true }]);
});
