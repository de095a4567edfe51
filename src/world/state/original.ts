import type { Audit, Job, MetalakeContent } from '../model.ts';
import { StoredMetalake } from './metalake.ts';
import type { JobRecord, TemplateRecord } from './model.ts';
import { templateRecord } from './template.ts';

/** The program of a template that jobs of a fixture have but that the fixture does not describe. */
const EXECUTABLE = '/opt/jobs/job.sh';

/** A metalake as the world has it; `audit` for what the world does not say. */
export function originalMetalake(name: string, content: MetalakeContent, audit: Audit): StoredMetalake {
  const { comment, properties, inUse = true, jobs } = content;
  return new StoredMetalake({
    record: {
      name,
      ...(comment !== undefined && { comment }),
      ...(properties && { properties }),
      inUse,
      audit: content.audit ?? audit,
    },
    templates: templatesOf(content, content.audit ?? audit),
    jobs: jobs.all.map((job) => ({ record: jobRecord(job), isListed: true, plan: undefined })),
  });
}

/** The written templates, and one for each other name that a job has: on a server no job is without a template. */
function templatesOf({ templates = [], jobs }: MetalakeContent, audit: Audit): readonly TemplateRecord[] {
  const written = templates.map((template) => templateRecord(template, template.audit ?? audit));
  const names = new Set(jobs.all.map(({ jobTemplateName }) => jobTemplateName));
  for (const { name } of written) {
    names.delete(name);
  }
  const implied = [...names].map((name) =>
    templateRecord({ jobType: 'shell', name, executable: EXECUTABLE }, audit),
  );
  return [...written, ...implied];
}

/** Fixtures may spell a status as the documentation does. */
function jobRecord(job: Job): JobRecord {
  return job.status === 'canceled' ? { ...job, status: 'cancelled' } : job;
}
