import { expect, test } from '@jest/globals';
import { type Call, callOf } from '../../src/contract/call.ts';
import { Contents } from '../../src/contract/content.ts';
import { coverageOf } from '../../src/contract/coverage.ts';
import { createRouter } from '../../src/contract/routes.ts';
import { loadDescription } from '../../src/description/load.ts';
import { job } from '../servers/jobs-api.ts';
import { description } from './described.ts';
import { callFrom, exchangeOf, type Special } from './exchanges.ts';

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
      { name: 'metalake', in: 'path', required: true, seen: true, omitted: false },
      { name: 'jobTemplateName', in: 'query', required: false, seen: true, omitted: true },
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

test('a body under another JSON type shows its properties, though not the documented media type', () => {
  const body = { code: 0, jobs: [job('a')] };
  const [operation] = coverageOf(description, [callFrom({ type: 'application/json', body })]);
  const [mediaType] = operation?.responses[0]?.mediaTypes ?? [];
  expect(mediaType?.seen).toBe(false);
  expect(mediaType?.properties.find(({ pointer }) => pointer === '/jobs/*/jobId')?.seen).toBe(true);
});

const pets = await loadDescription({
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets/{kind}': {
      get: {
        operationId: 'listPets',
        parameters: [
          { name: 'kind', in: 'path', required: true, schema: { type: 'string', enum: ['cat', 'dog'] } },
          {
            name: 'sort',
            in: 'query',
            schema: { type: 'array', items: { type: 'string', enum: ['name', 'age'] } },
          },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'theme', in: 'cookie', schema: { type: 'string', enum: ['dark', 'light'] } },
        ],
        responses: {
          200: {
            description: 'pets',
            content: { 'application/json': {}, 'application/*': {}, 'text/plain': {} },
          },
          '4XX': { description: 'no pets' },
          default: { description: 'else' },
        },
      },
    },
    '/vets': { get: { operationId: 'listVets', responses: { 200: { description: 'vets' } } } },
  },
});

test('an answer counts for the response that describes it: the exact status, its range, or the default', () => {
  const [{ responses = [] } = {}, vets] = coverageOf(pets, [
    pet({ status: 404 }),
    pet({ status: 404 }),
    pet({ status: 503 }),
  ]);
  expect(responses.map(({ status, seen }) => [status, seen])).toEqual([
    ['200', 0],
    ['4XX', 2],
    ['default', 1],
  ]);
  expect(vets).toMatchObject({ operation: 'listVets', requests: 0, responses: [{ status: '200', seen: 0 }] });
});

test.each([
  ['application/json', [true, false, false]],
  ['Application/JSON; charset=utf-8', [true, false, false]],
  ['application/xml', [false, true, false]],
  ['text/html', [false, false, false]],
  ['', [false, false, false]],
])('an answer in %p counts for the media type that describes it best', (type, expected) => {
  const [{ responses: [ok] = [] } = {}] = coverageOf(pets, [pet({ type })]);
  expect(ok?.mediaTypes.map(({ seen }) => seen)).toEqual(expected);
});

test('a parameter is seen wherever it stands, and each member of its enum', () => {
  const headers = [
    ['x-trace', '1'],
    ['Cookie', 'a=b; theme=dark'],
  ] as const;
  const calls = [pet({ target: '/pets/cat?sort=age,x', headers }), pet({ target: '/pets/dog', headers })];
  expect(coverageOf(pets, calls)[0]?.parameters).toEqual([
    { ...parameter('kind', 'path', [true, true]), omitted: false, values: members({ cat: true, dog: true }) },
    { ...parameter('sort', 'query', [true, true]), values: members({ name: false, age: true }) },
    parameter('X-Trace', 'header', [true, false]),
    { ...parameter('theme', 'cookie', [true, false]), values: members({ dark: true, light: false }) },
  ]);
  expect(coverageOf(pets, [pet()])[0]?.parameters.slice(2)).toEqual([
    parameter('X-Trace', 'header', [false, true]),
    { ...parameter('theme', 'cookie', [false, true]), values: members({ dark: false, light: false }) },
  ]);
});

test('a request that got no answer was sent all the same, and one beside the operation calls it not', () => {
  const lost = pet({ failure: { kind: 'closed', detail: 'the connection was closed' } });
  const beside = { ...pet({ target: '/pets/cat?sort=age' }), beside: 'method' } as const;
  expect(coverageOf(pets, [lost, beside])[0]).toMatchObject({
    requests: 1,
    parameters: [{ seen: true }, { seen: false }, { seen: false }, { seen: false }],
  });
});

function pet(special: Special = {}): Call {
  const exchange = exchangeOf({ target: '/pets/cat', headers: [], type: 'application/json', ...special });
  const route = createRouter(pets, [''])(exchange.request.method, exchange.request.target);
  if (!route) {
    throw new Error(`${exchange.request.target} calls no operation`);
  }
  return callOf(exchange, route, 0, new Contents());
}

function parameter(name: string, place: string, [seen, omitted]: readonly [boolean, boolean]) {
  return { name, in: place, required: place === 'path', seen, omitted };
}

function members(seen: Readonly<Record<string, boolean>>) {
  return Object.entries(seen).map(([name, isSeen]) => ({ value: JSON.stringify(name), seen: isSeen }));
}
