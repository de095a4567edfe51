import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const MEDIA_TYPE = 'application/vnd.gravitino.v1+json';

/** The template of each job, and the statuses that it goes through; the last ones are those that it stays in. */
const PLANS = [
  { template: 'jobskit_true', executable: '/bin/true', before: ['queued', 'started'], end: ['succeeded'] },
  { template: 'jobskit_false', executable: '/bin/false', before: ['queued', 'started'], end: ['failed'] },
  { template: 'jobskit_sleep', executable: '/bin/sleep', before: ['queued'], end: ['started'] },
  {
    template: 'jobskit_sleep',
    executable: '/bin/sleep',
    cancelled: true,
    before: ['cancelling'],
    end: ['canceled', 'cancelled'],
  },
];

/** A metalake of our own on a running server, with a job for each end that a job can come to, and one that runs. */
export class Scene {
  /** The name of the metalake: unlike any that is there. */
  metalake = `jobskit_${randomBytes(8).toString('hex')}`;
  /** The jobs that were made: `{jobId, template, before, end}`. */
  jobs = [];
  #api;
  #path;
  #mayExist = false;

  /** @param {string} url the server's base URL; with a path it is taken as it is, else the API is at `/api` */
  constructor(url) {
    const { pathname, origin } = new URL(url);
    this.#api = pathname === '/' ? `${origin}/api` : url.replace(/\/$/, '');
    this.#path = `/metalakes/${this.metalake}`;
  }

  /** The version that the server says it has. */
  async version() {
    const { version } = await this.#ask('GET', '/version');
    return version.version;
  }

  /** Makes the metalake, the templates and the jobs. */
  async set() {
    this.#mayExist = true;
    await this.#ask('POST', '/metalakes', { name: this.metalake, comment: '', properties: {} });
    for (const { template: name, executable } of PLANS.filter(({ cancelled }) => !cancelled)) {
      const jobTemplate = { jobType: 'shell', name, executable, arguments: ['300'] };
      await this.#ask('POST', `${this.#path}/jobs/templates`, { jobTemplate });
    }
    for (const plan of PLANS) {
      this.jobs.push({ ...plan, jobId: await this.#run(plan) });
    }
  }

  /** The server's list of jobs. */
  async list() {
    const { jobs } = await this.#ask('GET', `${this.#path}/jobs/runs`);
    return jobs;
  }

  /** Waits until every job is in its last status. Gives the list as it then is, or as it is after `seconds`. */
  async settle(seconds) {
    const deadline = Date.now() + seconds * 1000;
    let listed = await this.list();
    while (!this.isSettled(listed) && Date.now() < deadline) {
      await pause(500);
      listed = await this.list();
    }
    return listed;
  }

  /** Whether each job is listed in the status that it stays in. */
  isSettled(listed) {
    return this.jobs.every(({ jobId, end }) =>
      end.includes(listed.find((job) => job.jobId === jobId)?.status),
    );
  }

  /** Cancels what runs and drops the metalake with everything in it. */
  async strike() {
    if (!this.#mayExist) {
      return;
    }
    for (const { jobId } of this.jobs) {
      // One that cannot be cancelled must not keep the metalake.
      await this.#cancel(jobId).catch(() => undefined);
    }
    await this.#ask('DELETE', `${this.#path}?force=true`);
  }

  async #run({ template: jobTemplateName, cancelled }) {
    const { job } = await this.#ask('POST', `${this.#path}/jobs/runs`, { jobTemplateName, jobConf: {} });
    if (cancelled) {
      await this.#cancel(job.jobId);
    }
    return job.jobId;
  }

  #cancel(jobId) {
    return this.#ask('POST', `${this.#path}/jobs/runs/${jobId}`);
  }

  async #ask(method, path, body) {
    const response = await fetch(this.#api + path, {
      method,
      headers: { Accept: MEDIA_TYPE, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    }).catch(({ message, cause }) => {
      throw new Error(`${method} ${this.#api}${path} got no answer: ${cause?.message ?? message}`);
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${this.#api}${path} was answered ${response.status}: ${text.slice(0, 500)}`);
    }
    return JSON.parse(text);
  }
}
