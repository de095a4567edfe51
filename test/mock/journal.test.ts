import { expect, test } from '@jest/globals';
import { RUNS, startMock } from './running.ts';

test('the requests say what the client sent and what it got', async () => {
  const { mock, get } = await startMock();
  const before = Date.now();
  await get(`${RUNS}?jobTemplateName=a%20b&jobTemplateName=c&_t`, { headers: { 'X-Trace': 'abc' } });
  await get('/nothing', { method: 'POST', body: 'x' });
  const [first, second] = mock.requests;
  expect(first).toMatchObject({
    method: 'GET',
    path: RUNS,
    query: { jobTemplateName: 'a b', _t: '' },
    headers: { 'x-trace': 'abc' },
    status: 200,
  });
  expect(first?.at).toBeGreaterThanOrEqual(before);
  expect(second).toMatchObject({ method: 'POST', path: '/nothing', query: {}, status: 404 });
});

test('a kept answer is a request too', async () => {
  const { mock, get } = await startMock();
  await get(RUNS);
  await get(RUNS);
  expect(mock.requests.map(({ status }) => status)).toEqual([200, 200]);
});

test('the last 1,000 are remembered, the oldest first', async () => {
  const { mock, get } = await startMock();
  for (let index = 0; index < 1010; index += 1) {
    await (await get(`${RUNS}?_t=${index}`)).text();
  }
  expect(mock.requests).toHaveLength(1000);
  expect(mock.requests[0]?.query).toEqual({ _t: '10' });
  expect(mock.requests.at(-1)?.query).toEqual({ _t: '1009' });
});

test('an answer waits for what onRequest promises', async () => {
  const told: string[] = [];
  const { get } = await startMock({
    onRequest: async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      told.push(path);
    },
  });
  await get(RUNS);
  expect(told).toEqual([RUNS]);
  await get(RUNS);
  expect(told).toEqual([RUNS, RUNS]);
});

test('an answer comes though onRequest fails', async () => {
  const { get } = await startMock({ onRequest: () => Promise.reject(new Error('no')) });
  expect((await get(RUNS)).status).toBe(200);
});
