import { randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serve } from './listen.ts';

/** A job as the described API shows it. */
export interface Job {
  jobId: string;
  jobTemplateName: string;
  status: string;
  audit: Record<string, unknown>;
  [extra: string]: unknown;
}

/** Metalakes with their jobs. */
export type World = Map<string, Job[]>;

/** What a request asks for, once it was understood. */
export interface Ask {
  readonly metalake: string;
  /** The value of the filter; undefined where there is none. */
  readonly template: string | undefined;
  readonly accept: string | undefined;
  /** The how manyth request of the server this is, from 1. */
  readonly count: number;
  readonly world: World;
}

/** An answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  /** Written as JSON unless `bytes` are given. */
  readonly body: unknown;
  readonly bytes?: string | Buffer;
}

/** Makes another answer of a conforming one. */
export type Change = (answer: Answer, ask: Ask) => Answer | Promise<Answer>;

export interface JobsApi {
  readonly url: string;
  /** The metalakes that exist: two with jobs, one without. */
  readonly names: readonly string[];
}

export const VENDOR = 'application/vnd.gravitino.v1+json';

const STATUSES = ['queued', 'started', 'failed', 'succeeded', 'cancelling', 'canceled'];
const BASES = ['/api', ''];

/**
 * Serves the described API, conforming, from data that differ each time; `change` may spoil its answers. Other paths get
 * the 404 of a framework.
 */
export async function serveJobs(change: Change = (answer) => answer, world = someWorld()): Promise<JobsApi> {
  const base = BASES[randomInt(BASES.length)] ?? '';
  let count = 0;
  const url = await serve(async (request, response) => {
    const ask = askOf(request, base, world);
    if (!ask) {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not Found</h1>');
      return;
    }
    count += 1;
    const full = { ...ask, count };
    await write(response, await change(conformingAnswer(full), full));
  });
  return { url, names: [...world.keys()] };
}

/** Three metalakes with names and jobs of their own: two with jobs of several templates, one without any. */
export function someWorld(): World {
  return new Map([
    [`a${word()}`, jobs(randomInt(6, 20), [word(), word(), `x ${word()}&y=ü/%`])],
    [`b${word()}`, jobs(randomInt(2, 9), [word()])],
    [`c${word()}`, []],
  ]);
}

/** Some jobs, all templates taking turns. */
export function jobs(length: number, templates: readonly string[]): Job[] {
  return Array.from({ length }, (_, index) => job(templates[index % templates.length] ?? ''));
}

/** One job with a fresh id. */
export function job(jobTemplateName: string): Job {
  return {
    jobId: `job-${randomInt(1e12)}`,
    jobTemplateName,
    status: STATUSES[randomInt(STATUSES.length)] ?? 'queued',
    audit: {
      creator: word(),
      createTime: '2025-08-12T02:14:28.205023Z',
      lastModifier: word(),
      lastModifiedTime: '2025-08-12T02:14:29Z',
    },
  };
}

/** What the description says. */
export function conformingAnswer({ metalake, template, world }: Ask): Answer {
  const found = world.get(metalake);
  if (!found) {
    return errorAnswer(404, 'NoSuchMetalakeException', `Metalake ${metalake} does not exist`);
  }
  const listed = template ? found.filter(({ jobTemplateName }) => jobTemplateName === template) : found;
  return { status: 200, headers: { 'Content-Type': VENDOR }, body: { code: 0, jobs: listed } };
}

/** An answer in the documented error model. */
export function errorAnswer(status: number, type: string, message: string): Answer {
  const body = { code: 1003, type, message, stack: [`${type}: ${message}`] };
  return { status, headers: { 'Content-Type': VENDOR }, body };
}

/** The jobs of an answer; none where it has none. */
export function jobsOf({ body }: Answer): readonly Job[] {
  return (body as { jobs?: Job[] }).jobs ?? [];
}

/** The same answer with other jobs. */
export function withJobs(answer: Answer, change: (jobs: readonly Job[]) => readonly unknown[]): Answer {
  return answer.status === 200 ? { ...answer, body: { code: 0, jobs: change(jobsOf(answer)) } } : answer;
}

export function word(): string {
  return randomInt(36 ** 6, 36 ** 7).toString(36);
}

function askOf(request: IncomingMessage, base: string, world: World): Omit<Ask, 'count'> | undefined {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const [, name] = /^\/metalakes\/([^/]+)\/jobs\/runs$/.exec(pathname.slice(base.length)) ?? [];
  return name === undefined || !pathname.startsWith(base)
    ? undefined
    : {
        metalake: decodeURIComponent(name),
        template: searchParams.get('jobTemplateName') ?? undefined,
        accept: request.headers.accept,
        world,
      };
}

async function write(response: ServerResponse, { status, headers, body, bytes }: Answer): Promise<void> {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
  response.writeHead(status).end(bytes ?? JSON.stringify(body));
}
