import { afterAll } from '@jest/globals';
import { createMock } from '../../src/create-mock.ts';
import { DIALECTS } from '../../src/description/dialects.ts';
import { isObject, type JsonObject } from '../../src/json.ts';
import type { Mock } from '../../src/mock-handle.ts';

/** What a client has of an answer. */
export interface Received {
  readonly status: number;
  /** The media type, without parameters. */
  readonly type: string | undefined;
  /** Clients parse what they get, whatever its type; nothing is an object without members. */
  readonly content: JsonObject;
}

/** Sends a request as a client does; a body that is given becomes JSON. */
export type Send = (method: string, target: string, body?: JsonObject) => Promise<Received>;

/** A mock without a dialect. */
export const DOCUMENTED = 'the documentation';

/** Whom clients talk to: a server that is true to the documentation, and one of each release, the oldest first. */
export const SERVERS = [DOCUMENTED, ...DIALECTS] as const;
export type Server = (typeof SERVERS)[number];

/** Only the coming release tells when jobs were queued, and how many there are of each status. */
export const COMING: Server = 'gravitino-next';

const running = new Map<Server, Promise<Mock>>();

afterAll(async () => {
  await Promise.all([...running.values()].map(async (mock) => (await mock).close()));
});

/** A mock of a server that was just installed, whose clock stands still. It is the same for all tests of a file. */
export async function freshServer(server: Server): Promise<Mock> {
  const started = running.get(server) ?? start(server);
  running.set(server, started);
  const mock = await started;
  await mock.reset();
  return mock;
}

async function start(server: Server): Promise<Mock> {
  const dialect = server === DOCUMENTED ? {} : { dialect: server };
  return await createMock({ scenario: 'fresh', clock: 'manual', ...dialect });
}

/** A client that sends these headers with each request, and those of `forBodies` with each body. */
export function clientOf(
  { url }: Mock,
  headers: Record<string, string>,
  forBodies: Record<string, string> = {},
): Send {
  return async (method, target, body) => {
    const response = await fetch(url + target, {
      method,
      headers: { ...headers, ...(body && forBodies) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const type = response.headers.get('content-type')?.split(';')[0];
    return { status: response.status, type, content: JSON.parse((await response.text()) || '{}') };
  };
}

/** The id of the job in an answer. */
export function jobIdOf({ content: { job } }: Received): string {
  const id = isObject(job) ? job['jobId'] : undefined;
  if (typeof id !== 'string') {
    throw new Error(`there is no job in ${JSON.stringify(job)}`);
  }
  return id;
}
