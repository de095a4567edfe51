import { findResponse } from '../../description/lookup.ts';
import type { Operation } from '../../description/model.ts';
import { isArray, type JsonObject } from '../../json.ts';
import { schemaAt } from '../../schema/schema-at.ts';
import type { Job } from '../../world/model.ts';
import type { JobRecord } from '../../world/state/model.ts';
import { queuedAt, statusCounts } from './job-selection.ts';

/** How a description spells the statuses of jobs, and what it says of them beyond the usual. */
export interface JobForm {
  /** A job as it is shown: the job itself, where nothing of it has to be changed. */
  show(job: Job | JobRecord): object;
  /** The content of a list: the same object for the same list, so that it is checked and written out once. */
  list(jobs: readonly (Job | JobRecord)[]): object;
}

/** The spellings of one status. */
const CANCELLED = ['cancelled', 'canceled'];

/** What some releases show of a job behind the documented properties, as far as it is known, in this order. */
const TIMES = ['queuedAt', 'startedAt', 'finishedAt'];

const forms = new WeakMap<Operation, JobForm>();

/** The form of the jobs that stand at a JSON pointer of an operation's 200 answer. */
export function jobForm(operation: Operation, pointer: string): JobForm {
  const form = forms.get(operation) ?? createForm(jobSchema(operation, pointer));
  forms.set(operation, form);
  return form;
}

/** The schema of the jobs at a JSON pointer of an operation's 200 answer. */
export function jobSchema(operation: Operation, pointer: string): JsonObject {
  return schemaAt(findResponse(operation, 200)?.mediaTypes[0]?.schema?.standard, pointer) ?? {};
}

function createForm(schema: JsonObject): JobForm {
  const contents = new WeakMap<readonly (Job | JobRecord)[], object>();
  const spell = speller(schema);
  const known = TIMES.filter((name) => schemaAt(schema, `/${name}`) !== undefined);
  const isQueued = schemaAt(schema, '/queuedAt') !== undefined;
  const show = (job: Job | JobRecord): object => {
    const status = spell(job.status);
    if (isQueued) {
      return timed({ ...job, status });
    }
    if (status === job.status && known.length === 0 && !TIMES.some((name) => name in job)) {
      return job;
    }
    // A job is queued as soon as it is made.
    const times = Object.entries({ queuedAt: job.audit.createTime, ...job });
    const shown = [
      ...Object.entries(job).filter(([name]) => !TIMES.includes(name)),
      ...known.flatMap((each) => times.filter(([name, time]) => name === each && time !== undefined)),
    ];
    return { ...Object.fromEntries(shown), status };
  };
  return {
    show,
    list(jobs) {
      const content = contents.get(jobs) ?? {
        code: 0,
        jobs: jobs.map(show),
        ...(isQueued && { statusCounts: statusCounts(jobs) }),
      };
      contents.set(jobs, content);
      return content;
    },
  };
}

/** A job with its times, as a server shows them: no fraction where that is 0. */
function timed({ jobId, jobTemplateName, status, audit, startedAt, finishedAt }: JobRecord): object {
  const short = (time: string) => time.replace('.000Z', 'Z');
  return {
    jobId,
    jobTemplateName,
    status,
    audit,
    queuedAt: queuedAt({ audit }),
    ...(startedAt !== undefined && { startedAt: short(startedAt) }),
    ...(finishedAt !== undefined && { finishedAt: short(finishedAt) }),
  };
}

function speller(schema: JsonObject): (status: string) => string {
  const values = schemaAt(schema, '/status')?.['enum'];
  const known = CANCELLED.find((status) => isArray(values) && values.includes(status)) ?? 'cancelled';
  return (status) => (CANCELLED.includes(status) ? known : status);
}
