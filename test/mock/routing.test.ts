import { expect, test } from '@jest/globals';
import { bodyOf, RUNS, requestBytes, say, startMock } from './running.ts';

test('each base path of the description is served', async () => {
  const { get } = await startMock();
  expect((await get('/api/metalakes/demo/jobs/runs')).status).toBe(200);
  expect((await get('/metalakes/demo/jobs/runs')).status).toBe(200);
});

test('a trailing slash makes no difference', async () => {
  const { get } = await startMock();
  expect((await get(`${RUNS}/?jobTemplateName=test_run_get`)).status).toBe(200);
});

test.each([
  '/',
  '/api',
  '/api/metalakes/demo/jobs',
  '/api/metalakes/demo/jobs/runs/x',
  '/api/metalakes/demo/jobs/runsX',
  '/api/Metalakes/demo/jobs/runs',
  '/api/metalakes/demo/JOBS/runs',
  '/API/metalakes/demo/jobs/runs',
  '/api/metalakes//jobs/runs',
  '//api/metalakes/demo/jobs/runs',
  '/api//metalakes/demo/jobs/runs',
  '/api/metalakes/demo/jobs/runs//',
  '/api/metalakes/demo%2Fjobs/runs',
  '/metalakes/x/../demo/jobs/runs',
])('nothing is at %s', async (path) => {
  const { mock } = await startMock();
  const said = await say(mock, requestBytes(`GET ${path}`));
  expect(said).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  expect(bodyOf(said)).toEqual({
    code: 1003,
    type: 'NotFoundException',
    message: `No operation is at ${path}. Described are GET /api/metalakes/{metalake}/jobs/runs`,
  });
});

test('HEAD gets the headers of GET and no body', async () => {
  const { mock, get } = await startMock();
  const headers = (await get(RUNS)).headers;
  const said = await say(mock, requestBytes(`HEAD ${RUNS}`));
  expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(said).toContain(`\r\nContent-Length: ${headers.get('content-length')}\r\n`);
  expect(said).toMatch(/\r\n\r\n$/);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])('%s is not allowed', async (method) => {
  const { mock } = await startMock();
  const said = await say(mock, requestBytes(`${method} ${RUNS}`));
  expect(said).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
  expect(said).toContain('\r\nAllow: GET, HEAD, OPTIONS\r\n');
  expect(bodyOf(said)).toMatchObject({
    code: 1006,
    message: `${RUNS} does not take ${method}, it takes GET, HEAD, OPTIONS`,
  });
});

test.each([RUNS, `${RUNS}/`])('OPTIONS %s says what is allowed', async (path) => {
  const { mock } = await startMock();
  const said = await say(mock, requestBytes(`OPTIONS ${path}`));
  expect(said).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
  expect(said).toContain('\r\nAllow: GET, HEAD, OPTIONS\r\n');
  expect(said).not.toMatch(/content-(type|length)/i);
});

test('OPTIONS for the server as a whole is answered', async () => {
  const { mock } = await startMock();
  expect(await say(mock, requestBytes('OPTIONS *'))).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
});

test('a target in absolute-form is as good as its path', async () => {
  const { mock } = await startMock();
  const said = await say(mock, requestBytes(`GET http://me:secret@elsewhere:1${RUNS}?jobTemplateName=x`));
  expect(bodyOf(said)).toEqual({ code: 0, jobs: [] });
});
