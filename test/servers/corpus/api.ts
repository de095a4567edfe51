import type { Draw } from './draw.ts';
import { bareReply, errorReply, jsonReply, type Reply, withHeader } from './reply.ts';
import { type HeaderLine, headerOf, type Received } from './request.ts';
import type { Job, World } from './world.ts';

/** A request, what it asks for, and what its server knows. */
export interface Ask extends Received {
  /** The how manyth request of the server this is, from 1. */
  readonly count: number;
  /** The how manyth of its connection, from 1. */
  readonly turn: number;
  readonly world: World;
  readonly draw: Draw;
  /** What the server remembers from one request to the next. */
  readonly memory: Map<string, unknown>;
  /** A list of jobs, a metalake that is absent, or anything else. */
  readonly about: 'list' | 'absent' | 'other';
  /** The name in the path, decoded; empty where the path is another one. */
  readonly metalake: string;
  /** The value of the filter; undefined where there is none. */
  readonly template: string | undefined;
}

/** How a server understands requests. */
export interface Habits {
  /** Changes a request before it is looked at. */
  readonly before: (request: Received, world: World) => Received;
  /** The name of the metalake as it stands in a path without query; undefined for another path. */
  readonly route: (path: string, base: string) => string | undefined;
  /** Decodes a name; undefined where that is impossible. */
  readonly decodePath: (raw: string) => string | undefined;
  readonly decodeQuery: (raw: string) => string | undefined;
  /** Of the values that the parameter has, undecoded ones left out. */
  readonly choose: (values: readonly string[]) => string | undefined;
  readonly isFilter: (name: string) => boolean;
  readonly find: (name: string, world: World) => readonly Job[] | undefined;
  readonly filter: (jobs: readonly Job[], wanted: string, world: World) => readonly Job[];
}

export const ALLOW = 'GET, HEAD, OPTIONS';

/** Those of the description, where it leaves a choice those of an ordinary server. */
export const HABITS: Habits = {
  before: (request) => request,
  route: routeExactly,
  decodePath: decodeOnce,
  decodeQuery: (raw) => decodeOnce(raw.replaceAll('+', ' ')),
  choose: ([first]) => first,
  isFilter: (name) => name === 'jobTemplateName',
  find: (name, { metalakes }) => metalakes.get(name),
  filter: (jobs, wanted) => jobs.filter(({ jobTemplateName }) => jobTemplateName === wanted),
};

/** The answer of the described API, and what it is about. */
export interface Answered extends Pick<Ask, 'about' | 'metalake' | 'template'> {
  readonly reply: Reply;
}

export function answer(received: Received, world: World, habits: Habits): Answered {
  const other = { about: 'other', metalake: '', template: undefined } as const;
  if (received.refusal !== undefined) {
    const refused = errorReply(received.refusal, 'BadRequestException', 'The request cannot be understood');
    return { ...other, reply: withHeader(refused, 'Connection', 'close') };
  }
  const request = habits.before(received, world);
  const [path = '', ...queries] = request.target.replace(/^https?:\/\/[^/?]*(?=[/?])/i, '').split('?');
  const raw = habits.route(path, world.base);
  const reply = raw === undefined ? notFound(request) : (refuse(request) ?? undefined);
  if (raw === undefined || reply) {
    return { ...other, reply: reply ?? notFound(request) };
  }
  const metalake = habits.decodePath(raw);
  const filter = filterOf(queries.join('?'), habits);
  if (metalake === undefined || filter === 'malformed') {
    return { ...other, reply: errorReply(400, 'BadRequestException', 'Malformed percent-encoding') };
  }
  return { metalake, template: filter.value, ...list(metalake, filter.value, world, habits) };
}

function list(
  metalake: string,
  template: string | undefined,
  world: World,
  habits: Habits,
): Pick<Answered, 'about' | 'reply'> {
  const jobs = habits.find(metalake, world);
  if (!jobs) {
    const message = `Failed to operate metalake(s) [${metalake}] operation [LOAD], reason [NoSuchMetalakeException]`;
    return { about: 'absent', reply: errorReply(404, 'NoSuchMetalakeException', message) };
  }
  return {
    about: 'list',
    reply: jsonReply(200, { code: 0, jobs: template ? habits.filter(jobs, template, world) : jobs }),
  };
}

/** What a request gets that the operation itself does not answer. */
function refuse({ method, headers }: Received): Reply | undefined {
  if (method === 'OPTIONS') {
    return bareReply(204, [['Allow', ALLOW]]);
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return methodNotAllowed(method);
  }
  const expect = headerOf(headers, 'expect');
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
    return errorReply(417, 'BadRequestException', `Cannot meet the expectation ${expect}`);
  }
  return accepts(headers)
    ? undefined
    : errorReply(406, 'NotAcceptableException', 'Nothing acceptable to offer');
}

function methodNotAllowed(method: string): Reply {
  return withHeader(errorReply(405, 'MethodNotAllowedException', `${method} is not allowed`), 'Allow', ALLOW);
}

function notFound({ method, target }: Received): Reply {
  return method === 'OPTIONS' && target === '*'
    ? bareReply(204, [['Allow', ALLOW]])
    : errorReply(404, 'NotFoundException', 'There is nothing at this path');
}

/** The name in `{base}/metalakes/{name}/jobs/runs`; literal segments may be percent-encoded. */
export function routeExactly(path: string, base: string): string | undefined {
  const segments = path.split('/');
  const [jobs, runs] = segments.slice(-2).map(decodeOnce);
  const name = segments.at(-3);
  const front = segments.slice(0, -3).map(decodeOnce).join('/');
  const isOurs = segments.length > 3 && jobs === 'jobs' && runs === 'runs' && front === `${base}/metalakes`;
  return isOurs && name !== '' ? name : undefined;
}

/** Percent-decodes bytes to UTF-8; undefined where an escape is malformed or the bytes are no UTF-8. */
export function decodeOnce(raw: string): string | undefined {
  try {
    // Bytes outside ASCII come one character each, as clients send them that do not encode.
    return decodeURIComponent(raw.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch {
    return undefined;
  }
}

function filterOf(query: string, habits: Habits): { value: string | undefined } | 'malformed' {
  const pairs = query.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [habits.decodeQuery(name), habits.decodeQuery(value.join('='))] as const;
  });
  const values = pairs
    .filter(([name]) => name !== undefined && habits.isFilter(name))
    .map(([, value]) => value);
  return values.includes(undefined)
    ? 'malformed'
    : { value: habits.choose(values.filter((value) => value !== undefined)) };
}

/** Whether an Accept admits the documented type or plain JSON; one that is malformed says nothing. */
export function accepts(headers: readonly HeaderLine[]): boolean {
  const field = headers
    .filter(([name]) => name.toLowerCase() === 'accept')
    .map(([, value]) => value)
    .join(',');
  const parts = field.split(',').map((part) => part.trim());
  const ranges = parts.filter((part) => part !== '').map(rangeOf);
  if (ranges.length === 0 || ranges.includes(undefined)) {
    return true;
  }
  const admits = (type: string): boolean => {
    const fitting = [type, 'application/*', '*/*'].map((name) =>
      ranges.find((range) => range?.name === name),
    );
    return (fitting.find((range) => range !== undefined)?.quality ?? 0) > 0;
  };
  return admits('application/vnd.gravitino.v1+json') || admits('application/json');
}

function rangeOf(part: string): { name: string; quality: number } | undefined {
  const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  const isFine = /^[\w.+*!#$&^-]+\/[\w.+*!#$&^-]+$/.test(name) && /^[01](\.\d{0,3})?$/.test(quality);
  return isFine ? { name, quality: Number(quality) } : undefined;
}
