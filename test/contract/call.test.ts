import { expect, test } from '@jest/globals';
import { haveSameBody, sizeOfBody } from '../../src/contract/call.ts';
import { Contents } from '../../src/contract/content.ts';
import { callFrom } from './exchanges.ts';

test('long bodies are the same where all of their bytes are, not just the beginning that is kept', () => {
  const contents = new Contents();
  const long = 'x'.repeat(300_000);
  const [one, same, other] = [`["${long}1"]`, `["${long}1"]`, `["${long}2"]`].map((body) =>
    callFrom({ body }, contents),
  );
  expect(
    one && [sizeOfBody(one), same && haveSameBody(one, same), other && haveSameBody(one, other)],
  ).toEqual([300_005, true, false]);
});

test('a body with too much in it is not known, and the answer says why', () => {
  const { content, exchange } = callFrom({ body: `["${'x'.repeat(9e6)}"]` });
  expect([content.kind, exchange.response?.body]).toEqual(['unknown', undefined]);
  expect(exchange.response?.bodyProblem).toEqual({
    kind: 'size',
    detail: 'it has a text of more than the 8388608 characters that are read',
  });
});
