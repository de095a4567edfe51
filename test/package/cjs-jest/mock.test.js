const { startMock } = require('gravitino-jobs-kit');

test('startMock answers inside jest in its default mode', async () => {
  const mock = await startMock({ scenario: 'one' });
  const answer = await fetch(`${mock.url}/metalakes/demo/jobs/runs`);
  expect((await answer.json()).jobs).toHaveLength(1);
  expect(mock.requests).toHaveLength(1);
  await mock.close();
});
