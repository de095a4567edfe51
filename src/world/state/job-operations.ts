import { createHash } from 'node:crypto';
import type { Plan } from './executor.ts';
import { fileRefusal, filledIn } from './files.ts';
import { modified, SERVER, type StoredJob } from './jobs.ts';
import type { Call, JobRecord, Outcome, RunRequest } from './model.ts';
import { done, mayRefuse, refused } from './outcome.ts';
import { type Fate, fateOf } from './runs.ts';
import type { Store } from './store.ts';

/** Jobs: `State` says what each operation does. */
export function listJobs(
  store: Store,
  name: string,
  template: string | undefined,
  call: Call,
): Outcome<readonly JobRecord[]> {
  const facts = { metalake: name, template };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  if (template === '') {
    return mayRefuse(call, 'empty-filter')
      ? refused('empty-filter', facts)
      : done(entered.value.list(undefined));
  }
  if (template !== undefined && !entered.value.templates.has(template) && mayRefuse(call, 'unknown-filter')) {
    return refused('unknown-filter', facts);
  }
  return done(entered.value.list(template));
}

export function runJob(store: Store, name: string, asked: RunRequest, call: Call): Outcome<JobRecord> {
  const facts = { metalake: name, template: asked.jobTemplateName };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  const template = entered.value.templates.get(asked.jobTemplateName);
  if (!template) {
    return refused('absent-template', facts);
  }
  store.turn += 1;
  const jobConf = asked.jobConf ?? {};
  const executable = filledIn(template.executable, jobConf);
  const run = { template: { ...template, executable }, jobConf, seed: `${store.seed} run ${store.turn}` };
  const rules = store.world.runs?.rules;
  const fate = fateOf(run, rules);
  const refusal = fileRefusal(run, rules, facts, call);
  if (refusal) {
    return refusal;
  }
  const plan = planOf(fate, store);
  store.executor.take(plan);
  const record = {
    jobId: jobId(store),
    jobTemplateName: template.name,
    status: 'queued',
    audit: store.created(call),
  };
  store.change(name, entered.value).put({ record, isListed: true, plan });
  return done(record);
}

export function getJob(store: Store, name: string, job: string, call: Call): Outcome<JobRecord> {
  const facts = { metalake: name, job };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  const found = entered.value.job(job);
  return found ? done(found.record) : refused('absent-job', facts);
}

export function cancelJob(store: Store, name: string, job: string, call: Call): Outcome<JobRecord> {
  const facts = { metalake: name, job };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  const found = entered.value.job(job);
  if (!found) {
    return refused('absent-job', facts);
  }
  if (!['queued', 'started'].includes(found.record.status)) {
    return done(found.record);
  }
  const record = modified(found.record, 'cancelling', call.by ?? SERVER, store.time);
  store.change(name, entered.value).put({ ...found, record, plan: cancelled(found, store) });
  return done(record);
}

function planOf({ outcome, queuedSeconds, runningSeconds, missing }: Fate, store: Store): Plan {
  // What is asked for at an instant happens after it, so that an answer is true at least for its own instant.
  const ready = store.now + Math.max(1, missing ? 0 : Math.round(queuedSeconds * 1e6));
  const lasts = missing ? 0 : Math.round(runningSeconds * 1e6);
  return { turn: store.turn, ready, lasts, outcome: missing ? 'failed' : outcome };
}

/** What becomes of a job's plan. A job of the fixture has none: it is cancelled at once. */
function cancelled({ plan }: StoredJob, store: Store): Plan {
  const cancelled: Plan = plan ?? { turn: 0, ready: store.now, lasts: 0, outcome: 'cancelled' };
  store.executor.cancel(cancelled);
  return cancelled;
}

/** A positive number of 63 bits, as the server's ids are, that depends on the seed and the turn alone. */
function jobId({ seed, turn }: Store): string {
  const bytes = createHash('sha256').update(`${seed} job ${turn}`).digest();
  return `job-${BigInt.asUintN(63, bytes.readBigUInt64BE())}`;
}
