import { expect, test } from '@jest/globals';
import { startServer } from '../running.ts';

const TEMPLATES = '/metalakes/ml/jobs/templates';
const NOW = new Date('2026-01-31T12:00:00Z');
const AUDIT = { creator: 'anonymous', createTime: '2026-01-31T12:00:00.000000Z' };

/** What the official Python client sends. */
const SENT = {
  jobType: 'shell',
  name: 't1',
  executable: '/bin/echo',
  comment: null,
  arguments: ['{{a}}'],
  environments: null,
  customFields: {},
  audit: null,
  scripts: [],
};

async function startWithMetalake() {
  const server = await startServer({ scenario: 'fresh', now: NOW });
  await server.call('POST', '/metalakes', { name: 'ml' });
  return server;
}

test('a registered template is listed by name and in full, and got', async () => {
  const { call } = await startWithMetalake();
  expect(await call('POST', TEMPLATES, { jobTemplate: SENT })).toEqual({
    status: 200,
    mark: null,
    content: { code: 0 },
  });
  const shown =
    `{"jobType":"shell","name":"t1","executable":"/bin/echo","arguments":["{{a}}"],"environments":{},` +
    `"customFields":{},"audit":${JSON.stringify(AUDIT)},"scripts":[]}`;
  const { content } = await call('GET', `${TEMPLATES}/t1`);
  expect(JSON.stringify(content)).toBe(`{"code":0,"jobTemplate":${shown}}`);
  expect((await call('GET', TEMPLATES)).content).toEqual({ code: 0, names: ['t1'] });
  const detailed = { code: 0, jobTemplates: [JSON.parse(shown)] };
  for (const value of ['true', 'True', 'TRUE']) {
    expect((await call('GET', `${TEMPLATES}?details=${value}`)).content).toEqual(detailed);
  }
  expect((await call('GET', `${TEMPLATES}?details=1`)).content).toEqual({ code: 0, names: ['t1'] });
});

test('a Spark template keeps what is Spark about it', async () => {
  const { call } = await startWithMetalake();
  const jobTemplate = { jobType: 'spark', name: 's', executable: '/x.jar', configs: { a: 'b' } };
  await call('POST', TEMPLATES, { jobTemplate });
  expect((await call('GET', `${TEMPLATES}/s`)).content.jobTemplate).toEqual({
    ...jobTemplate,
    arguments: [],
    environments: {},
    customFields: {},
    audit: AUDIT,
    jars: [],
    files: [],
    archives: [],
  });
});

test('a name that is taken gets the documented conflict with both names', async () => {
  const { call } = await startWithMetalake();
  await call('POST', TEMPLATES, { jobTemplate: SENT });
  const { status, content } = await call('POST', TEMPLATES, { jobTemplate: SENT });
  expect(status).toBe(409);
  expect(content).toMatchObject({
    type: 'JobTemplateAlreadyExistsException',
    message: 'Job template t1 exists already in metalake ml',
  });
});

test('a template is updated in all it has, and its jobs get its new name', async () => {
  const { call, mock } = await startWithMetalake();
  await call('POST', TEMPLATES, { jobTemplate: SENT });
  await call('POST', '/metalakes/ml/jobs/runs', { jobTemplateName: 't1' });
  await mock.clock.advance(1000);
  const updates = [
    { '@type': 'rename', newName: 't2' },
    { '@type': 'updateComment', newComment: 'new' },
    {
      '@type': 'updateTemplate',
      newTemplate: {
        '@type': 'shell',
        newExecutable: '/bin/true',
        newArguments: null,
        newScripts: ['/a.sh'],
      },
    },
  ];
  const { content } = await call('PUT', `${TEMPLATES}/t1`, { updates });
  expect(content.jobTemplate).toMatchObject({
    name: 't2',
    comment: 'new',
    executable: '/bin/true',
    arguments: ['{{a}}'],
    scripts: ['/a.sh'],
    audit: { ...AUDIT, lastModifier: 'anonymous', lastModifiedTime: '2026-01-31T12:00:01.000000Z' },
  });
  const { jobs } = (await call('GET', '/metalakes/ml/jobs/runs?jobTemplateName=t2')).content;
  expect(jobs).toHaveLength(1);
  expect((await call('GET', `${TEMPLATES}/t1`)).status).toBe(404);
});

test.each([
  [{ updates: [{ '@type': 'updateTemplate', newTemplate: { '@type': 'spark' } }] }, 'type spark'],
  [{ updates: [{ '@type': 'rename', newName: 'taken' }] }, 'there is a job template "taken"'],
  [{ updates: [{ '@type': 'nope' }] }, 'the oneOf allows'],
  ['{"updates":', 'no JSON text'],
  [undefined, 'the request has no body'],
])('an update %j that cannot be made gets the documented 400 and says why', async (body, words) => {
  const { call } = await startWithMetalake();
  await call('POST', TEMPLATES, { jobTemplate: SENT });
  await call('POST', TEMPLATES, { jobTemplate: { ...SENT, name: 'taken' } });
  const { status, mark, content } = await call('PUT', `${TEMPLATES}/t1`, body);
  expect([status, mark, content.type]).toEqual([400, null, 'IllegalArgumentException']);
  expect(content.message).toContain('Job template t1 of metalake ml cannot be updated: ');
  expect(content.message).toContain(words);
});

test('a template is deleted with its jobs once they have ended', async () => {
  const { call, mock } = await startWithMetalake();
  await call('POST', TEMPLATES, { jobTemplate: SENT });
  await call('POST', '/metalakes/ml/jobs/runs', { jobTemplateName: 't1' });
  const refused = await call('DELETE', `${TEMPLATES}/t1`);
  expect(refused).toMatchObject({ status: 400, mark: null, content: { type: 'InUseException' } });
  await mock.clock.advance(10_000);
  expect((await call('DELETE', `${TEMPLATES}/t1`)).content).toEqual({ code: 0, dropped: true });
  expect((await call('DELETE', `${TEMPLATES}/t1`)).content).toEqual({ code: 0, dropped: false });
  expect((await call('GET', '/metalakes/ml/jobs/runs')).content).toEqual({ code: 0, jobs: [] });
});

test('an absent template is named, and so is an absent metalake', async () => {
  const { call } = await startWithMetalake();
  expect(await call('GET', `${TEMPLATES}/{metalake}`)).toMatchObject({
    status: 404,
    content: {
      type: 'NoSuchJobTemplateException',
      message: 'Job template {metalake} does not exist in metalake ml',
    },
  });
  expect(await call('GET', '/metalakes/no/jobs/templates/test')).toMatchObject({
    status: 404,
    content: { type: 'NoSuchMetalakeException', message: expect.stringContaining('[no]') },
  });
});

test('what the description has no answer for gets one of the mock, marked as such', async () => {
  const { call } = await startWithMetalake();
  expect(await call('POST', '/metalakes/no/jobs/templates', { jobTemplate: SENT })).toEqual({
    status: 404,
    mark: 'absent-thing',
    content: { code: 1003, type: 'NotFoundException', message: 'There is no metalake "no"' },
  });
});
