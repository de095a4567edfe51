/** How far time may pass at once, and in all, until a job is where the recording has it; milliseconds. */
const STEP = 100;
const LONGEST = 90_000;

const ACTIVE = ['queued', 'started'];
const CANCELLED = ['cancelling', 'cancelled', 'canceled'];
const ENDED = ['succeeded', 'failed', 'cancelled', 'canceled'];

/**
 * The jobs of a recording and those of the target: which is which, and how far they have come. The target's time is moved
 * to a point at which its jobs can be as they were recorded; what it then says of them is its own.
 */
export class Jobs {
  #target;
  #exchanges;
  /** Numbers of ids: recorded ones to the target's. */
  #toTarget = new Map();

  constructor(target, exchanges) {
    this.#target = target;
    this.#exchanges = exchanges;
  }

  /** A recorded text with the ids that the target gave. Ids are known by their number, whatever stands before it. */
  toTarget(text) {
    return text.replace(/\d{17,19}/g, (number) => this.#toTarget.get(number) ?? number);
  }

  nameOfRecorded(id) {
    return id
      .replace(/\d{17,19}/, (number) => this.#toTarget.get(number) ?? number)
      .replace(/\d{17,19}/, (n) => `<${n}>`);
  }

  nameOfTarget(id) {
    return id.replace(/\d{17,19}/, (number) => `<${number}>`);
  }

  /** Remembers which id the target has given to a job that was run. */
  learn({ answers: [recorded] }, [answer]) {
    const [was, is] = [recorded, answer].map((each) => jobsIn(each?.body)[0]?.jobId);
    if (was !== undefined && is !== undefined && !this.#toTarget.has(numberOf(was))) {
      this.#toTarget.set(numberOf(was), numberOf(is));
    }
  }

  /** Makes the target ready for an exchange. */
  async prepare(index) {
    const { request, answers } = this.#exchanges[index];
    const shown = answers.flatMap((answer) => jobsIn(answer?.body));
    const metalake = /^\/api\/metalakes\/([^/]+)\/jobs/.exec(request.path)?.[1];
    const template = /\/jobs\/templates\/([^/?]+)$/.exec(request.path)?.[1];
    if (template !== undefined && request.method === 'DELETE' && answers[0]?.status === 200) {
      await this.#settle(metalake, template);
    }
    if (metalake === undefined || shown.length === 0 || isRun(request)) {
      return;
    }
    const missing = shown.filter(({ jobId }) => !this.#toTarget.has(numberOf(jobId)));
    for (const job of missing.sort((a, b) => (a.audit.createTime < b.audit.createTime ? -1 : 1))) {
      await this.#makeUp(metalake, job);
    }
    for (const job of shown) {
      await this.#renameBack(metalake, job);
      await this.#cancel(metalake, job, index);
    }
    await this.#beforeRace(index, shown);
    await this.#reach(
      metalake,
      shown.filter(({ status }) => status !== 'cancelling' || request.method === 'GET'),
    );
  }

  /** A job that nobody ran in the recording was run in an exchange that it leaves out. */
  async #makeUp(metalake, { jobId, jobTemplateName: name, audit }) {
    const base = `/api/metalakes/${metalake}/jobs`;
    await this.#send('POST', `${base}/templates`, {
      jobTemplate: { jobType: 'shell', name, executable: '/bin/true' },
    });
    const authorization = `Basic ${Buffer.from(`${audit.creator}:`).toString('base64')}`;
    const { job } = await this.#send('POST', `${base}/runs`, { jobTemplateName: name }, { authorization });
    if (job) {
      this.#toTarget.set(numberOf(jobId), numberOf(job.jobId));
    }
  }

  /** A template that nobody gave its name in the recording was renamed in an exchange that it leaves out. */
  async #renameBack(metalake, { jobId, jobTemplateName: newName }) {
    const base = `/api/metalakes/${metalake}/jobs`;
    const { job } = await this.#send('GET', `${base}/runs/${this.toTarget(jobId)}`);
    if (job !== undefined && job.jobTemplateName !== newName) {
      const name = encodeURIComponent(job.jobTemplateName);
      await this.#send('PUT', `${base}/templates/${name}`, { updates: [{ '@type': 'rename', newName }] });
    }
  }

  /** A job that nobody cancelled in the recording was cancelled in an exchange that it leaves out. */
  async #cancel(metalake, { jobId, status }, index) {
    const before = this.#exchanges.slice(0, index + 1);
    const isTold = before.some(
      ({ request }) => request.method === 'POST' && request.path.endsWith(`/${jobId}`),
    );
    if (CANCELLED.includes(status) && !isTold) {
      await this.#send('POST', `/api/metalakes/${metalake}/jobs/runs/${this.toTarget(jobId)}`);
    }
  }

  /** A job that was cancelled and succeeded all the same had ended unseen. */
  async #beforeRace(index, [job]) {
    if (this.#exchanges[index].request.method !== 'POST' || job.status !== 'cancelling') {
      return;
    }
    const later = this.#exchanges.slice(index + 1).flatMap(({ answers }) => jobsIn(answers[0]?.body));
    const next = later.find(({ jobId, status }) => jobId === job.jobId && status !== 'cancelling');
    if (next !== undefined && ['succeeded', 'failed'].includes(next.status)) {
      await this.#target.advance?.(STEP);
    }
  }

  /** Lets time pass until no job of a template is active: it was deleted. */
  async #settle(metalake, template) {
    for (let passed = 0; passed < LONGEST; passed += STEP) {
      const { jobs = [] } = await this.#send(
        'GET',
        `/api/metalakes/${metalake}/jobs/runs?jobTemplateName=${template}`,
      );
      if (jobs.every(({ status }) => ENDED.includes(status))) {
        return;
      }
      await this.#target.advance?.(STEP);
    }
  }

  /** Lets time pass until the jobs can be as they were recorded. */
  async #reach(metalake, shown) {
    for (let passed = 0; passed < LONGEST; passed += STEP) {
      const isThere = await Promise.all(shown.map((job) => this.#isThere(metalake, job)));
      if (isThere.every(Boolean)) {
        return;
      }
      await this.#target.advance?.(STEP);
    }
  }

  /** Whether a job is where it was recorded, or has gone too far for that ever to be. */
  async #isThere(metalake, { jobId, status }) {
    const { job } = await this.#send('GET', `/api/metalakes/${metalake}/jobs/runs/${this.toTarget(jobId)}`);
    return (
      job === undefined ||
      alike(job.status) === alike(status) ||
      ENDED.includes(job.status) ||
      (ACTIVE.includes(status) && !ACTIVE.includes(job.status))
    );
  }

  async #send(method, path, body, headers = {}) {
    const answer = await fetch(this.#target.url + path, {
      method,
      headers: {
        accept: 'application/vnd.gravitino.v1+json',
        'content-type': 'application/json',
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return answer.ok && text !== '' ? JSON.parse(text) : {};
  }
}

function isRun({ method, path }) {
  return method === 'POST' && path.endsWith('/jobs/runs');
}

function numberOf(jobId) {
  return /\d+/.exec(jobId)?.[0];
}

function alike(status) {
  return status === 'canceled' ? 'cancelled' : status;
}

/** The jobs that an answer shows. */
function jobsIn(body) {
  if (!/^\{"code":0,"jobs?":/.test(body ?? '')) {
    return [];
  }
  const { job, jobs = [job] } = JSON.parse(body);
  return jobs;
}
