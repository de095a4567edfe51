import type { SourceDocument } from '../documents/document.ts';
import { valueAt } from '../documents/pointer.ts';
import { KitError, type Location } from '../errors.ts';
import { isArray } from '../json.ts';
import type { Schema } from '../schema/schema.ts';
import type { FixtureJobs } from './fixture.ts';
import type { Job, JobList } from './model.ts';
import { makeJobs } from './volume.ts';

/** What the lists of one fixture have in common. */
export interface ListSource {
  readonly document: SourceDocument;
  readonly jobSchema: Schema;
  readonly seed: number;
  readonly now: Date;
}

/**
 * The jobs that stand at a pointer of the fixture: the written ones, then as many made ones as `volume` lacks.
 * @throws KitError FIXTURE_INVALID where the description does not allow what `volume` makes.
 */
export async function jobListOf(
  { jobs: written = [], volume }: FixtureJobs,
  pointer: string,
  source: ListSource,
): Promise<JobList> {
  const { document, jobSchema } = source;
  if (!volume) {
    return indexed(written, (index, at) => document.locate(`${pointer}/jobs/${index}${at}`));
  }
  const kept = written.slice(0, volume.jobs);
  const statuses = valueAt(jobSchema.source, '/properties/status/enum');
  const made = await makeJobs({
    count: volume.jobs - kept.length,
    seed: `${source.seed} ${pointer}`,
    now: source.now,
    templates: volume.templates,
    statuses: isArray(statuses) ? statuses : undefined,
    taken: new Set(kept.map((job) => job.jobId)),
  });
  const place = document.locate(`${pointer}/volume`);
  refuseInvalid(made, jobSchema, place);
  return indexed([...kept, ...made], (index, at) =>
    index < kept.length ? document.locate(`${pointer}/jobs/${index}${at}`) : place,
  );
}

/** Checks one job of each status and template: the made ones differ in nothing else that a description could refuse. */
function refuseInvalid(made: readonly Job[], jobSchema: Schema, place: Location): void {
  const kinds = new Map(made.map((job) => [`${job.status} ${job.jobTemplateName}`, job]));
  for (const job of kinds.values()) {
    const [violation] = jobSchema.check(job);
    if (violation) {
      const { pointer, actual, expected } = violation;
      const reason = `volume makes jobs that the description does not allow: ${pointer} is ${actual}`;
      throw KitError.of(
        'FIXTURE_INVALID',
        { reason, advice: `Expected ${expected}; write such jobs out.` },
        place,
      );
    }
  }
}

function indexed(all: readonly Job[], where: JobList['where']): JobList {
  const byTemplate = new Map<string, Job[]>();
  for (const job of all) {
    const found = byTemplate.get(job.jobTemplateName);
    if (found) {
      found.push(job);
    } else {
      byTemplate.set(job.jobTemplateName, [job]);
    }
  }
  return { all, ofTemplate: (name) => byTemplate.get(name) ?? [], where };
}
