import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { createMock } from '../src/create-mock.ts';
import { packageFile } from '../src/package-files.ts';

test('the companions are served, but not with the endpoint alone nor with another description', async () => {
  const paths = ['/api/metalakes/demo/jobs/runs', '/api/metalakes', '/configs'];
  const statuses = [];
  const description = pathToFileURL(packageFile('spec/openapi.yaml')).href;
  for (const options of [{}, { endpointOnly: true }, { description }]) {
    const mock = await createMock(options);
    statuses.push(await Promise.all(paths.map(async (path) => (await fetch(mock.url + path)).status)));
    await mock.close();
  }
  expect(statuses).toEqual([
    [200, 200, 200],
    [200, 404, 404],
    [200, 404, 404],
  ]);
});

test('the clock of a mock is moved in its process', async () => {
  const mock = await createMock({ clock: 'manual', now: '2026-01-31T12:00:00Z', scenario: 'server' });
  const before = await mock.clock.now();
  await mock.clock.advance(1);
  expect([before.toISOString(), (await mock.clock.now()).toISOString()]).toEqual([
    '2026-01-31T12:00:00.000Z',
    '2026-01-31T12:00:00.001Z',
  ]);
  await mock.close();
});

test('a time that is none is a mistake of the user', async () => {
  await expect(createMock({ now: 'noon' })).rejects.toThrow('the option now is "noon"');
});
