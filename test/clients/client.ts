import { afterEach } from '@jest/globals';
import { createMock } from '../../src/create-mock.ts';
import { isObject, type JsonObject } from '../../src/json.ts';
import type { Mock, MockOptions } from '../../src/mock-handle.ts';

/** What a client has of an answer. */
export interface Received {
  readonly status: number;
  /** The media type, without parameters. */
  readonly type: string | undefined;
  /** Clients parse what they get, whatever its type. */
  readonly content: JsonObject;
}

/** Sends a request as a client does; a body that is given becomes JSON. */
export type Send = (method: string, target: string, body?: JsonObject) => Promise<Received>;

const running: Mock[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((mock) => mock.close()));
});

/** A mock of a server that was just installed, whose clock stands still unless told otherwise; it ends with the test. */
export async function freshServer(options: MockOptions = { clock: 'manual' }): Promise<Mock> {
  const mock = await createMock({ scenario: 'fresh', ...options });
  running.push(mock);
  return mock;
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
    return { status: response.status, type, content: JSON.parse(await response.text()) };
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
