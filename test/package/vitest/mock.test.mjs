import { createMock } from 'gravitino-jobs-kit';
import { expect, test } from 'vitest';

test('createMock answers inside vitest', async () => {
  const mock = await createMock({ scenario: 'one' });
  const answer = await fetch(`${mock.url}/metalakes/demo/jobs/runs`);
  expect((await answer.json()).jobs).toHaveLength(1);
  await mock.close();
});
