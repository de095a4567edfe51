import type { Operation } from '../../description/model.ts';
import { isDateTime } from '../../schema/date-time.ts';
import type { JobRecord } from '../../world/state/model.ts';
import type { Parameters, Refused } from './handler.ts';

/** The times of a job by which lists may be sorted and limited. */
const TIMES = ['queuedAt', 'startedAt', 'finishedAt'] as const;
type Time = (typeof TIMES)[number];

const ORDERS = ['asc', 'desc'];

/** Chooses the jobs of a list, and their order. */
export type Selection = (jobs: readonly JobRecord[]) => readonly JobRecord[];

/**
 * What the parameters for order and times ask for, where an operation describes them; without any of them the latest job
 * comes first. An empty value is none.
 */
export function selectionOf(
  { parameters: described }: Operation,
  parameters: Parameters,
): Selection | Refused {
  if (!described.some(({ name }) => name === 'sortBy')) {
    return (jobs) => jobs;
  }
  const by = parameters.query('sortBy') || 'queuedAt';
  const order = parameters.query('sortOrder') || 'desc';
  const limits = TIMES.flatMap((time) => limitsOf(time, parameters));
  const wrong = limits.find(({ at }) => Number.isNaN(at));
  const time = TIMES.find((each) => each === by);
  if (!time) {
    return refuse(`Invalid sortBy value: ${by}, must be one of ${TIMES.join(', ')}`);
  }
  if (!ORDERS.includes(order)) {
    return refuse(`Invalid sortOrder value: ${order}, must be one of ${ORDERS.join(', ')}`);
  }
  if (wrong) {
    return refuse(
      `Invalid ${wrong.name} value: ${wrong.text}, must be an ISO-8601 instant, e.g. 2026-08-18T00:00:00Z`,
    );
  }
  return (jobs) => {
    const chosen = jobs.filter((job) => limits.every((limit) => isWithin(job, limit)));
    // The jobs come the oldest first, and that decides where times are the same.
    const ordered = order === 'asc' ? chosen : chosen.reverse();
    return ordered.sort((a, b) => compare(timeOf(a, time), timeOf(b, time), order));
  };
}

/** How many jobs have each status; in the server's order. */
export function statusCounts(jobs: readonly JobRecord[]): Readonly<Record<string, number>> {
  const statuses = ['queued', 'started', 'failed', 'succeeded', 'cancelling', 'cancelled'];
  return Object.fromEntries(
    statuses.map((status) => [status, jobs.filter((job) => job.status === status).length]),
  );
}

/** When a job was queued: when it was created. */
export function queuedAt({ audit }: Pick<JobRecord, 'audit'>): string | undefined {
  return audit.createTime;
}

interface Limit {
  readonly name: string;
  readonly text: string;
  readonly time: Time;
  readonly isEarliest: boolean;
  /** Milliseconds; NaN for what is no time. */
  readonly at: number;
}

function limitsOf(time: Time, parameters: Parameters): readonly Limit[] {
  return ['After', 'Before'].flatMap((end) => {
    const name = time.replace('At', end);
    const text = parameters.query(name) ?? '';
    const at = isDateTime(text) ? Date.parse(text) : Number.NaN;
    return text === '' ? [] : [{ name, text, time, isEarliest: end === 'After', at }];
  });
}

function isWithin(job: JobRecord, { time, isEarliest, at }: Limit): boolean {
  const found = timeOf(job, time);
  return found !== undefined && (isEarliest ? found >= at : found <= at);
}

function timeOf(job: JobRecord, time: Time): number | undefined {
  const text = time === 'queuedAt' ? queuedAt(job) : job[time];
  return text === undefined ? undefined : Date.parse(text);
}

/** Jobs without a time come last, whatever the order. */
function compare(a: number | undefined, b: number | undefined, order: string): number {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined);
  }
  return order === 'asc' ? a - b : b - a;
}

function refuse(reason: string): Refused {
  return { refusal: 'illegal-argument', facts: { reason } };
}
