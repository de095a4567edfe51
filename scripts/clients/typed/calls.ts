import createClient from 'openapi-fetch';
import type { paths } from './description.js';

// Compiles only if the generated types know what the calls send and what they read of the answers; then it calls.

declare const process: { readonly argv: readonly string[] };

const METALAKE = `typed_${Date.now()}`;
const TEMPLATE = 'load';

const [, , url = ''] = process.argv;
const client = createClient<paths>({ baseUrl: `${url}/api` });
const path = { metalake: METALAKE };

try {
  await useJobs();
} finally {
  const dropped = await client.DELETE('/metalakes/{name}', {
    params: { path: { name: METALAKE }, query: { force: true } },
  });
  expect('whether the metalake was dropped', dropped.data?.dropped, true);
}

async function useJobs(): Promise<void> {
  const made = await client.POST('/metalakes', { body: { name: METALAKE, properties: {} } });
  expect('the metalake that was made', made.data?.metalake?.name, METALAKE);

  const jobTemplate = {
    name: TEMPLATE,
    jobType: 'shell',
    executable: '/bin/true',
    environments: {},
    customFields: {},
  } as const;
  const registered = await client.POST('/metalakes/{metalake}/jobs/templates', {
    params: { path },
    body: { jobTemplate },
  });
  expect('the code of a registration', registered.data?.code, 0);

  const run = await client.POST('/metalakes/{metalake}/jobs/runs', {
    params: { path },
    body: { jobTemplateName: TEMPLATE, jobConf: { day: '2025-08-12' } },
  });
  const jobId = run.data?.job?.jobId ?? '';
  expect('the status of a new job', run.data?.job?.status, 'queued');

  const listed = await client.GET('/metalakes/{metalake}/jobs/runs', {
    params: { path, query: { jobTemplateName: TEMPLATE } },
  });
  expect('the first job in the list', listed.data?.jobs?.[0]?.jobId, jobId);

  const cancelled = await client.POST('/metalakes/{metalake}/jobs/runs/{jobId}', {
    params: { path: { ...path, jobId } },
  });
  expect('the status of a job that is cancelled', cancelled.data?.job?.status, 'cancelling');

  const absent = await client.GET('/metalakes/{metalake}/jobs/runs', {
    params: { path: { metalake: 'none' } },
  });
  expect('the type of an error', absent.error?.type, 'NoSuchMetalakeException');
}

function expect<Value>(what: string, actual: Value | undefined, expected: Value): void {
  if (actual !== expected) {
    throw new Error(`${what}: got ${actual}, expected was ${expected}`);
  }
}
