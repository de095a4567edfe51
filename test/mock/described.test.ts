import { expect, test } from '@jest/globals';
import { DescribedReplies } from '../../src/mock/described.ts';
import { transportReplies } from '../../src/mock/transport-answers.ts';
import { DOCUMENTED, description } from './running.ts';

const replies = new DescribedReplies(transportReplies(description));
const [operation] = description.operations;

function make(status: number, content: unknown) {
  if (!operation) {
    throw new Error('the description has an operation');
  }
  return replies.make({ operation, status, content, why: 'test' });
}

test('a content that keeps the description is written as JSON, in the documented media type', () => {
  const reply = make(200, { code: 0, jobs: [] });
  expect(reply).toMatchObject({ status: 200, type: DOCUMENTED, why: 'test', transport: undefined });
  expect(String(reply.body)).toBe('{"code":0,"jobs":[]}');
});

test('a content that breaks it becomes a 500 that says in what, and is not kept', () => {
  const reply = make(200, { code: 1, jobs: [] });
  expect(reply).toMatchObject({ status: 500, transport: 'broken-answer', repeatable: false });
  expect(JSON.parse(String(reply.body)).message).toBe(
    'The answer would break the description: /code is 1, not one of 0',
  );
});

test('a status that is not documented breaks it too', () => {
  expect(JSON.parse(String(make(299, {}).body)).message).toBe(
    'The answer would break the description: listJobs documents no 299',
  );
});

test('the same object is written once', () => {
  const content = { code: 0, jobs: [] };
  expect(make(200, content).body).toBe(make(200, content).body);
});
