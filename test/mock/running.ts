import { connect } from 'node:net';
import { afterEach } from '@jest/globals';
import { companionsOf, ENDPOINT } from '../../src/description/companions.ts';
import { loadDescription } from '../../src/description/load.ts';
import { formatEntry } from '../../src/mock/log.ts';
import { type RunningMock, type ServeOptions, serveMock } from '../../src/mock/mock.ts';

export const description = await loadDescription(ENDPOINT);

/** The same with its companions, as `jobs-kit mock` serves it. */
export const companions = await loadDescription(ENDPOINT, { overlays: companionsOf(ENDPOINT) });

export const DOCUMENTED = 'application/vnd.gravitino.v1+json';
export const RUNS = '/api/metalakes/demo/jobs/runs';

const running: RunningMock[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((mock) => mock.close()));
});

/** A mock that ends with the test, and the lines that it has logged. */
export async function startMock(
  options: Partial<ServeOptions> = {},
): Promise<{ mock: RunningMock; lines: string[]; get: Get }> {
  const lines: string[] = [];
  const mock = await serveMock({
    description,
    scenario: 'default',
    host: '127.0.0.1',
    port: 0,
    cors: [],
    watch: false,
    log: (entry) => lines.push(formatEntry(entry)),
    ...options,
  });
  running.push(mock);
  return { mock, lines, get: (target, init) => fetch(mock.url + target, init) };
}

export type Get = (target: string, init?: RequestInit) => Promise<Response>;

/** A mock of all operations, with a clock that only tests move, and how to call it. */
export async function startServer(options: Partial<ServeOptions> = {}) {
  const { mock, lines } = await startMock({ description: companions, clock: 'manual', ...options });
  return { mock, lines, call: (...request: CallOf) => call(mock, ...request) };
}

type CallOf = readonly [method: string, path: string, body?: unknown, headers?: Record<string, string>];

/** Sends a request below `/api` with a body in JSON, if there is one; gives what came back. */
async function call({ url }: RunningMock, ...[method, path, body, headers = {}]: CallOf) {
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const content = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, mark: response.headers.get('x-jobs-kit'), content };
}

/** What a mock says to these bytes until it ends the connection, or has said `until`. */
export function say(mock: RunningMock, bytes: string | Buffer, until?: RegExp): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(mock.port, mock.host);
    let said = '';
    const finish = () => {
      socket.destroy();
      resolve(said);
    };
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
      if (until?.test(said)) {
        finish();
      }
    });
    socket.on('error', finish);
    socket.on('close', finish);
    socket.write(bytes);
  });
}

/** The bytes of a request without a body, after which the server ends the connection. */
export function requestBytes(requestLine: string, headers: readonly string[] = []): string {
  return [`${requestLine} HTTP/1.1`, 'Host: mock', 'Connection: close', ...headers, '', ''].join('\r\n');
}

/** The body of what `say` gives. */
export function bodyOf(said: string): unknown {
  return JSON.parse(Buffer.from(said.slice(said.indexOf('\r\n\r\n') + 4), 'latin1').toString());
}
