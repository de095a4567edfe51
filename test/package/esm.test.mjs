import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMock, startMock } from 'gravitino-jobs-kit';

for (const [name, start] of Object.entries({ createMock, startMock })) {
  test(`${name} answers, switches scenario, remembers requests and closes`, async () => {
    const mock = await start();
    const list = async () => (await fetch(`${mock.url}/api/metalakes/demo/jobs/runs`)).json();
    assert.deepEqual(
      (await list()).jobs.map(({ jobId }) => jobId),
      ['job-12345', 'job-67890'],
    );
    await mock.use('empty');
    assert.deepEqual(await list(), { code: 0, jobs: [] });
    assert.deepEqual(
      mock.requests.map(({ method, path, status }) => [method, path, status]),
      [
        ['GET', '/api/metalakes/demo/jobs/runs', 200],
        ['GET', '/api/metalakes/demo/jobs/runs', 200],
      ],
    );
    await mock.close();
    await assert.rejects(list());
  });

  test(`${name} says what is wrong with its options`, async () => {
    await assert.rejects(start({ scenario: 'nope' }), /no scenario is named "nope"/);
  });
}
