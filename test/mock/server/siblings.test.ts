import { beforeEach, expect, test } from '@jest/globals';
import { companionsOf, ENDPOINT } from '../../../src/description/companions.ts';
import { dialectOverlays } from '../../../src/description/dialects.ts';
import { loadDescription } from '../../../src/description/load.ts';
import { startMock } from '../running.ts';

const VENDOR = 'application/vnd.gravitino.v1+json';
const TEMPLATES = '/metalakes/demo/jobs/templates';

const description = await loadDescription(ENDPOINT, {
  overlays: [...companionsOf(ENDPOINT), ...dialectOverlays('gravitino-1.3')],
});
let url = '';

beforeEach(async () => {
  const { mock } = await startMock({ description, scenario: 'server', clock: 'manual' });
  url = `${mock.url}/api`;
});

async function ask(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { Accept: VENDOR, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

const update = (type: string, more: object) => ({ updates: [{ '@type': type, ...more }] });
const shell = (more: object) => ({
  jobTemplate: { jobType: 'shell', name: 'a', executable: '/bin/true', ...more },
});

test.each<[what: string, method: string, path: string, body: unknown, status: number, told: string]>([
  ['null among the updates', 'PUT', `${TEMPLATES}/sleep`, { updates: [null] }, 500, 'reason []'],
  ['null among those of a metalake', 'PUT', '/metalakes/demo', { updates: [null] }, 500, 'reason []'],
  [
    'a comment longer than its column',
    'PUT',
    '/metalakes/demo',
    update('updateComment', { newComment: 'c'.repeat(257) }),
    500,
    'error code: 22001',
  ],
  [
    'a blank executable',
    'PUT',
    `${TEMPLATES}/sleep`,
    update('updateTemplate', { newTemplate: { '@type': 'shell', newExecutable: ' ' } }),
    400,
    'Executable must not be null or empty',
  ],
  [
    'what an update knows nothing of is passed over',
    'PUT',
    '/metalakes/demo',
    update('updateComment', { newComment: 'c', colour: 'red' }),
    200,
    '"comment":"c"',
  ],
  ['a flag in place of an object', 'PATCH', '/metalakes/demo', 'true', 200, '{"code":0}'],
  [
    'a time that is none',
    'POST',
    TEMPLATES,
    shell({ audit: { createTime: 'yesterday' } }),
    400,
    'Malformed json request',
  ],
  ['an emoji in an error', 'GET', `${TEMPLATES}/%F0%9F%90%9F`, undefined, 404, '\\uD83D\\uDC1F'],
])('%s', async (_, method, path, body, status, told) => {
  const answer = await ask(method, path, body);
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(told)]);
});

test('the number of a job may have a sign and zeros in front, and nothing else', async () => {
  const runs = '/metalakes/demo/jobs/runs';
  const { text } = await ask('GET', runs);
  const id: string = JSON.parse(text).jobs[0].jobId;
  const found = await ask('GET', `${runs}/${id.replace('job-', 'job-%2B00')}`);
  expect(JSON.parse(found.text).job.jobId).toBe(id);
  expect((await ask('GET', `${runs}/${id.replace('job-', 'job--')}`)).status).toBe(404);
});
