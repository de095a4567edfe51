import type { Instant } from './clock.ts';
import { isActive, type StoredJob, settle, type Times } from './jobs.ts';
import type { JobRecord, MetalakeRecord, TemplateRecord } from './model.ts';

/** What a metalake consists of. */
export interface MetalakeParts {
  readonly record: MetalakeRecord;
  /** When it was last enabled; undefined where it was never disabled. */
  readonly enabledAt?: Instant | undefined;
  readonly templates: readonly TemplateRecord[];
  /** In the order of the list, and those that are no more listed. */
  readonly jobs: readonly StoredJob[];
}

/** One metalake of a state, with its templates and jobs. */
export class StoredMetalake {
  record: MetalakeRecord;
  enabledAt: Instant | undefined;
  readonly templates: Map<string, TemplateRecord>;
  readonly #jobs = new Map<string, StoredJob>();
  /** The ids of the jobs that have a plan. */
  readonly #planned = new Set<string>();
  /** How many looks at the jobs their statuses stand for. */
  #looks = -1;
  readonly #lists = new Map<string | undefined, readonly JobRecord[]>();

  constructor({ record, enabledAt, templates, jobs }: MetalakeParts) {
    this.record = record;
    this.enabledAt = enabledAt;
    this.templates = new Map(templates.map((template) => [template.name, template]));
    for (const job of jobs) {
      this.put(job);
    }
  }

  parts(): MetalakeParts {
    const { record, enabledAt, templates } = this;
    return { record, enabledAt, templates: [...templates.values()], jobs: [...this.#jobs.values()] };
  }

  /** One with the same content that can be changed by itself. */
  copy(record: MetalakeRecord): StoredMetalake {
    const parts = this.parts();
    return new StoredMetalake({ ...parts, record, jobs: parts.jobs.map((job) => ({ ...job })) });
  }

  /** Whether time alone can change a job. */
  get hasPlans(): boolean {
    return this.#planned.size > 0;
  }

  /** Every job, also those that are no more listed. */
  jobs(): Iterable<StoredJob> {
    return this.#jobs.values();
  }

  job(id: string): StoredJob | undefined {
    return this.#jobs.get(id);
  }

  /** The listed jobs, or those of one template. */
  list(template: string | undefined): readonly JobRecord[] {
    const known = this.#lists.get(template);
    if (known) {
      return known;
    }
    const listed = this.#listed(template).map(({ record }) => record);
    // A list for every name that somebody makes up would be a leak.
    if (template === undefined || this.templates.has(template)) {
      this.#lists.set(template, listed);
    }
    return listed;
  }

  hasActive(template: string): boolean {
    return this.#listed(template).some(isActive);
  }

  /** Adds a job, or puts it in the place of the one that has its id. */
  put(job: StoredJob): void {
    const { jobId } = job.record;
    this.#jobs.set(jobId, job);
    if (job.plan) {
      this.#planned.add(jobId);
    }
    this.#lists.clear();
  }

  /**
   * Brings the jobs up to date. Nothing new is seen between two looks, and nobody looks at the jobs of a disabled
   * metalake.
   */
  settle(now: Instant, times: Times): void {
    const looks = times.looks(now);
    if (!this.record.inUse || looks === this.#looks) {
      return;
    }
    this.#looks = looks;
    const { enabledAt = 0 } = this;
    const since = { ...times, seen: (instant: Instant) => times.seen(Math.max(instant, enabledAt)) };
    for (const id of this.#planned) {
      const job = this.#jobs.get(id);
      if (job && settle(job, now, since)) {
        this.#lists.clear();
      }
      if (!job?.plan) {
        this.#planned.delete(id);
      }
    }
  }

  /** Puts a template in the place of another, under a name that may be new. */
  replaceTemplate(old: TemplateRecord, template: TemplateRecord): void {
    this.templates.delete(old.name);
    this.templates.set(template.name, template);
    if (old.name !== template.name) {
      for (const job of this.#listed(old.name)) {
        job.record = { ...job.record, jobTemplateName: template.name };
      }
      this.#lists.clear();
    }
  }

  /** Deletes a template, and takes its jobs off the list. */
  deleteTemplate(template: string): void {
    this.templates.delete(template);
    for (const job of this.#listed(template)) {
      job.isListed = false;
    }
    this.#lists.clear();
  }

  #listed(template: string | undefined): StoredJob[] {
    return Array.from(this.#jobs.values()).filter(
      ({ isListed, record }) => isListed && (template === undefined || record.jobTemplateName === template),
    );
  }
}
