import type { Audit } from '../model.ts';
import { type Instant, timeText } from './clock.ts';
import type { Plan } from './executor.ts';
import type { JobRecord } from './model.ts';

/** Who changes a status when nobody asked for it. */
export const SERVER = 'anonymous';

/** A job of a state. */
export interface StoredJob {
  record: JobRecord;
  /** False when its template was deleted. */
  isListed: boolean;
  /** How it runs; undefined once that was seen to have ended, and for a job of the fixture, which does not run. */
  plan: Plan | undefined;
}

/** When somebody looks at the running jobs, and how times are written. */
export interface Times {
  /** Digits of a second. */
  readonly digits: 6 | 9;
  /** The first look that sees what happens at an instant. */
  seen(instant: Instant): Instant;
  /** How many looks there were until an instant. */
  looks(now: Instant): number;
}

/**
 * Brings a job to the status that the looks at the running jobs have seen until `now`. A short job is never seen as
 * started.
 * @returns whether that changed it
 */
export function settle(job: StoredJob, now: Instant, times: Times): boolean {
  const { plan, record } = job;
  const ended = seenAt(plan?.ended, times);
  const started = seenAt(plan?.started, times);
  if (started <= now && started < ended && record.startedAt === undefined && record.status === 'queued') {
    job.record = {
      ...modified(record, 'started', SERVER, timeText(started, times.digits)),
      startedAt: timeText(started, 3),
    };
  }
  if (plan && ended <= now) {
    const last = modified(job.record, plan.outcome, SERVER, timeText(ended, times.digits));
    job.record = { ...last, finishedAt: timeText(ended, 3) };
    job.plan = undefined;
  }
  return job.record !== record;
}

function seenAt(instant: Instant | undefined, times: Times): Instant {
  return instant === undefined ? Number.POSITIVE_INFINITY : times.seen(instant);
}

/** A job with another status. */
export function modified(record: JobRecord, status: string, by: string, time: string): JobRecord {
  return { ...record, status, audit: modifiedAudit(record.audit, by, time) };
}

/** An audit with another last change. */
export function modifiedAudit(audit: Audit, by: string, time: string): Audit {
  return { ...audit, lastModifier: by, lastModifiedTime: time };
}

/** Whether a job waits, runs or is being cancelled. */
export function isActive({ record }: StoredJob): boolean {
  return ['queued', 'started', 'cancelling'].includes(record.status);
}
