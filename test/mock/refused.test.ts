import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { refusalsOf, tellRefused } from '../../src/mock/refused.ts';

const error = (name: string, message: string) => ({
  description: '',
  content: { 'application/json': { examples: { [name]: { value: { message, stack: [message] } } } } },
});

async function operationWith(more: object, parameter: object = {}) {
  const { operations } = await loadDescription({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {
      '/things/{thing}': {
        get: {
          parameters: [
            { name: 'thing', in: 'path', required: true, schema: { type: 'string' }, ...parameter },
          ],
          responses: {
            200: { description: '' },
            404: error('Gone', 'no test here, {thing}'),
            409: error('Taken', '{name} is taken in {metalake}: {reason}, {unknown}'),
          },
          ...more,
        },
      },
    },
  });
  const [operation] = operations;
  if (!operation) {
    throw new Error('no operation');
  }
  return operation;
}

test('x-refuses tells with its example, whose placeholders are filled once', async () => {
  const operation = await operationWith({
    'x-refuses': [{ when: 'template-exists', status: 409, example: 'Taken' }],
  });
  const facts = { metalake: 'm', name: '{metalake}' };
  const message =
    '{metalake} is taken in m: there is a job template "{metalake}" in metalake "m" already, {unknown}';
  expect(tellRefused(operation, { refusal: 'template-exists', facts })).toEqual({
    status: 409,
    content: { message, stack: [message] },
    mediaType: 'application/json',
    why: 'example Taken: there is a job template "{metalake}" in metalake "m" already',
  });
});

test('x-identifies tells of an absent thing, in the place of the documented name', async () => {
  const identifies = { 'x-identifies': { absent: 404, documented: 'test', example: 'Gone' } };
  const operation = await operationWith({}, identifies);
  expect(refusalsOf(operation)).toEqual(['absent-thing']);
  expect(tellRefused(operation, { refusal: 'absent-thing', facts: { thing: 'test-2' } })).toMatchObject({
    status: 404,
    content: { message: 'no test-2 here, test-2' },
  });
  const named = await operationWith({}, { ...identifies, 'x-thing': 'metalake' });
  expect(refusalsOf(named)).toEqual(['absent-metalake']);
});

test('x-refuses wins over x-identifies', async () => {
  const operation = await operationWith(
    { 'x-refuses': [{ when: 'absent-thing', status: 409, example: 'Taken' }] },
    { 'x-identifies': { absent: 404, example: 'Gone' } },
  );
  expect(tellRefused(operation, { refusal: 'absent-thing', facts: {} })).toMatchObject({ status: 409 });
});

test('a missing body is told as a malformed one where nothing says more', async () => {
  const operation = await operationWith({
    'x-refuses': [{ when: 'malformed-body', status: 409, example: 'Taken' }],
  });
  const refused = { refusal: 'no-content', facts: { reason: 'none' } };
  expect(tellRefused(operation, refused)).toMatchObject({ status: 409, why: 'example Taken: none' });
});

test.each([
  ['absent-template', 'absent-thing', 'no job template "t" in metalake "m"'],
  ['metalake-exists', 'conflict', 'there is a metalake "n" already'],
  ['wrong-template-type', 'malformed-body', 'job template "t" is not of the type spark'],
])(
  '%s is told by the mock itself as %s where the description says nothing',
  async (refusal, name, reason) => {
    const facts = { template: 't', metalake: 'm', name: 'n', type: 'spark' };
    expect(tellRefused(await operationWith({}), { refusal, facts })).toEqual({
      kind: 'refusal',
      name,
      facts: { ...facts, reason },
    });
  },
);
