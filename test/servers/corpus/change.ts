import type { Socket } from 'node:net';
import { isArray, isObject, type Json, type JsonObject } from '../../../src/json.ts';
import type { Ask, Habits } from './api.ts';
import type { Draw } from './draw.ts';
import { bytesOf, type Message, type Reply, type Step, withHeader } from './reply.ts';
import type { Job, World } from './world.ts';

/** How a server differs from the plain one. Several are applied one after another. */
export interface Change {
  /** Other data. */
  readonly world?: (world: World, draw: Draw) => World;
  /** Another understanding of requests. */
  readonly habits?: Partial<Habits>;
  /** Another answer. */
  readonly answer?: (reply: Reply, ask: Ask) => Reply | Promise<Reply>;
  /** Other bytes of status line and header lines. */
  readonly head?: (head: string, ask: Ask, reply: Reply) => string;
  /** Another way to write; the last one counts. */
  readonly wire?: (message: Message, ask: Ask, reply: Reply) => readonly Step[];
  /** Something done to each new connection. */
  readonly connection?: (socket: Socket) => void;
}

/** Whether an answer is meant. */
export type Which = (ask: Ask, reply: Reply) => boolean;

export const always: Which = () => true;
export const isList: Which = ({ about }, { status }) => about === 'list' && status === 200;
export const isAbsent: Which = ({ about }) => about === 'absent';
export const isFiltered: Which = ({ about, template }) => about === 'list' && Boolean(template);
export const isOther: Which = ({ about }) => about === 'other';
export const isFirst: Which = ({ about, metalake, world }) =>
  about === 'list' && metalake === [...world.metalakes.keys()][0];
export const isSecond: Which = ({ about, metalake, world }) =>
  about === 'list' && metalake === [...world.metalakes.keys()][1];

export const both =
  (...all: readonly Which[]): Which =>
  (ask, reply) =>
    all.every((which) => which(ask, reply));

/** Each n-th request of a server. */
export const everyNth =
  (n: number): Which =>
  ({ count }) =>
    count % n === 0;

/** The change, for some answers alone. */
export function when(which: Which, { answer, head, wire, ...rest }: Change): Change {
  return {
    ...rest,
    ...(answer && { answer: (reply, ask) => (which(ask, reply) ? answer(reply, ask) : reply) }),
    ...(head && { head: (text, ask, reply) => (which(ask, reply) ? head(text, ask, reply) : text) }),
    ...(wire && {
      wire: (message, ask, reply) => (which(ask, reply) ? wire(message, ask, reply) : plainWire(message)),
    }),
  };
}

/** The way of an ordinary server to write. */
export function plainWire({ head, body, closes }: Message): readonly Step[] {
  return [Buffer.concat([Buffer.from(head, 'latin1'), body]), ...(closes ? (['CLOSE'] as const) : [])];
}

/** Other data. */
export function data(world: (world: World, draw: Draw) => World): Change {
  return { world };
}

// Bodies

/** Another value of the body of lists. */
export function root(change: (body: JsonObject, ask: Ask) => Json): Change {
  return value(isList, change);
}

/** Another value of the body of the 404 for an absent metalake. */
export function error(change: (body: JsonObject, ask: Ask) => Json): Change {
  return value(isAbsent, change);
}

/** Another value of `jobs`. */
export function jobs(change: (jobs: readonly Job[], ask: Ask) => Json): Change {
  return root((body, ask) => ({ ...body, jobs: change(jobsOf(body), ask) }));
}

/** Something else for each job. */
export function eachJob(change: (job: Job, ask: Ask) => Json): Change {
  return jobs((all, ask) => all.map((job) => change(job, ask)));
}

/** Something else for the job that is last in the full list. */
export function lastJob(change: (job: Job) => Json): Change {
  return eachJob((job, { world, metalake }) => (isLast(job, world, metalake) ? change(job) : job));
}

function isLast({ jobId }: Job, { metalakes }: World, metalake: string): boolean {
  return metalakes.get(metalake)?.at(-1)?.jobId === jobId;
}

/** A field of each job has another value. */
export function field(name: string, change: Json | ((old: Json, job: Job, ask: Ask) => Json)): Change {
  return eachJob((job, ask) => ({
    ...job,
    [name]: typeof change === 'function' ? change(job[name] ?? null, job, ask) : change,
  }));
}

/** A field of each job's audit has another value. */
export function audit(name: string, change: Json | ((old: Json, job: Job, ask: Ask) => Json)): Change {
  return eachJob((job, ask) => ({
    ...job,
    audit: {
      ...job.audit,
      [name]: typeof change === 'function' ? change(job.audit[name] ?? null, job, ask) : change,
    },
  }));
}

export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

export function jobsOf(body: Json | undefined): readonly Job[] {
  const list = isObject(body) ? body['jobs'] : undefined;
  return isArray(list) ? (list as readonly Job[]) : [];
}

function value(which: Which, change: (body: JsonObject, ask: Ask) => Json): Change {
  return {
    answer: (reply, ask) =>
      which(ask, reply) && isObject(reply.body) ? { ...reply, body: change(reply.body, ask) } : reply,
  };
}

// Text and bytes

/** Another JSON text. */
export function text(change: (json: string, ask: Ask) => string | Buffer, which: Which = isList): Change {
  return when(which, {
    answer: (reply, ask) => ({ ...reply, bytes: Buffer.from(change(bytesOf(reply).toString(), ask)) }),
  });
}

/** Other bytes of the body. */
export function bytes(change: (body: Buffer, ask: Ask) => Buffer, which: Which = isList): Change {
  return when(which, { answer: (reply, ask) => ({ ...reply, bytes: change(bytesOf(reply), ask) }) });
}

// Status and headers

/** Another status with the same body. */
export function status(code: number, which: Which = isList): Change {
  return when(which, { answer: (reply) => ({ ...reply, status: code }) });
}

/** A header set, or removed. */
export function header(name: string, value: string | undefined, which: Which = always): Change {
  return when(which, { answer: (reply) => withHeader(reply, name, value) });
}

/** A header line added to those that there are. */
export function line(name: string, value: string, which: Which = always): Change {
  return when(which, { answer: (reply) => ({ ...reply, headers: [...reply.headers, [name, value]] }) });
}

/** Quite another answer. */
export function reply(other: Reply | ((ask: Ask, old: Reply) => Reply), which: Which = isList): Change {
  return when(which, { answer: (old, ask) => (typeof other === 'function' ? other(ask, old) : other) });
}

export function contentType(value: string | undefined, which: Which = isList): Change {
  return header('Content-Type', value, which);
}

// What is sent

/** Another way to write answers, in steps. */
export function wire(steps: (message: Message, ask: Ask) => readonly Step[], which: Which = isList): Change {
  return when(which, { wire: (message, ask) => steps(message, ask) });
}

export function head(change: (head: string, ask: Ask) => string, which: Which = isList): Change {
  return when(which, { head: change });
}

/** Answers come so many milliseconds later. */
export function delay(milliseconds: number, which: Which = isList): Change {
  return wire((message) => [{ wait: milliseconds }, ...plainWire(message)], which);
}

export function habits(change: Partial<Habits>): Change {
  return { habits: change };
}

/** A filter that keeps a job by a rule of its own. */
export function keeps(keep: (job: Job, wanted: string) => boolean): Change {
  return habits({ filter: (all, wanted) => all.filter((job) => keep(job, wanted)) });
}
