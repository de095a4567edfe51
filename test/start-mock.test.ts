import { afterEach, expect, test } from '@jest/globals';
import type { Mock, MockOptions } from '../src/mock-handle.ts';
import { packageFile } from '../src/package-files.ts';
import { startMockProcess } from '../src/start-mock.ts';

const running: Mock[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((mock) => mock.close()));
});

/** The compiled process, as CommonJS starts it. */
async function start(options: MockOptions): Promise<Mock> {
  const mock = await startMockProcess(packageFile('dist/mock-process.js'), options);
  running.push(mock);
  return mock;
}

async function metalakesOf({ url }: Mock): Promise<unknown> {
  const { metalakes } = JSON.parse(await (await fetch(`${url}/api/metalakes`)).text());
  return metalakes;
}

test('the clock, the scenario and the changes of a mock in a process of its own are controlled', async () => {
  const mock = await start({ scenario: 'fresh', clock: 'manual', now: '2026-01-31T12:00:00Z' });
  await mock.clock.advance(1500);
  expect((await mock.clock.now()).toISOString()).toBe('2026-01-31T12:00:01.500Z');
  await mock.clock.set(new Date('2026-01-31T13:00:00Z'));
  await mock.clock.set('2026-01-31T14:00:00Z');
  expect((await mock.clock.now()).toISOString()).toBe('2026-01-31T14:00:00.000Z');
  await expect(mock.clock.advance(-1)).rejects.toThrow('It only goes forward');
  const body = '{"name":"ml"}';
  const headers = { 'content-type': 'application/json' };
  await fetch(`${mock.url}/api/metalakes`, { method: 'POST', headers, body });
  expect(await metalakesOf(mock)).toHaveLength(1);
  await mock.reset();
  expect(await metalakesOf(mock)).toEqual([]);
  await mock.use('server');
  expect(await metalakesOf(mock)).toMatchObject([{ name: 'demo' }]);
  expect(mock.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'POST 200',
    'GET 200',
    'GET 200',
    'GET 200',
  ]);
});

test('the endpoint alone is served on request', async () => {
  const mock = await start({ endpointOnly: true });
  expect((await fetch(`${mock.url}/api/metalakes/demo/jobs/runs`)).status).toBe(200);
  expect((await fetch(`${mock.url}/api/metalakes`)).status).toBe(404);
});
