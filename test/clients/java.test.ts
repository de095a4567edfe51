import { describe, expect, test } from '@jest/globals';
import {
  COMING,
  clientOf,
  DOCUMENTED,
  freshServer,
  jobIdOf,
  SERVERS,
  type Send,
  type Server,
} from './client.ts';

// What org.apache.gravitino:client-java sends, and what it demands of the answers.

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/vnd.gravitino.v1+json',
  'x-client-version': '1.3.0',
};

const CREATED = { name: 'shop', comment: null, properties: null };

/** Null members are sent: its mapper leaves none out. */
const TEMPLATE = {
  jobType: 'shell',
  name: 'load',
  comment: null,
  executable: '/opt/load.sh',
  arguments: ['{{day}}'],
  environments: {},
  customFields: {},
  audit: null,
  scripts: [],
};

/** An error has a type and a message beside its code. */
function errorOf(code: number, type: string) {
  return { code, type, message: expect.stringMatching(/./) };
}

const AUDIT = { creator: 'anonymous', createTime: expect.stringMatching(/^\d{4}-.*Z$/) };

/** A client with a metalake `shop` and a template `load`. */
async function shopClient(server: Server) {
  const mock = await freshServer(server);
  const send = clientOf(mock, HEADERS);
  await send('POST', '/api/metalakes', CREATED);
  await send('POST', '/api/metalakes/shop/jobs/templates', { jobTemplate: TEMPLATE });
  return { mock, send };
}

/** From 1.0.1 on templates can be altered. */
const ALTERING = SERVERS.filter((server) => server !== 'gravitino-1.0.0');

async function run(send: Send) {
  return await send('POST', '/api/metalakes/shop/jobs/runs', {
    jobTemplateName: 'load',
    jobConf: { day: '1' },
  });
}

describe.each(SERVERS)('%s', (server) => {
  test('before its first request it asks for the version, which must have three parts that are numbers', async () => {
    const send = clientOf(await freshServer(server), HEADERS);
    const { status, content } = await send('GET', '/api/version');
    expect(status).toBe(200);
    expect(content).toEqual({
      code: 0,
      version: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        compileDate: expect.any(String),
        gitCommit: expect.any(String),
      },
    });
  });

  test('it makes a metalake and loads it, though comment and properties are null', async () => {
    const send = clientOf(await freshServer(server), HEADERS);
    const created = await send('POST', '/api/metalakes', CREATED);
    expect(created.content).toMatchObject({ code: 0, metalake: { name: 'shop', audit: AUDIT } });
    const loaded = await send('GET', '/api/metalakes/shop');
    expect(loaded.content).toMatchObject({ code: 0, metalake: { name: 'shop', audit: AUDIT } });
    const again = await send('POST', '/api/metalakes', CREATED);
    expect([again.status, again.content]).toMatchObject([
      409,
      errorOf(1004, 'MetalakeAlreadyExistsException'),
    ]);
    const absent = await send('GET', '/api/metalakes/none');
    expect([absent.status, absent.content]).toMatchObject([404, errorOf(1003, 'NoSuchMetalakeException')]);
  });

  test('it registers a template whose comment and audit are null, and finds it with details and by name', async () => {
    const { send } = await shopClient(server);
    const registered = { jobType: 'shell', name: 'load', executable: '/opt/load.sh', audit: AUDIT };
    const listed = await send('GET', '/api/metalakes/shop/jobs/templates?details=true');
    expect(listed.content).toMatchObject({ code: 0, jobTemplates: [registered] });
    const got = await send('GET', '/api/metalakes/shop/jobs/templates/load');
    expect(got.content).toMatchObject({ code: 0, jobTemplate: registered });
    const again = await send('POST', '/api/metalakes/shop/jobs/templates', { jobTemplate: TEMPLATE });
    expect([again.status, again.content]).toMatchObject([
      409,
      errorOf(1004, 'JobTemplateAlreadyExistsException'),
    ]);
    const absent = await send('GET', '/api/metalakes/shop/jobs/templates/none');
    expect([absent.status, absent.content]).toMatchObject([404, errorOf(1003, 'NoSuchJobTemplateException')]);
  });

  test('it runs a job, lists it with a filter and without one, and gets it; nothing of it is null', async () => {
    const { send } = await shopClient(server);
    const started = await run(send);
    const job = {
      jobId: expect.stringMatching(/^job-\d+$/),
      jobTemplateName: 'load',
      status: 'queued',
      audit: AUDIT,
      ...(server === COMING && { queuedAt: AUDIT.createTime }),
    };
    expect(started.content).toEqual({ code: 0, job });
    const id = jobIdOf(started);
    for (const target of ['', '?jobTemplateName=load']) {
      expect((await send('GET', `/api/metalakes/shop/jobs/runs${target}`)).content).toEqual({
        code: 0,
        jobs: [{ ...job, jobId: id }],
        ...(server === COMING && { statusCounts: expect.objectContaining({ queued: 1, cancelled: 0 }) }),
      });
    }
    const got = await send('GET', `/api/metalakes/shop/jobs/runs/${id}`);
    expect(got.content).toEqual({ code: 0, job: { ...job, jobId: id } });
  });

  test('it runs no template and gets no job where there is none', async () => {
    const { send } = await shopClient(server);
    const runs = '/api/metalakes/shop/jobs/runs';
    const noTemplate = await send('POST', runs, { jobTemplateName: 'none', jobConf: {} });
    expect([noTemplate.status, noTemplate.content]).toMatchObject([
      404,
      errorOf(1003, 'NoSuchJobTemplateException'),
    ]);
    for (const method of ['GET', 'POST']) {
      const noJob = await send(method, `${runs}/job-0`);
      expect([noJob.status, noJob.content]).toMatchObject([404, errorOf(1003, 'NoSuchJobException')]);
    }
  });

  test('it cancels a job by a POST without a body that says it is JSON', async () => {
    const { mock, send } = await shopClient(server);
    const id = jobIdOf(await run(send));
    const cancelled = await send('POST', `/api/metalakes/shop/jobs/runs/${id}`);
    expect([cancelled.status, cancelled.content]).toMatchObject([
      200,
      { code: 0, job: { status: 'cancelling' } },
    ]);
    await mock.clock.advance(10_000);
    const ended = await send('GET', `/api/metalakes/shop/jobs/runs/${id}`);
    const status = server === DOCUMENTED ? 'canceled' : 'cancelled';
    expect(ended.content).toMatchObject({ job: { status } });
  });

  test('it deletes a template, drops the metalake, and both may be absent', async () => {
    const { send } = await shopClient(server);
    const template = '/api/metalakes/shop/jobs/templates/load';
    expect((await send('DELETE', template)).content).toEqual({ code: 0, dropped: true });
    expect((await send('DELETE', template)).content).toEqual({ code: 0, dropped: false });
    const kept = await send('DELETE', '/api/metalakes/shop?force=false');
    expect(kept.content).toMatchObject(errorOf(1010, 'MetalakeInUseException'));
    const dropped = await send('DELETE', '/api/metalakes/shop?force=true');
    expect(dropped.content).toEqual({ code: 0, dropped: true });
    const again = await send('DELETE', '/api/metalakes/shop?force=true');
    expect(again.content).toEqual({ code: 0, dropped: false });
  });
});

test.each(ALTERING)(
  '%s: it alters a template with members that are null, and a change of the wrong type is an illegal argument',
  async (server) => {
    const { send } = await shopClient(server);
    const template = '/api/metalakes/shop/jobs/templates/load';
    const rest = { newExecutable: null, newEnvironments: null, newCustomFields: null };
    const shell = { '@type': 'shell', ...rest, newArguments: ['{{hour}}'], newScripts: null };
    const altered = await send('PUT', template, {
      updates: [{ '@type': 'updateTemplate', newTemplate: shell }],
    });
    expect(altered.content).toMatchObject({
      code: 0,
      jobTemplate: { name: 'load', executable: '/opt/load.sh', arguments: ['{{hour}}'] },
    });
    const spark = { '@type': 'spark', ...rest, newArguments: null, newClassName: null };
    const wrong = await send('PUT', template, {
      updates: [{ '@type': 'updateTemplate', newTemplate: spark }],
    });
    expect([wrong.status, wrong.content]).toMatchObject([400, errorOf(1001, 'IllegalArgumentException')]);
  },
);

test('gravitino-1.0.0: what it alters templates by is a method that is not there, told without a body', async () => {
  const { send } = await shopClient('gravitino-1.0.0');
  const { status, content } = await send('PUT', '/api/metalakes/shop/jobs/templates/load', { updates: [] });
  expect([status, content]).toEqual([405, {}]);
});
