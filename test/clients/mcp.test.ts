import { describe, expect, test } from '@jest/globals';
import { clientOf, DOCUMENTED, freshServer, jobIdOf, type Received, SERVERS, type Server } from './client.ts';

// What Gravitino's MCP server sends for its tools about jobs. It starts without a request, accepts everything, parses
// each answer before it looks at the status, and takes any code but 0 for an error.

const HEADERS = { accept: '*/*', 'accept-encoding': 'gzip, deflate', 'user-agent': 'python-httpx/0.28.1' };
const FOR_BODIES = { 'content-type': 'application/json' };

const TEMPLATE = { jobType: 'shell', name: 'load & clean', executable: '/opt/load.sh' };

/** The tools for a metalake that has a template; they escape all that is not a letter, a digit or one of `_.-~`. */
async function tools(server: Server) {
  const mock = await freshServer(server);
  const send = clientOf(mock, HEADERS, FOR_BODIES);
  // Releases take no such name for a metalake.
  const name = server === DOCUMENTED ? 'shop /1' : 'shop_1';
  await send('POST', '/api/metalakes', { name, comment: '', properties: {} });
  const jobs = `/api/metalakes/${encodeURIComponent(name)}/jobs`;
  await send('POST', `${jobs}/templates`, { jobTemplate: TEMPLATE });
  return { send, jobs };
}

/** What a tool hands on: one member of the answer, or the error. */
function told({ content }: Received, member: string) {
  if (content['code'] !== 0) {
    throw new Error(`Error code: ${content['code']}, Error type: ${content['type']}`);
  }
  return content[member];
}

describe.each(SERVERS)('%s', (server) => {
  test('list_of_jobs gives an empty list, and the jobs of a template', async () => {
    const { send, jobs } = await tools(server);
    expect(told(await send('GET', `${jobs}/runs`), 'jobs')).toEqual([]);
    await send('POST', `${jobs}/runs`, { jobTemplateName: 'load & clean', jobConf: {} });
    const filtered = await send('GET', `${jobs}/runs?jobTemplateName=load+%26+clean`);
    expect(told(filtered, 'jobs')).toMatchObject([{ jobTemplateName: 'load & clean', status: 'queued' }]);
  });

  test('list_of_job_templates gives templates, and get_job_template_by_name one', async () => {
    const { send, jobs } = await tools(server);
    expect(told(await send('GET', `${jobs}/templates?details=true`), 'jobTemplates')).toMatchObject([
      TEMPLATE,
    ]);
    const one = await send('GET', `${jobs}/templates/load%20%26%20clean`);
    expect(told(one, 'jobTemplate')).toMatchObject(TEMPLATE);
  });

  test('run_job, get_job_by_id and cancel_job give a job; cancelling is a 200', async () => {
    const { send, jobs } = await tools(server);
    const run = await send('POST', `${jobs}/runs`, {
      jobTemplateName: 'load & clean',
      jobConf: { day: '1' },
    });
    expect(told(run, 'job')).toMatchObject({ status: 'queued' });
    const id = jobIdOf(run);
    expect(told(await send('GET', `${jobs}/runs/${id}`), 'job')).toMatchObject({ jobId: id });
    const cancelled = await send('POST', `${jobs}/runs/${id}`);
    expect(cancelled.status).toBe(200);
    expect(told(cancelled, 'job')).toMatchObject({ jobId: id, status: 'cancelling' });
  });

  test('what is absent is an error with a code, in JSON', async () => {
    const { send, jobs } = await tools(server);
    const noJob = await send('GET', `${jobs}/runs/job-0`);
    expect(() => told(noJob, 'job')).toThrow('Error code: 1003, Error type: NoSuchJobException');
    const noTemplate = await send('GET', `${jobs}/templates/none`);
    expect(() => told(noTemplate, 'jobTemplate')).toThrow(
      'Error code: 1003, Error type: NoSuchJobTemplateException',
    );
    const noMetalake = await send('GET', '/api/metalakes/none/jobs/runs');
    expect(() => told(noMetalake, 'jobs')).toThrow('Error code: 1003, Error type: NoSuchMetalakeException');
  });
});
