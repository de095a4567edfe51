import { readFileSync } from 'node:fs';

const { JOBS_FILE } = process.env;

export const { FAULT } = process.env;
export const PORT = Number(process.env.PORT);
export const MEDIA_TYPE = FAULT === 'plain-json' ? 'application/json' : 'application/vnd.gravitino.v1+json';

const metalakes = new Map(Object.entries(JSON.parse(readFileSync(JOBS_FILE, 'utf8'))));

/** The jobs of a metalake, or those of one template; undefined where there is no such metalake. */
export function findJobs(metalake, template) {
  const jobs = metalakes.get(metalake) ?? (FAULT === 'empty-for-absent' ? [] : undefined);
  if (FAULT === 'fails-on-quote' && template?.includes("'")) {
    throw new Error('A string is not closed');
  }
  return template && FAULT !== 'filter-ignored'
    ? jobs?.filter(({ jobTemplateName }) => jobTemplateName === template)
    : jobs;
}

export function jobList(jobs) {
  return { code: 0, jobs: FAULT === 'status-null' ? jobs.map((job) => ({ ...job, status: null })) : jobs };
}

export function noSuchMetalake(name) {
  return { code: 1003, type: 'NoSuchMetalakeException', message: `Metalake ${name} does not exist` };
}
