import { execFile, spawnSync } from 'node:child_process';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, test } from '@jest/globals';

/** How long nothing comes behind the end of a request, in milliseconds. */
const QUIET = 15;

/** `nc` by the means of bash alone. */
const NC = 'nc() { exec 3<>"/dev/tcp/$1/$2"; cat >&3; cat <&3; };';

/** Programs start slowly on a busy machine; in milliseconds. */
const TIMEOUT = 30_000;

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) {
    close();
  }
});

/** A test that needs programs; it is skipped, with the reason, where one of them is not installed. */
export function testWith(programs: readonly string[], name: string, body: () => Promise<void>): void {
  const missing = programs.find((program) => spawnSync(program, ['--help']).error);
  if (missing === undefined) {
    test(name, body, TIMEOUT);
  } else {
    test.skip(`${name} (there is no ${missing} here)`, body);
  }
}

/** A server that keeps every byte that it gets, and answers what came when nothing more comes. */
export interface Recorder {
  /** `http://host:port` */
  readonly origin: string;
  /** What came since the last time. */
  taken(): string;
}

export async function recordBytes(certificate?: {
  readonly key: string;
  readonly cert: string;
}): Promise<Recorder> {
  let received = '';
  const listener = (socket: Socket) => {
    let timer: NodeJS.Timeout | undefined;
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      clearTimeout(timer);
      const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
      timer = setTimeout(() => socket.end(answer), QUIET);
    });
  };
  const server = certificate ? createTlsServer(certificate, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    taken() {
      const taken = received;
      received = '';
      return taken;
    },
  };
}

/** Runs a command line in bash. */
export async function runLine(line: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
  const env = { PATH: process.env['PATH'], ...variables };
  await promisify(execFile)('bash', ['-c', `${NC} ${line}`], { env, timeout: 5000 });
}
