import type { Description } from '../description/model.ts';
import type { JsonObject } from '../json.ts';
import type { ReceivedRequest } from '../mock-handle.ts';
import { loadWorld } from '../world/load.ts';
import type { World } from '../world/model.ts';
import { checkWorld } from './check-world.ts';
import { corsFor } from './cors.ts';
import { DescribedReplies } from './described.ts';
import { jobSchema, listJobs } from './handlers/list-jobs.ts';
import { HttpServer } from './http-server.ts';
import { Journal, type OnRequest } from './journal.ts';
import type { Log } from './log.ts';
import { Operations } from './operations.ts';
import { createResponder } from './responder.ts';
import { Scenarios } from './scenarios.ts';
import { Service } from './service.ts';
import { transportReplies } from './transport-answers.ts';

/** How a mock is to be. */
export interface ServeOptions {
  readonly description: Description;
  /** The name of a shipped scenario, or the path of a fixture file. */
  readonly scenario: string;
  /** Makes lists of this many jobs, in this scenario. */
  readonly jobs?: number;
  /** Takes the place of the fixtures' seeds. */
  readonly seed?: number;
  /** The time at which made jobs end. */
  readonly now?: Date;
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
export interface RunningMock {
  /** Such as `http://127.0.0.1:8090`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** The world that answers now. */
  readonly world: World;
  /** The last 1,000 requests, the oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /**
   * Answers from another scenario from now on.
   * @throws KitError SCENARIO_UNKNOWN, FIXTURE_INVALID and the like; then nothing changes.
   */
  use(scenario: string): Promise<void>;
  /** Finishes the running answers, for 5 seconds at most, and stops listening. */
  close(): Promise<void>;
}

/**
 * Loads and checks the world, and starts to answer.
 * @throws KitError PORT_IN_USE, HOST_UNAVAILABLE, SCENARIO_UNKNOWN, FIXTURE_INVALID and the like
 */
export async function serveMock(options: ServeOptions): Promise<RunningMock> {
  const { description, scenario, host, log, watch, keepAnswers = true } = options;
  const transport = transportReplies(description);
  const replies = new DescribedReplies(transport);
  const load = (name: string) => loadChecked(name, options, replies);
  const scenarios = new Scenarios(scenario, await load(scenario), { load, watch, log });
  const operations = new Operations(scenarios, replies, transport);
  const responder = await createResponder({
    description,
    operations,
    transport,
    cors: corsFor(options.cors),
  });
  const journal = new Journal(options.onRequest);
  const answers = () => (keepAnswers ? scenarios.current.answers : undefined);
  const server = new HttpServer(new Service({ responder, answers, log, journal }));
  let closing: Promise<void> | undefined;
  const close = () => {
    scenarios.close();
    return server.close();
  };
  const port = await server.listen(options.port, host).catch((error: unknown) => {
    scenarios.close();
    throw error;
  });
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
    close: () => {
      closing ??= close();
      return closing;
    },
  };
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
  return operation ? jobSchema(operation) : {};
}

/** The host as a client on this machine can call it (RFC 3986 3.2.2). */
function hostInUrl(host: string): string {
  const callable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return callable.includes(':') ? `[${callable}]` : callable;
}
