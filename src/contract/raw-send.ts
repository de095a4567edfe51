import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Failure, HeaderLine } from './exchange.ts';
import { failureOf, isUnreachable, tenths } from './failure.ts';
import { lingerAfter, type Received, receivedOf } from './received.ts';
import { type Tap, tapOf, type Watch } from './wire.ts';

/** How long an answer to an odd request may be followed by more of it, in milliseconds. */
const TAIL = 10;

/** What decides whom a TLS connection trusts. */
export interface TlsTrust {
  /** Certificates in PEM, in place of those that Node knows. */
  readonly ca?: string | Buffer;
  /** False takes any certificate. */
  readonly rejectUnauthorized?: boolean;
}

export interface RawOptions {
  /** `http://host:port`, without a path. */
  readonly origin: string;
  readonly method: string;
  readonly bytes: Buffer;
  readonly timeoutSeconds: number;
  /** How long the answer may be followed by what belongs to nothing; by default 10. */
  readonly watchedMs?: number | undefined;
  readonly tls: TlsTrust;
  /** Ends the try where it is aborted. */
  readonly signal: AbortSignal;
}

/** The bytes of a request, from its request line, header lines and body. */
export function requestBytes(line: string | Buffer, headers: readonly HeaderLine[], body = ''): Buffer {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(line), Buffer.from(`\r\n${fields}\r\n`, 'latin1'), Buffer.from(body)]);
}

/** Sends bytes over a connection of their own, exactly as they are, and reads one answer. Never rejects. */
export async function sendRaw(options: RawOptions): Promise<Received> {
  const socket = openSocket(options);
  const tap = tapOf(socket);
  const watch = tap.watch(options.method);
  const cause = await exchangeBytes(socket, tap, watch, options);
  if (cause === undefined) {
    await lingerAfter(watch, options.method);
  }
  const watched = watch.finish();
  socket.destroy();
  return cause !== 'stopped' && isUnreachable(cause)
    ? { response: undefined, failure: cause }
    : receivedOf(watched, options.method, cause);
}

function openSocket({ origin, tls }: RawOptions): Socket {
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'http:') {
    return connectTcp({ host, port: Number(port || 80) });
  }
  const servername = isIP(host) ? {} : { servername: host };
  return connectTls({ host, port: Number(port || 443), ...servername, ...tls });
}

function exchangeBytes(
  socket: Socket,
  tap: Tap,
  watch: Watch,
  { bytes, timeoutSeconds, watchedMs = TAIL, signal }: RawOptions,
): Promise<Failure | 'stopped' | undefined> {
  return new Promise((resolve) => {
    const start = performance.now();
    const fail = (error: Error, seconds = timeoutSeconds) => done(failureOf(error, tap, seconds));
    const late = () => fail(Object.assign(new Error('too late'), { timeout: 1 }));
    const abort = () =>
      fail(Object.assign(new Error('the run is over'), { timeout: 1 }), tenths(performance.now() - start));
    const timer = setTimeout(late, timeoutSeconds * 1000);
    function done(outcome: Failure | 'stopped' | undefined): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(outcome);
    }
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) {
      abort();
    }
    socket.on('error', (error) => fail(error));
    socket.on('close', () => {
      const isWhole = watch.reader.isOver();
      isWhole ? done(undefined) : fail(new Error('closed'));
    });
    watch.onRead = () => {
      if (watch.reader.isOver()) {
        setTimeout(() => done(undefined), watchedMs);
      } else if (watch.reader.body()?.excess() !== undefined) {
        done('stopped');
      }
    };
    socket.write(bytes);
  });
}
