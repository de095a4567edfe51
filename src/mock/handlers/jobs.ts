import type { Operation } from '../../description/model.ts';
import type { JobList, World } from '../../world/model.ts';
import type { JobRecord } from '../../world/state/model.ts';
import { type Handler, type HandlerAnswer, type HandlerRequest, shown, type WorldAnswer } from './handler.ts';
import { jobForm } from './job-form.ts';
import { selectionOf } from './job-selection.ts';
import { textAt, textMapAt } from './sent.ts';

/** `GET /metalakes/{metalake}/jobs/runs`: the jobs of a metalake, or those of one template. */
export const listJobs: Handler = {
  operationId: 'listJobs',
  answer({ state, operation, parameters, call }) {
    const template = parameters.query('jobTemplateName');
    const select = selectionOf(operation, parameters);
    if (typeof select !== 'function') {
      return select;
    }
    const jobs = state.listJobs(parameters.path('metalake'), template, call);
    return shown(jobs, (list) => ({
      content: jobForm(operation, LISTED).list(select(list)),
      why: `${list.length === 1 ? '1 job' : `${list.length} jobs`}${template ? ` of template "${template}"` : ''}`,
    }));
  },
  everyAnswer,
};

/** `POST /metalakes/{metalake}/jobs/runs` */
const runJob: Handler = {
  operationId: 'runJob',
  answer(request) {
    const { state, parameters, body, call } = request;
    const asked = { jobTemplateName: textAt(body, 'jobTemplateName'), jobConf: textMapAt(body, 'jobConf') };
    return shown(state.runJob(parameters.path('metalake'), asked, call), (job) => answerWith(job, request));
  },
};

/** `GET /metalakes/{metalake}/jobs/runs/{jobId}` */
const getJob: Handler = {
  operationId: 'getJob',
  answer(request) {
    const { state, parameters, call } = request;
    const job = state.getJob(parameters.path('metalake'), parameters.path('jobId'), call);
    return shown(job, (record) => answerWith(record, request));
  },
};

/** `POST /metalakes/{metalake}/jobs/runs/{jobId}` */
const cancelJob: Handler = {
  operationId: 'cancelJob',
  answer(request) {
    const { state, parameters, call } = request;
    const job = state.cancelJob(parameters.path('metalake'), parameters.path('jobId'), call);
    return shown(job, (record) => answerWith(record, request));
  },
};

export const JOBS: readonly Handler[] = [listJobs, runJob, getJob, cancelJob];

/** Where the jobs of a list stand. */
export const LISTED = '/jobs/*';

function answerWith(job: JobRecord, { operation }: HandlerRequest): HandlerAnswer {
  const content = { code: 0, job: jobForm(operation, '/job').show(job) };
  return { content, why: `job ${job.jobId}, ${job.status}` };
}

function* everyAnswer(world: World, operation: Operation): Generator<WorldAnswer> {
  const { list } = jobForm(operation, LISTED);
  for (const jobs of jobListsOf(world)) {
    yield { content: list(jobs.all), why: 'jobs', locate: (pointer) => locateJob(jobs, pointer) };
  }
  yield { content: list([]), why: 'no job', locate: () => undefined };
}

function jobListsOf(world: World): ReadonlySet<JobList> {
  const listed = [...world.metalakes.values()].map(({ jobs }) => jobs);
  return new Set(world.open ? [...listed, world.open.jobs] : listed);
}

/** `/jobs/17/status` is `/status` of job 17. */
function locateJob(jobs: JobList, pointer: string): ReturnType<JobList['where']> | undefined {
  const [, index, rest] = /^\/jobs\/(\d+)(.*)$/s.exec(pointer) ?? [];
  return index === undefined ? undefined : jobs.where(Number(index), rest ?? '');
}
