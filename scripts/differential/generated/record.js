import { setTimeout as pause } from 'node:timers/promises';
import { bytesOf } from '../recording.js';
import { exchange } from '../wire.js';

/** Milliseconds between two looks at a job, and for which a job is waited. */
const LOOK = 200;
const LONGEST = 30_000;

/**
 * Sends steps to a server, and gives what it answered in the form of the recordings.
 * @param {string} base the server's URL
 * @param {import('./sequence.js').Step[]} steps
 * @returns {Promise<import('../recording.js').Exchange[]>}
 */
export async function record(base, steps) {
  const url = new URL(base);
  const exchanges = [];
  let job = 'job-1';
  for (const { id, request, count, wait } of steps) {
    const path = request.path.replace('{job}', job).replace('{number}', job.replace(/\D/g, ''));
    const sent = { ...request, path };
    if (wait) {
      await waitFor(`${base}${path}`, wait);
    }
    const bytes = bytesOf(sent, sent.body, url.host);
    const answers = await exchange(url, bytes, request.method === 'HEAD', count).catch(() => [null]);
    exchanges.push({ id, request: sent, answers });
    job = /^\{"code":0,"job":\{"jobId":"(job-\d+)"/.exec(isRun(sent) ? answers[0]?.body : '')?.[1] ?? job;
  }
  return exchanges;
}

function isRun({ method, path }) {
  return method === 'POST' && path.endsWith('/jobs/runs');
}

async function waitFor(url, statuses) {
  for (let waited = 0; waited < LONGEST; waited += LOOK) {
    const { job } = await (await fetch(url)).json();
    if (job === undefined || statuses.includes(job.status)) {
      return;
    }
    await pause(LOOK);
  }
}
