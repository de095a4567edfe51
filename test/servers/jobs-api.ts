import { randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeOnce } from '../../src/http/percent.ts';
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
  readonly language?: string | undefined;
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
    const refusal = refusalOf(request, ask);
    if (!ask || ask === 'malformed' || refusal) {
      await write(response, refusal ?? page(404));
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

/** What the server answers before it looks at its data. */
function refusalOf({ method = '', headers }: IncomingMessage, ask: unknown): Answer | undefined {
  if (ask === undefined) {
    return page(404);
  }
  if (method !== 'GET' && method !== 'HEAD') {
    const refused = page(method === 'OPTIONS' ? 204 : 405);
    return { ...refused, headers: { Allow: 'GET, HEAD, OPTIONS' }, bytes: '' };
  }
  if (headers.accept === `${VENDOR};q=0`) {
    return page(406);
  }
  return ask === 'malformed' ? page(400) : undefined;
}

/** An answer of the framework's own. */
function page(status: number): Answer {
  return { status, headers: { 'Content-Type': 'text/html' }, body: undefined, bytes: `<h1>${status}</h1>` };
}

function askOf(
  request: IncomingMessage,
  base: string,
  world: World,
): Omit<Ask, 'count'> | 'malformed' | undefined {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const [, name] = /^\/metalakes\/([^/]+)\/jobs\/runs$/.exec(pathname.slice(base.length)) ?? [];
  if (name === undefined || !pathname.startsWith(base)) {
    return undefined;
  }
  const metalake = decodeOnce(name);
  return metalake === undefined
    ? 'malformed'
    : {
        metalake,
        template: searchParams.get('jobTemplateName') ?? undefined,
        accept: request.headers.accept,
        language: request.headers['accept-language'],
        world,
      };
}

async function write(response: ServerResponse, { status, headers, body, bytes }: Answer): Promise<void> {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
  response.writeHead(status).end(bytes ?? JSON.stringify(body));
}
