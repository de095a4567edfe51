import { connect } from 'node:net';
import { afterEach } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { formatEntry } from '../../src/mock/log.ts';
import { type RunningMock, type ServeOptions, serveMock } from '../../src/mock/mock.ts';
import { packageFile } from '../../src/package-files.ts';

export const description = await loadDescription(packageFile('spec/openapi.yaml'));

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
