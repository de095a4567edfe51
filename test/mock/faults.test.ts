import { expect, test } from '@jest/globals';
import { startFaults } from '../../src/mock/faults.ts';
import { temporaryFile } from '../world/temporary.ts';
import { DOCUMENTED, type Get, RUNS, startMock } from './running.ts';

async function statuses(get: Get, count: number, target = RUNS): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) {
    seen.push((await get(target)).status);
  }
  return seen;
}

test('an outage answers everything with the documented failure', async () => {
  const { get, lines } = await startMock({ scenario: 'outage' });
  const response = await get(RUNS);
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe(DOCUMENTED);
  expect(JSON.parse(await response.text())).toEqual({
    code: 1002,
    type: 'RuntimeException',
    message: 'Internal Server Error',
    stack: ['java.lang.RuntimeException: Internal Server Error'],
  });
  expect(await statuses(get, 3)).toEqual([500, 500, 500]);
  expect(lines[0]).toMatch(/ 500 [\d.]+ ms, world outage: fault, example default$/);
});

test('faults touch operations alone', async () => {
  const { get } = await startMock({ scenario: 'outage' });
  expect((await get('/nothing')).status).toBe(404);
  expect((await get(RUNS, { method: 'OPTIONS' })).status).toBe(204);
});

test('a preference for a documented answer wins over the faults', async () => {
  const { get } = await startMock({ scenario: 'outage' });
  expect((await get(RUNS, { headers: { prefer: 'code=404' } })).status).toBe(404);
});

test('the same seed fails the same requests, kept answers or not', async () => {
  const runs = await Promise.all(
    [true, false].map(async (keepAnswers) => {
      const { get } = await startMock({ scenario: 'flaky', seed: 5, keepAnswers });
      return statuses(get, 40);
    }),
  );
  const [kept, fresh] = runs;
  expect(kept).toEqual(fresh);
  expect(new Set(kept)).toEqual(new Set([200, 503]));
});

test('a failure by chance is never the answer to the next request', async () => {
  const { get } = await startMock({ scenario: 'flaky', seed: 5 });
  const seen = await statuses(get, 40);
  const afterFailure = seen.filter((_status, index) => seen[index - 1] === 503);
  expect(new Set(afterFailure)).toEqual(new Set([200, 503]));
});

test('another seed fails other requests', async () => {
  const [one, two] = await Promise.all([1, 2].map((seed) => startMock({ scenario: 'flaky', seed })));
  expect(await statuses(one?.get ?? fetch, 40)).not.toEqual(await statuses(two?.get ?? fetch, 40));
});

test('a slow world holds each answer back, a kept one too', async () => {
  const slow = await temporaryFile('slow.yaml', 'summary: Slow.\nopen: {}\nfaults:\n  delaySeconds: 0.3\n');
  const { get } = await startMock({ scenario: slow });
  for (const _ of [1, 2]) {
    const start = performance.now();
    expect((await get(RUNS)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(290);
  }
});

test('the share of failures is the one that is asked for', () => {
  const { failure } = startFaults({ delaySeconds: 0, failure: { status: 503, share: 0.3, seed: 1 } });
  const strikes = Array.from({ length: 10_000 }, () => failure?.strikes()).filter(Boolean);
  expect(strikes.length).toBeGreaterThan(2800);
  expect(strikes.length).toBeLessThan(3200);
});
