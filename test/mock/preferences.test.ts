import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import type { Operation } from '../../src/description/model.ts';
import { parsePrefer } from '../../src/mock/prefer-header.ts';
import { isNegotiated, readPreferences } from '../../src/mock/preferences.ts';

const examples = (...names: string[]) => ({
  description: '',
  content: { 'text/plain': { examples: Object.fromEntries(names.map((name) => [name, { value: name }])) } },
});

const orders = await operationOf({
  200: examples('Full', 'Empty'),
  404: examples('Gone', 'Both'),
  409: { description: '', content: { 'text/plain': {} } },
  '5XX': examples('Down', 'Both'),
});

async function operationOf(responses: object): Promise<Operation> {
  const paths = {
    '/orders': { get: { operationId: 'listOrders', responses: JSON.parse(JSON.stringify(responses)) } },
  };
  const { operations } = await loadDescription({
    openapi: '3.0.3',
    info: { title: 't', version: '1' },
    paths,
  });
  const [operation] = operations;
  if (!operation) {
    throw new Error('no operation');
  }
  return operation;
}

function read(field: string, operation = orders) {
  return readPreferences(parsePrefer(field) ?? [], operation, ['default', 'closed']);
}

function message(field: string, operation = orders): unknown {
  const answer = read(field, operation);
  return 'kind' in answer ? answer.facts['reason'] : answer;
}

test('all that does not exclude each other is read', () => {
  expect(read('code=503, dynamic=true; seed=7, wait=30')).toEqual({
    code: 503,
    dynamic: true,
    seed: 7,
    waitSeconds: 30,
    given: [
      { name: 'code', value: '503' },
      { name: 'dynamic', value: 'true' },
      { name: 'seed', value: '7' },
      { name: 'wait', value: '30' },
    ],
  });
});

test.each([
  'code=404, example=Gone',
  'code=404; example=Gone',
  'code=404;example="Gone"',
  'Code=404; Example=Gone, code=200; example=Full',
  'code=404; example=Gone, example=Full',
])('%j means the same as with a comma', (field) => {
  expect(read(field)).toMatchObject({ code: 404, example: 'Gone' });
});

test('what is not ours is ignored, and with it its parameters', () => {
  expect(read('respond-async; wait=10, handling=lenient; code=404')).toEqual({ given: [] });
});

test('a wait may be less than a second', () => {
  expect(read('wait=0.5')).toMatchObject({ waitSeconds: 0.5 });
});

test('a scenario and a wait leave the answer to the world', () => {
  const preferences = read('scenario=closed, wait=2');
  expect(preferences).toMatchObject({ scenario: 'closed', waitSeconds: 2 });
  expect('kind' in preferences || isNegotiated(preferences)).toBe(false);
});

test('an example brings the status of its response', () => {
  expect(read('example=Gone')).toMatchObject({ code: 404, example: 'Gone' });
  expect(read('example=Down')).toMatchObject({ code: 500, example: 'Down' });
});

test('a generated answer is the success where no code is given', async () => {
  expect(read('dynamic')).toMatchObject({ code: 200, dynamic: true });
  expect(read('dynamic=true', await operationOf({ 404: examples('a'), '2XX': examples('b') }))).toMatchObject(
    { code: 200 },
  );
  expect(read('dynamic', await operationOf({ 404: examples('a'), default: examples('b') }))).toMatchObject({
    code: 200,
  });
  expect(read('dynamic', await operationOf({ '4XX': examples('a'), '5XX': examples('b') }))).toMatchObject({
    code: 400,
  });
});

test('of several successes the lowest is generated, whatever their order', async () => {
  const { responses, ...operation } = await operationOf({ 200: examples('a'), 201: examples('b') });
  expect(read('dynamic', { ...operation, responses: responses.toReversed() })).toMatchObject({ code: 200 });
});

test('dynamic=false asks for nothing', () => {
  expect(read('dynamic=false')).toEqual({ dynamic: false, given: [{ name: 'dynamic', value: 'false' }] });
});

test.each(['200', '404', '500', '503', '599'])('the code %s is documented', (code) => {
  expect(read(`code=${code}`)).toMatchObject({ code: Number(code) });
});

test.each(['299', '600', '100', '0', 'abc', '4040', '40.4', '-404', '""'])(
  'the code %s is refused, listing the documented ones',
  (code) => {
    expect(message(`code=${code}`)).toBe(
      `Prefer: code="${code.replaceAll('"', '')}" is no documented status of listOrders; use one of 200, 404, 409, 500 to 599`,
    );
  },
);

test('default documents every other status, and no interim status is answered', async () => {
  const operation = await operationOf({
    100: { description: '' },
    200: examples('a'),
    default: examples('b'),
  });
  expect(read('code=418', operation)).toMatchObject({ code: 418 });
  expect(message('code=100', operation)).toBe(
    'Prefer: code="100" is no documented status of listOrders; use one of 200, any other from 200 to 599',
  );
  expect(message('example=b', operation)).toBe(
    'Prefer: the example "b" may answer any other from 200 to 599; say which with code',
  );
});

test('an operation whose responses are all interim has nothing to generate', async () => {
  expect(message('dynamic', await operationOf({ 100: { description: '' } }))).toBe(
    'Prefer: dynamic: listOrders documents no response that can be answered',
  );
});

test.each([
  [
    'example=Nope',
    'no example is named "Nope"; use one of Full (200), Empty (200), Gone (404), Both (404), Down (500 to 599), Both (500 to 599)',
  ],
  [
    'example=gone',
    'no example is named "gone"; use one of Full (200), Empty (200), Gone (404), Both (404), Down (500 to 599), Both (500 to 599)',
  ],
  ['example=Both', 'the example "Both" may answer 404, 500 to 599; say which with code'],
  ['code=404, example=Full', 'the response 404 has no example named "Full"; use one of Gone, Both'],
  ['code=409; example=Gone', 'the response 409 has no example named "Gone"; it documents none'],
  ['scenario=nope', 'no scenario is named "nope"; use one of default, closed'],
  ['seed=x, dynamic', 'seed="x" is no whole number from 0 to 4294967295'],
  ['seed=4294967296, dynamic', 'seed="4294967296" is no whole number from 0 to 4294967295'],
  ['wait=-1', 'wait="-1" is no number of seconds from 0 to 30'],
  ['wait=31', 'wait="31" is no number of seconds from 0 to 30'],
  ['wait=1e1', 'wait="1e1" is no number of seconds from 0 to 30'],
  ['dynamic=yes', 'dynamic="yes" is neither true nor false'],
  ['seed=7', 'seed says what to generate from; give dynamic=true with it'],
  ['seed=7, dynamic=false', 'seed says what to generate from; give dynamic=true with it'],
  ['dynamic, example=Full', 'example and dynamic exclude each other; give one of them'],
  [
    'scenario=closed, code=404',
    'scenario and code exclude each other; one answers from a world, the other from the description',
  ],
  [
    'example=Full, scenario=closed',
    'scenario and example exclude each other; one answers from a world, the other from the description',
  ],
])('%s is refused with what to do', (field, expected) => {
  expect(message(field)).toBe(`Prefer: ${expected}`);
});

test('a long value is cut in the message', () => {
  const [nine, ...rest] = String(message(`code=${'9'.repeat(5000)}`)).split('9'.repeat(100));
  expect(nine).toBe('Prefer: code="');
  expect(rest).toEqual(['…" is no documented status of listOrders; use one of 200, 404, 409, 500 to 599']);
});
