import { expect, test } from '@jest/globals';
import { startServer } from './running.ts';

const NOW = new Date('2026-01-31T12:00:00Z');

async function startControlled(options: Parameters<typeof startServer>[0] = {}) {
  const { mock, call } = await startServer({ now: NOW, ...options });
  const control = async (
    method: string,
    name: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ) => {
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const init = { method, headers, ...(text !== undefined && { body: text }) };
    const response = await fetch(`${mock.url}/__jobs-kit/${name}`, init);
    return { status: response.status, content: JSON.parse(await response.text()) };
  };
  return { mock, call, control };
}

test('reset forgets what requests have changed, in every scenario', async () => {
  const { call, control } = await startControlled();
  const fresh = { prefer: 'scenario=fresh' };
  for (const headers of [{}, fresh]) {
    await call('POST', '/metalakes', { name: 'ml' }, headers);
    expect((await call('GET', '/metalakes', undefined, headers)).content.metalakes).toHaveLength(1);
  }
  expect(await control('POST', 'reset')).toEqual({
    status: 200,
    content: { scenario: 'default', now: '2026-01-31T12:00:00.000Z' },
  });
  for (const headers of [{}, fresh]) {
    expect((await call('GET', '/metalakes', undefined, headers)).content.metalakes).toEqual([]);
  }
});

test('scenario takes a shipped one, and never a path', async () => {
  const { call, control } = await startControlled();
  expect((await control('POST', 'scenario', { name: 'fresh' })).content.scenario).toBe('fresh');
  expect((await call('GET', '/metalakes/demo')).status).toBe(404);
  for (const body of [{ name: '/etc/hosts' }, { name: 'nope' }, {}, 'nope']) {
    expect(await control('POST', 'scenario', body)).toMatchObject({
      status: 400,
      content: { code: 1001 },
    });
  }
});

test('clock moves the time by hand, forward only', async () => {
  const { control } = await startControlled();
  const moved = await control('POST', 'clock', { advanceMs: 90_000 });
  expect(moved.content.now).toBe('2026-01-31T12:01:30.000Z');
  const set = await control('POST', 'clock', { now: '2026-02-01T00:00:00Z' });
  expect(set.content.now).toBe('2026-02-01T00:00:00.000Z');
  for (const body of [
    {},
    { advanceMs: -1 },
    { advanceMs: '1' },
    { now: 'later' },
    { now: '2026-01-01T00:00:00Z' },
  ]) {
    expect((await control('POST', 'clock', body)).status).toBe(400);
  }
});

test('journal gives the requests without those to the mock itself', async () => {
  const { call, control, mock } = await startControlled();
  await call('GET', '/metalakes/demo/jobs/runs');
  const { content } = await control('GET', 'journal');
  expect(content.requests).toMatchObject([{ method: 'GET', path: '/api/metalakes/demo/jobs/runs' }]);
  expect(mock.requests).toHaveLength(1);
});

test('what there is not, and the wrong method, say what there is', async () => {
  const { control } = await startControlled();
  expect(await control('POST', 'toString')).toMatchObject({
    status: 404,
    content: { message: expect.stringContaining('POST /__jobs-kit/reset') },
  });
  expect((await control('GET', 'reset')).status).toBe(405);
});

test('pages of other origins control nothing', async () => {
  const { control, mock } = await startControlled({ cors: ['https://ui.example'] });
  expect((await control('POST', 'reset', undefined, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await control('POST', 'reset', undefined, { origin: 'https://ui.example' })).status).toBe(200);
  expect((await control('POST', 'reset', undefined, { origin: 'http://localhost:3000' })).status).toBe(200);
  expect(mock.requests).toEqual([]);
});

test('without control these are paths like any others', async () => {
  const { control, mock } = await startControlled({ control: false });
  expect((await control('POST', 'reset')).status).toBe(404);
  expect(mock.requests).toMatchObject([{ path: '/__jobs-kit/reset', status: 404 }]);
});
