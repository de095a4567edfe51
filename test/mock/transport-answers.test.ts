import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { findMediaType, findResponse } from '../../src/description/lookup.ts';
import { TRANSPORT_ANSWERS, transportReplies } from '../../src/mock/transport-answers.ts';
import { packageFile } from '../../src/package-files.ts';
import { bodyOf, DOCUMENTED, description, RUNS, requestBytes, say, startMock } from './running.ts';

test('the document lists the same answers as the code, in the same order', async () => {
  const text = await readFile(packageFile('docs/transport-answers.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (\d+) \| (\d+) \|/gm)];
  const listed = rows.map(([, name, status, code]) => [name, Number(status), Number(code)]);
  expect(listed).toEqual(
    Object.entries(TRANSPORT_ANSWERS).map(([name, { status, code }]) => [name, status, code]),
  );
});

test.each([
  ['malformed-target', 'GET /api/metalakes/%zz/jobs/runs', []],
  ['malformed-target', `GET ${RUNS}?jobTemplateName=%FF`, []],
  ['malformed-target', `GET ${RUNS}?unknown=%`, []],
  ['malformed-target', 'GET /%C3%28', []],
  ['preference-refused', `GET ${RUNS}`, ['Prefer: code=299']],
  ['preference-refused', `GET ${RUNS}`, ['Prefer: scenario="../fixtures/default.yaml"']],
  ['unknown-path', 'GET /nothing', []],
  ['unknown-path', 'GET //?x=1', []],
  ['unknown-path', 'GET http://', []],
  ['method-not-allowed', `POST ${RUNS}`, ['Content-Length: 0']],
  ['not-acceptable', `GET ${RUNS}`, ['Accept: text/html']],
  ['target-too-long', `GET ${RUNS}?${'a'.repeat(8192)}`, []],
  ['expectation-failed', `GET ${RUNS}`, ['Expect: magic']],
] as const)('%s answers %s %j', async (name, requestLine, headers) => {
  const { mock, lines } = await startMock();
  const said = await say(mock, requestBytes(requestLine, headers));
  const { status, code } = TRANSPORT_ANSWERS[name];
  expect(said).toContain(`HTTP/1.1 ${status} `);
  expect(said).toContain(`\r\nx-jobs-kit: ${name}\r\n`);
  expect(said).toContain(`\r\nContent-Type: ${DOCUMENTED}\r\n`);
  expect(bodyOf(said)).toMatchObject({ code });
  expect(errorSchema()?.check(bodyOf(said))).toEqual([]);
  expect(lines.at(-1)).toContain(`transport: ${name}`);
});

test('a refused preference says what there is', async () => {
  const { mock } = await startMock();
  const said = await say(mock, requestBytes(`GET ${RUNS}`, ['Prefer: scenario=nothing']));
  expect(bodyOf(said)).toMatchObject({ message: expect.stringContaining('closed, default, empty') });
});

test('every message says all that it means to, with LIMITS filled in', () => {
  const make = transportReplies(description);
  const { body } = make('method-not-allowed', { path: '/a', method: 'PUT', allow: 'GET' });
  expect(JSON.parse(String(body)).message).toBe('/a does not take PUT, it takes GET');
  expect(JSON.parse(String(make('body-too-large').body)).message).toBe(
    'The body is larger than 1048576 bytes',
  );
});

test('a description whose errors look otherwise is refused', async () => {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/orders': {
        get: {
          responses: {
            200: { description: '' },
            400: {
              description: '',
              content: { 'application/json': { schema: { type: 'object', required: ['reason'] } } },
            },
          },
        },
      },
    },
  };
  const shop = await loadDescription(document);
  expect(() => transportReplies(shop)).toThrow(/the schema of errors does not admit the mock's own/);
});

function errorSchema() {
  const operation = description.operations[0];
  const response = operation && findResponse(operation, 400);
  return response && findMediaType(response, DOCUMENTED)?.schema;
}
