import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import type { Operation } from '../../src/description/model.ts';
import { negotiate } from '../../src/mock/negotiation.ts';
import { parsePrefer } from '../../src/mock/prefer-header.ts';
import { isNegotiated, readPreferences } from '../../src/mock/preferences.ts';

const order = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
const orders = {
  type: 'object',
  properties: { total: { type: 'integer' }, orders: { type: 'array', items: order } },
};
const error = { type: 'object', required: ['reason'], properties: { reason: { type: 'string' } } };

const RESPONSES = {
  200: {
    description: '',
    'x-always': ['total', 'orders'],
    content: {
      'application/vnd.shop+json': {
        schema: orders,
        examples: {
          Full: { value: { total: 1, orders: [{ id: 'a' }] } },
          Empty: { value: { total: 0, orders: [] } },
        },
      },
      'text/csv': { examples: { Table: { value: 'id\na\n' }, Full: { value: 'id\nb\n' } } },
    },
  },
  202: { description: '', content: { 'application/json': { schema: orders } } },
  204: { description: '' },
  404: {
    description: '',
    content: { 'application/vnd.shop+json': { schema: error, example: { reason: 'gone' } } },
  },
  410: { description: '', content: { 'text/html': {} } },
  422: {
    description: '',
    content: {
      'application/json': { schema: { type: 'integer', allOf: [{ minimum: 5 }, { not: { minimum: 5 } }] } },
    },
  },
  default: { description: '', content: { '*/*': { example: 'other' } } },
  '5XX': {
    description: '',
    content: { 'application/vnd.shop+json': { schema: error, example: { reason: 'down' } } },
  },
};

const operation = await listOrders();

async function listOrders(): Promise<Operation> {
  const paths = { '/orders/{id}': { get: { operationId: 'listOrders', responses: RESPONSES } } };
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const document = {
    openapi: '3.0.3',
    info: { title: 't', version: '1' },
    paths: { '/orders/{id}': { parameters, ...paths['/orders/{id}'] } },
  };
  const [first] = (await loadDescription(JSON.parse(JSON.stringify(document)))).operations;
  if (!first) {
    throw new Error('no operation');
  }
  return first;
}

async function ask(prefer: string, accept?: string) {
  const preferences = readPreferences(parsePrefer(prefer) ?? [], operation, []);
  if ('kind' in preferences || !isNegotiated(preferences)) {
    throw new Error(JSON.stringify(preferences));
  }
  return negotiate(operation, accept, preferences);
}

test('a code is answered with the example of its response', async () => {
  expect(await ask('code=404')).toEqual({
    kind: 'answer',
    status: 404,
    mediaType: 'application/vnd.shop+json',
    body: { reason: 'gone' },
    why: 'example default',
    applied: [{ name: 'code', value: '404' }],
    repeatable: true,
  });
});

test('any status of a range is answered with the example of the range', async () => {
  expect(await ask('code=503')).toMatchObject({ status: 503, body: { reason: 'down' } });
  expect(await ask('code=599')).toMatchObject({ status: 599, body: { reason: 'down' } });
});

test('a status that only default documents is answered with the example of default', async () => {
  expect(await ask('code=418')).toMatchObject({ status: 418, mediaType: '*/*', body: 'other' });
});

test.each(['example=Empty', 'code=200, example=Empty', 'code=200; example=Empty'])(
  '%s is answered with that example',
  async (prefer) => {
    expect(await ask(prefer)).toMatchObject({
      status: 200,
      body: { total: 0, orders: [] },
      why: 'example Empty',
    });
  },
);

test('the first of several examples is named in the log and in the answer', async () => {
  expect(await ask('code=200')).toMatchObject({
    body: { total: 1, orders: [{ id: 'a' }] },
    why: 'example Full, the first of Full, Empty',
    applied: [
      { name: 'code', value: '200' },
      { name: 'example', value: 'Full' },
    ],
  });
});

test('Accept chooses the media type, and an example that only one has chooses that', async () => {
  expect(await ask('code=200', 'text/*')).toMatchObject({ mediaType: 'text/csv', body: 'id\na\n' });
  expect(await ask('example=Full', 'text/csv, application/vnd.shop+json;q=0.5')).toMatchObject({
    body: 'id\nb\n',
  });
  expect(await ask('example=Table', '*/*')).toMatchObject({ mediaType: 'text/csv', body: 'id\na\n' });
  expect(await ask('code=404', 'application/json')).toMatchObject({ mediaType: 'application/vnd.shop+json' });
});

test('two questions at once with different Accept get each their own', async () => {
  const accepts = ['text/csv', 'application/vnd.shop+json', undefined, 'text/csv'];
  const answers = await Promise.all(accepts.map((accept) => ask('code=200', accept)));
  expect(answers.map((answer) => answer.kind === 'answer' && answer.mediaType)).toEqual([
    'text/csv',
    'application/vnd.shop+json',
    'application/vnd.shop+json',
    'text/csv',
  ]);
});

test.each(['garbage', 'a/b/c', ';;', '*/json', 'text/csv;q=9', '\u0000', '"'])(
  'the malformed Accept %j is ignored',
  async (accept) => {
    expect(await ask('code=404', accept)).toMatchObject({ status: 404, body: { reason: 'gone' } });
  },
);

test('an Accept that admits no media type of the response gets the first', async () => {
  expect(await ask('code=200', 'image/*')).toMatchObject({ mediaType: 'application/vnd.shop+json' });
});

test('a response without content has neither body nor media type', async () => {
  expect(await ask('code=204', 'text/html')).toMatchObject({
    status: 204,
    mediaType: undefined,
    body: undefined,
    why: 'no content documented',
  });
});

test('the same seed generates the same body, another one another', async () => {
  const seven = await ask('dynamic=true, seed=7');
  expect(seven).toMatchObject({ status: 200, why: 'generated, seed 7', repeatable: true });
  expect(seven).toMatchObject({ body: { total: expect.any(Number), orders: expect.any(Array) } });
  expect(await ask('dynamic=true; seed=7')).toEqual(seven);
  expect(await ask('dynamic=true, seed=8')).not.toMatchObject({
    body: seven.kind === 'answer' && seven.body,
  });
});

test('without a seed each answer is another, and says how to repeat it', async () => {
  const first = await ask('dynamic');
  const second = await ask('dynamic');
  if (first.kind !== 'answer' || second.kind !== 'answer') {
    throw new Error('refused');
  }
  expect(first.repeatable).toBe(false);
  expect(first.body).not.toEqual(second.body);
  const [, seed] = first.applied;
  expect(first.why).toBe(`generated, seed ${seed?.value}`);
  expect(await ask(`dynamic, seed=${seed?.value}`)).toMatchObject({ body: first.body });
});

test('a generated error has the status that is asked for', async () => {
  expect(await ask('code=503, dynamic, seed=1')).toMatchObject({
    status: 503,
    body: { reason: expect.stringMatching(/./) },
  });
});

test('a response with a schema alone is answered with a generated body', async () => {
  const answer = await ask('code=202');
  expect(answer).toMatchObject({ status: 202, mediaType: 'application/json', repeatable: false });
  expect(answer).toMatchObject({ applied: [{ name: 'code' }, { name: 'seed' }] });
});

test('nothing can be generated without a schema', async () => {
  expect(await ask('code=410')).toMatchObject({
    name: 'preference-refused',
    facts: { reason: 'Prefer: the response 410 has no schema for text/html to generate from' },
  });
});

test('a schema that nothing conforms to is a broken answer with the reason', async () => {
  const refusal = await ask('code=422, dynamic, seed=5');
  expect(refusal).toMatchObject({ kind: 'refusal', name: 'broken-answer' });
  expect(refusal).toMatchObject({
    facts: { reason: expect.stringMatching(/^generation failed with seed 5: expected /) },
  });
});
