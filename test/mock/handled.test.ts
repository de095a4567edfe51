import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { companionsOf, ENDPOINT } from '../../src/description/companions.ts';
import { loadDescription } from '../../src/description/load.ts';
import { temporaryFile } from '../world/temporary.ts';
import { companions, description, startMock, startServer } from './running.ts';

const TEMPLATE = { jobTemplate: { jobType: 'shell', name: 't1', executable: '/bin/echo' } };

test('nothing is done whose answer the client would not take', async () => {
  const { call } = await startServer({ scenario: 'fresh' });
  const refused = await call('POST', '/metalakes', { name: 'ml' }, { accept: 'text/html' });
  expect(refused).toMatchObject({ status: 406, mark: 'not-acceptable' });
  expect((await call('GET', '/metalakes')).content.metalakes).toEqual([]);
  expect((await call('POST', '/metalakes', { name: 'ml' }, { accept: 'application/json' })).status).toBe(200);
});

test('the kind of body comes before what is in it', async () => {
  const { call } = await startServer();
  const refused = await call('POST', '/metalakes', '{"name":"ml"}', { 'content-type': 'text/plain' });
  expect(refused).toMatchObject({
    status: 415,
    mark: 'unsupported-media-type',
    content: { message: 'The Content-Type "text/plain" is none of application/json' },
  });
});

test('a body where the description has no answer for a bad one gets one of the mock', async () => {
  const { call } = await startServer();
  for (const body of ['{', '{}', '[]', undefined]) {
    const refused = await call('POST', '/metalakes/demo/jobs/runs', body);
    expect(refused).toMatchObject({ status: 400, mark: 'malformed-body', content: { code: 1001 } });
  }
});

test('Prefer answers from the description, whatever the body, and does nothing', async () => {
  const { call } = await startServer({ scenario: 'fresh' });
  const prefer = { prefer: 'code=409' };
  expect(await call('POST', '/metalakes', { name: 'ml' }, prefer)).toMatchObject({
    status: 409,
    content: { message: 'Metalake {name} exists already' },
  });
  const absent = await call('GET', '/metalakes/m/jobs/templates/t', undefined, { prefer: 'code=404' });
  expect(absent.content.message).toBe('Job template t does not exist in metalake m');
  expect((await call('GET', '/metalakes')).content.metalakes).toEqual([]);
});

test('an answer that the description does not allow is a fault of the mock, which the log names', async () => {
  const overlay = await temporaryFile(
    'short-ids.yaml',
    "overlay: 1.0.0\nactions: [{target: '$.components.schemas.Job.properties.jobId', update: {maxLength: 9}}]\n",
  );
  const overlays = [...companionsOf(ENDPOINT), overlay];
  const { call, lines } = await startServer({
    scenario: 'fresh',
    description: await loadDescription(ENDPOINT, { overlays }),
  });
  await call('POST', '/metalakes', { name: 'ml' });
  await call('POST', '/metalakes/ml/jobs/templates', TEMPLATE);
  const broken = await call('POST', '/metalakes/ml/jobs/runs', { jobTemplateName: 't1' });
  expect(broken).toMatchObject({ status: 500, mark: 'broken-answer' });
  expect(lines.at(-1)).toMatch(
    /^ERROR POST .* 500 .* transport: broken-answer: \/job\/jobId is "job-\d+", not at most 9 characters/,
  );
});

test('companions are loaded when they are needed, and only then', async () => {
  let loaded = 0;
  const load = async () => {
    loaded += 1;
    return companions;
  };
  const { get } = await startMock({ description, companions: load });
  expect((await get('/api/metalakes/demo/jobs/runs')).status).toBe(200);
  expect(loaded).toBe(0);
  const answers = await Promise.all([get('/api/version'), get('/configs'), get('/api/metalakes')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(loaded).toBe(1);
  const unknown = await get('/nothing');
  expect(await unknown.text()).toMatch(
    /GET \/api\/metalakes\/\{metalake\}\/jobs\/runs, POST .*GET \/configs"/,
  );
  const options = await get('/api/metalakes/demo/jobs/runs', { method: 'OPTIONS' });
  expect(options.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
});

test('a state in a file outlives the mock, and a damaged file stops the next one', async () => {
  const file = await temporaryFile('state.json', '');
  await rm(file);
  const first = await startServer({ scenario: 'fresh', state: file, now: new Date('2026-01-31T12:00:00Z') });
  await first.call('POST', '/metalakes', { name: 'ml' });
  await first.call('POST', '/metalakes/ml/jobs/templates', TEMPLATE);
  const { job } = (await first.call('POST', '/metalakes/ml/jobs/runs', { jobTemplateName: 't1' })).content;
  // Whoever has the answer can be sure that the file has the change.
  expect(await readFile(file, 'utf8')).toContain(job.jobId);
  await first.mock.close();
  const second = await startServer({ scenario: 'fresh', state: file, now: new Date('2026-01-31T12:00:00Z') });
  expect((await second.call('GET', '/metalakes/ml/jobs/runs')).content.jobs).toEqual([job]);
  await second.mock.close();
  await writeFile(file, 'not a state');
  await expect(startServer({ state: file })).rejects.toThrow('is not JSON');
});
