import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { corsFor } from '../../src/mock/cors.ts';
import type { Operations } from '../../src/mock/operations.ts';
import { replyOf } from '../../src/mock/reply.ts';
import { createResponder } from '../../src/mock/responder.ts';
import { transportReplies } from '../../src/mock/transport-answers.ts';
import { description, RUNS, startMock } from './running.ts';

const QUESTION = {
  httpVersion: '1.1',
  method: 'GET',
  target: RUNS,
  headers: { host: 'mock' },
  body: () => Promise.resolve(Buffer.alloc(0)),
};

function responderOf(answer: Operations['answer']) {
  const operations = { answer } as unknown as Operations;
  return createResponder({
    description,
    operations,
    transport: transportReplies(description),
    cors: corsFor([]),
    control: undefined,
    further: undefined,
  });
}

test('a fault of the mock is an answer that says so, and is not kept', async () => {
  const responder = await responderOf(() => Promise.reject(new Error('out of luck')));
  const answer = await responder.answer(QUESTION);
  expect(answer).toMatchObject({ status: 500, transport: 'mock-failed', repeatable: false });
  expect(JSON.parse(String(answer.body))).toEqual({
    code: 1002,
    type: 'RuntimeException',
    message: 'A fault of the mock itself: out of luck',
  });
});

test('a header that cannot be sent is a fault that is answered', async () => {
  const reply = replyOf({ status: 200, why: '', headers: ['x-odd', 'a\nb'] });
  const responder = await responderOf(() => Promise.resolve(reply));
  expect(await responder.answer(QUESTION)).toMatchObject({ status: 500, transport: 'mock-failed' });
});

const SHOP = {
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/orders/{order}': {
      parameters: [{ name: 'order', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        responses: {
          200: {
            description: '',
            content: { 'application/json': { example: { id: 'a' } }, 'text/csv': { example: 'id\na\n' } },
          },
        },
      },
      delete: { operationId: 'cancel', responses: { 204: { description: '' } } },
    },
  },
};

test('an operation that no world answers gets its documented success', async () => {
  const { mock, get } = await startMock({ description: await loadDescription(SHOP) });
  const response = await get('/orders/1');
  expect([response.status, await response.text()]).toEqual([200, '{"id":"a"}']);
  expect((await get('/orders/1', { method: 'DELETE' })).status).toBe(204);
  expect((await get('/orders/1', { method: 'POST' })).headers.get('allow')).toBe(
    'GET, HEAD, DELETE, OPTIONS',
  );
  expect(mock.world.name).toBe('default');
});

test('a text that is no JSON is sent as it is', async () => {
  const { get } = await startMock({ description: await loadDescription(SHOP) });
  const response = await get('/orders/1', { headers: { accept: 'text/csv' } });
  expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/csv', 'id\na\n']);
});
