import { describe, expect, test } from '@jest/globals';
import { COMING, clientOf, freshServer, jobIdOf, type Received, SERVERS, type Server } from './client.ts';

// What the jobs and job templates pages of the web UI (from 1.2.0 on) send, and what they read of the answers.

const HEADERS = { 'content-type': 'application/json', accept: 'application/vnd.gravitino.v1+json' };

/** To each GET it adds the time, so that no cache answers. */
const NOW = '_t=1764000000000';

/** What the dialog for templates sends: members without a value are left out. */
const TEMPLATE = {
  name: 'load',
  jobType: 'shell',
  executable: '/opt/load.sh',
  arguments: ['{{day}}'],
  environments: { REGION: 'eu' },
  customFields: {},
  scripts: [],
};

/** The releases before 1.2 have no such pages. */
const SHIPPING = SERVERS.filter((server) => !/-1\.[01]/.test(server));

const NO_JOBS = { queued: 0, started: 0, failed: 0, succeeded: 0, cancelling: 0, cancelled: 0 };

const JOBS = '/api/metalakes/shop/jobs';

async function pages(server: Server) {
  const mock = await freshServer(server);
  return { mock, send: clientOf(mock, HEADERS) };
}

/** The pages in a metalake `shop` with a template `load`. */
async function pagesOfShop(server: Server) {
  const { mock, send } = await pages(server);
  await send('POST', '/api/metalakes', { name: 'shop', comment: '', properties: {} });
  await send('POST', `${JOBS}/templates`, { jobTemplate: TEMPLATE });
  return { mock, send };
}

/** The pages show nothing but a message where the status is none of success. */
function shown({ status, content }: Received) {
  expect(status).toBe(200);
  expect(content['code']).toBe(0);
  return content;
}

describe.each(SHIPPING)('%s', (server) => {
  test('at its start it asks for the settings, the version and the metalakes', async () => {
    const { send } = await pages(server);
    const settings = await send('GET', `/configs?${NOW}`);
    expect([settings.status, settings.type]).toEqual([200, 'application/json']);
    // It takes the first authenticator, and the login page hangs on the second member.
    expect(settings.content).toMatchObject({
      'gravitino.authenticators': ['simple'],
      'gravitino.authorization.enable': expect.anything(),
    });
    const version = shown(await send('GET', `/api/version?${NOW}`));
    expect(version).toMatchObject({ version: { version: expect.any(String) } });
    expect(shown(await send('GET', `/api/metalakes?${NOW}`))).toEqual({ code: 0, metalakes: [] });
  });

  test('the list of metalakes shows when each was made, and whether it is in use', async () => {
    const { send } = await pagesOfShop(server);
    const row = (inUse: string) => ({
      code: 0,
      metalakes: [
        {
          name: 'shop',
          properties: { 'in-use': inUse },
          audit: { creator: 'anonymous', createTime: expect.any(String) },
        },
      ],
    });
    expect(shown(await send('GET', `/api/metalakes?${NOW}`))).toMatchObject(row('true'));
    shown(await send('PATCH', '/api/metalakes/shop', { inUse: false }));
    expect(shown(await send('GET', `/api/metalakes?${NOW}`))).toMatchObject(row('false'));
  });

  test('the jobs page shows jobs and, for its dialog, the names of templates', async () => {
    const { send } = await pagesOfShop(server);
    expect(shown(await send('GET', `${JOBS}/runs?${NOW}`))).toEqual(
      server === COMING ? { code: 0, jobs: [], statusCounts: NO_JOBS } : { code: 0, jobs: [] },
    );
    expect(shown(await send('GET', `${JOBS}/templates?${NOW}`))).toEqual({ code: 0, names: ['load'] });
  });

  test('the dialog runs a job with what it found in the template, and the page lists it again', async () => {
    const { send } = await pagesOfShop(server);
    const template = shown(await send('GET', `${JOBS}/templates/load?${NOW}`));
    expect(template).toMatchObject({ jobTemplate: TEMPLATE });
    shown(await send('POST', `${JOBS}/runs`, { jobTemplateName: 'load', jobConf: { day: '1' } }));
    const { jobs } = shown(await send('GET', `${JOBS}/runs?${NOW}`));
    expect(jobs).toEqual([
      {
        jobId: expect.any(String),
        jobTemplateName: 'load',
        status: 'queued',
        audit: { creator: 'anonymous', createTime: expect.any(String) },
        ...(server === COMING && { queuedAt: expect.any(String) }),
      },
    ]);
  });

  test('a job that is cancelled is shown so when the page lists again', async () => {
    const { send } = await pagesOfShop(server);
    const run = await send('POST', `${JOBS}/runs`, { jobTemplateName: 'load', jobConf: {} });
    const id = jobIdOf(run);
    const detail = shown(await send('GET', `${JOBS}/runs/${id}?${NOW}`));
    expect(detail).toMatchObject({ job: { jobId: id, audit: { createTime: expect.any(String) } } });
    shown(await send('POST', `${JOBS}/runs/${id}`));
    expect(shown(await send('GET', `${JOBS}/runs?${NOW}`))).toMatchObject({
      jobs: [{ status: 'cancelling' }],
    });
  });

  test('the templates page registers, alters, shows and deletes', async () => {
    const { send } = await pagesOfShop(server);
    const rename = { '@type': 'rename', newName: 'loads' };
    const comment = { '@type': 'updateComment', newComment: 'Loads the orders' };
    const altered = shown(await send('PUT', `${JOBS}/templates/load`, { updates: [rename, comment] }));
    expect(altered).toMatchObject({ jobTemplate: { name: 'loads', comment: 'Loads the orders' } });
    const { jobTemplates } = shown(await send('GET', `${JOBS}/templates?details=true&${NOW}`));
    expect(jobTemplates).toMatchObject([
      { name: 'loads', audit: { creator: 'anonymous', createTime: expect.any(String) } },
    ]);
    shown(await send('DELETE', `${JOBS}/templates/loads`));
    expect(shown(await send('GET', `${JOBS}/templates?details=true&${NOW}`))).toEqual({
      code: 0,
      jobTemplates: [],
    });
  });

  test('a user who has logged in is the creator of what is made', async () => {
    const { mock } = await pagesOfShop(server);
    const ada = clientOf(mock, { ...HEADERS, authorization: `Basic ${btoa('ada')}` });
    const run = await ada('POST', `${JOBS}/runs`, { jobTemplateName: 'load', jobConf: {} });
    expect(shown(run)).toMatchObject({ job: { audit: { creator: 'ada' } } });
  });

  test('what went wrong is a message in the body, which the page shows', async () => {
    const { send } = await pages(server);
    const { status, content } = await send('GET', `/api/metalakes/none/jobs/runs?${NOW}`);
    expect(status).toBe(404);
    expect(content).toMatchObject({ code: 1003, message: expect.stringContaining('none') });
  });
});
