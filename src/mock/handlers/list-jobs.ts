import { findResponse } from '../../description/lookup.ts';
import type { Example, Operation } from '../../description/model.ts';
import { KitError } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { findMetalake, type Job, type JobList, type World } from '../../world/model.ts';
import type { Handler, HandlerAnswer, WorldAnswer } from './handler.ts';

/** `GET /metalakes/{metalake}/jobs/runs`: the jobs of a metalake, or those of one template. */
export const listJobs: Handler = {
  operationId: 'listJobs',
  answer(world, operation, parameters) {
    const name = parameters.path('metalake');
    const metalake = findMetalake(world, name);
    return metalake
      ? listing(world, metalake.jobs, parameters.query('jobTemplateName'))
      : absent(operation, name);
  },
  everyAnswer,
};

/** The schema of one job: the items of the list that the documented success has. */
export function jobSchema(operation: Operation): JsonObject {
  const schema = findResponse(operation, 200)?.mediaTypes[0]?.schema?.standard ?? {};
  return member(member(member(schema, 'properties'), 'jobs'), 'items');
}

function listing(world: World, jobs: JobList, template: string | undefined): HandlerAnswer {
  return template === undefined || template === ''
    ? listed(jobs.all, `world ${world.name}`)
    : listed(jobs.ofTemplate(template), `world ${world.name}, template ${JSON.stringify(template)}`);
}

function listed(jobs: readonly Job[], why: string): HandlerAnswer {
  return {
    status: 200,
    content: contentOf(jobs),
    why: `${why}: ${jobs.length === 1 ? '1 job' : `${jobs.length} jobs`}`,
  };
}

const contents = new WeakMap<readonly Job[], object>();

/** The same object for the same list, so that it is checked and written out once. */
function contentOf(jobs: readonly Job[]): object {
  const content = contents.get(jobs) ?? { code: 0, jobs };
  contents.set(jobs, content);
  return content;
}

/** The documented answer for a metalake that does not exist, with this one's name in the place of the documented name. */
function absent(operation: Operation, name: string): HandlerAnswer {
  const { status, example, documented } = absence(operation);
  const content = renamed(example.value, documented, name);
  return {
    status,
    content: isObject(content) ? content : {},
    why: `example ${example.name}: no metalake "${name}"`,
  };
}

interface Absence {
  readonly status: number;
  readonly example: Example;
  readonly documented: string | undefined;
}

function absence(operation: Operation): Absence {
  const identifies = operation.parameters.find(({ name }) => name === 'metalake')?.identifies;
  const examples = identifies && findResponse(operation, identifies.absent)?.mediaTypes[0]?.examples;
  const example = examples?.find(({ name }) => name === identifies?.example);
  if (!identifies || !example) {
    const reason = `the metalake of ${operation.id} has no x-identifies that names an example of the absent answer`;
    throw KitError.of('DESCRIPTION_INVALID', { reason, advice: 'Add it to the parameter.' }, operation.where);
  }
  return { status: identifies.absent, example, documented: identifies.documented };
}

/** A copy in which a name that stands as a whole word is another. */
function renamed(value: Json, from: string | undefined, to: string): Json {
  if (typeof value === 'string') {
    return from === undefined ? value : replaceWord(value, from, to);
  }
  if (isArray(value)) {
    return value.map((item) => renamed(item, from, to));
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, from, to)]));
  }
  return value;
}

function replaceWord(text: string, from: string, to: string): string {
  const word = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'g'), () => to);
}

function* everyAnswer(world: World, operation: Operation): Generator<WorldAnswer> {
  for (const jobs of jobListsOf(world)) {
    yield { ...listing(world, jobs, undefined), locate: (pointer) => locateJob(jobs, pointer) };
  }
  yield { ...listed([], 'no job'), locate: () => undefined };
  yield { ...absent(operation, 'a'), locate: () => undefined };
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

function member(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}
