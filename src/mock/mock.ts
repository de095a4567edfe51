import type { Description } from '../description/model.ts';
import type { JsonObject } from '../json.ts';
import type { Mock } from '../mock-handle.ts';
import { loadWorld } from '../world/load.ts';
import type { World } from '../world/model.ts';
import { type Clock, createClock } from '../world/state/clock.ts';
import type { State } from '../world/state/model.ts';
import { createState, openState } from '../world/state/state.ts';
import { checkWorld } from './check-world.ts';
import { Control, isControl } from './control.ts';
import { corsFor } from './cors.ts';
import { DescribedReplies } from './described.ts';
import { jobSchema } from './handlers/job-form.ts';
import { LISTED, listJobs } from './handlers/jobs.ts';
import { HttpServer } from './http-server.ts';
import { Journal, type OnRequest } from './journal.ts';
import { SERVER_LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import { Operations } from './operations.ts';
import {
  createResponder,
  createRoute,
  type Further,
  type QuestionRoute,
  type Responder,
} from './responder.ts';
import { Scenarios } from './scenarios.ts';
import { habitsOf, type ServerHabits } from './server/habits.ts';
import { Service } from './service.ts';
import { type MakeTransportReply, transportReplies } from './transport-answers.ts';

/** How a mock is to be. */
export interface ServeOptions {
  readonly description: Description;
  /** Loads the same description with more operations, when a request needs one of these. */
  readonly companions?: () => Promise<Description>;
  /** The name of a shipped scenario, or the path of a fixture file. */
  readonly scenario: string;
  /** Makes lists of this many jobs, in this scenario. */
  readonly jobs?: number;
  /** Takes the place of the fixtures' seeds. */
  readonly seed?: number;
  /** The time that it is when the mock starts; the real one where absent. Made jobs end then. */
  readonly now?: Date;
  /** `manual` stops the clock: it is only moved by control requests and by `clock` of the mock. Default: `real`. */
  readonly clock?: 'real' | 'manual';
  /** How many seconds pass in one. Default: 1. */
  readonly speed?: number;
  /** The file that keeps what changes, or `memory`. Default: `memory`. */
  readonly state?: string;
  /** Whether requests may control the mock. Default: true. */
  readonly control?: boolean;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Origins whose pages may read the answers, beside those of this machine; `*` for all. */
  readonly cors: readonly string[];
  readonly log: Log;
  /** Told of each request before it is answered; the answer waits for what it promises. */
  readonly onRequest?: OnRequest | undefined;
  /** Whether a fixture takes effect when it is saved. */
  readonly watch: boolean;
  /** Whether answers are kept for the next request of the same kind. Default: true. */
  readonly keepAnswers?: boolean;
}

/** A mock that answers. */
export interface RunningMock extends Mock {
  readonly host: string;
  readonly port: number;
  /** The world that answers now, as it was at first. */
  readonly world: World;
}

/**
 * Loads and checks the world, and starts to answer.
 * @throws KitError PORT_IN_USE, HOST_UNAVAILABLE, SCENARIO_UNKNOWN, FIXTURE_INVALID, STATE_INVALID and the like
 */
export async function serveMock(options: ServeOptions): Promise<RunningMock> {
  const { description, host, log, keepAnswers = true } = options;
  const transport = transportReplies(description);
  const replies = new DescribedReplies(transport);
  const clock = clockOf(options);
  const scenarios = await createScenarios(options, replies, clock);
  const journal = new Journal(options.onRequest);
  const cors = corsFor(options.cors);
  const control =
    options.control === false ? undefined : new Control({ scenarios, clock, journal, cors, transport });
  const operations = new Operations(scenarios, replies, transport);
  const further = options.companions && furtherRoute(options.companions, scenarios, transport);
  const usual = await createResponder({ description, operations, transport, cors, control, further });
  const habits = habitsOf(description);
  const responder = habits ? await serverResponder(habits, { description, scenarios }, usual) : usual;
  const service = new Service({
    responder,
    answers: () => (keepAnswers ? scenarios.answers : undefined),
    log,
    journal,
    isControl: (target) => control !== undefined && isControl(target),
  });
  const server = new HttpServer(service, habits && SERVER_LIMITS);
  const port = await server.listen(options.port, host).catch((error: unknown) => {
    scenarios.close();
    throw error;
  });
  return handleOf({ host, port, scenarios, journal, clock, server });
}

/** Answers as a certain server does; what is behind this is loaded for a dialect alone. */
async function serverResponder(
  habits: ServerHabits,
  parts: { readonly description: Description; readonly scenarios: Scenarios },
  usual: Responder,
): Promise<Responder> {
  const { ServerResponder } = await import('./server/server-responder.ts');
  return new ServerResponder({ habits, ...parts }, usual);
}

/** Routes to more operations, which are loaded once. */
function furtherRoute(
  load: () => Promise<Description>,
  scenarios: Scenarios,
  transport: MakeTransportReply,
): Further {
  const create = async () => {
    const operations = new Operations(scenarios, new DescribedReplies(transport), transport);
    return createRoute({ description: await load(), operations, transport, further: undefined });
  };
  let route: Promise<QuestionRoute> | undefined;
  return () => {
    route ??= create();
    return route;
  };
}

interface Parts {
  readonly host: string;
  readonly port: number;
  readonly scenarios: Scenarios;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly server: HttpServer;
}

function handleOf({ host, port, scenarios, journal, clock, server }: Parts): RunningMock {
  let closing: Promise<void> | undefined;
  return {
    url: `http://${hostInUrl(host)}:${port}`,
    host,
    port,
    get world() {
      return scenarios.current.world;
    },
    get requests() {
      return journal.requests();
    },
    use: (name) => scenarios.use(name),
    reset: () => scenarios.reset(),
    clock: {
      now: async () => new Date(clock.now() / 1000),
      advance: async (milliseconds) => clock.advance(milliseconds),
      set: async (time) => clock.set(new Date(time)),
    },
    close: () => {
      scenarios.close();
      closing ??= server.close();
      return closing;
    },
  };
}

function clockOf({ clock, speed = 1, now }: ServeOptions): Clock {
  return createClock({ speed: clock === 'manual' ? 0 : speed, ...(now && { start: now }) });
}

async function createScenarios(
  options: ServeOptions,
  replies: DescribedReplies,
  clock: Clock,
): Promise<Scenarios> {
  const { scenario, watch, log, state: file = 'memory' } = options;
  const load = (name: string) => loadChecked(name, options, replies);
  const world = await load(scenario);
  const digits = habitsOf(options.description)?.fractionDigits;
  const kept = { clock, ...(digits !== undefined && { digits }) };
  const state: State =
    file === 'memory' ? createState(world, kept) : await openState(world, { ...kept, file });
  return new Scenarios(scenario, world, state, { ...kept, load, watch, log });
}

/** The options for volume belong to the scenario that the mock was started with. */
async function loadChecked(
  scenario: string,
  options: ServeOptions,
  replies: DescribedReplies,
): Promise<World> {
  const { description, jobs, seed, now } = options;
  const world = await loadWorld(scenario, {
    jobSchema: jobSchemaOf(description),
    ...(jobs !== undefined && scenario === options.scenario && { jobs }),
    ...(seed !== undefined && { seed }),
    ...(now !== undefined && { now }),
  });
  checkWorld(world, description, replies);
  return world;
}

function jobSchemaOf({ operations }: Description): JsonObject {
  const operation = operations.find(({ id }) => id === listJobs.operationId);
  return operation ? jobSchema(operation, LISTED) : {};
}

/** The host as a client on this machine can call it (RFC 3986 3.2.2). */
function hostInUrl(host: string): string {
  const callable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return callable.includes(':') ? `[${callable}]` : callable;
}
