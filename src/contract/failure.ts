import type { Failure } from './exchange.ts';
import type { Tap } from './wire.ts';

/** An error of Node's HTTP client or of superagent. */
interface ClientError extends Error {
  readonly code?: string;
  /** Set by superagent where its deadline passed. */
  readonly timeout?: number;
  /** Set by Node's HTTP parser. */
  readonly reason?: string;
}

/** Says as data why no complete answer came. */
export function failureOf(error: ClientError, tap: Tap | undefined, timeoutSeconds: number): Failure {
  const raw = tap?.bytes() ?? Buffer.alloc(0);
  const came = raw.length === 0 ? 'nothing came' : `only ${raw.length} bytes came`;
  if (!tap || tap.state() === 'connecting') {
    const detail = error.timeout ? `no connection within ${timeoutSeconds} s` : refusal(error);
    return { kind: 'refused', detail };
  }
  if (error.timeout) {
    return { kind: 'timeout', detail: `no complete answer within ${timeoutSeconds} s; ${came}`, raw };
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    return { kind: 'malformed', detail: 'its headers are more than the 16 KiB that are read', raw };
  }
  if (error.code?.startsWith('HPE_')) {
    const reason = error.reason ?? error.message;
    return { kind: 'malformed', detail: `the bytes are no HTTP answer: ${reason}`, raw };
  }
  if (error.code === 'EPROTO') {
    return { kind: 'closed', detail: 'the server does not speak TLS there', raw };
  }
  if (tap.state() === 'reset' && error.code !== 'ECONNRESET') {
    return { kind: 'closed', detail: `the connection failed: ${error.message}`, raw };
  }
  return tap.state() === 'reset'
    ? { kind: 'reset', detail: `the connection was reset; ${came}`, raw }
    : { kind: 'closed', detail: `the connection was closed before the answer was complete; ${came}`, raw };
}

function refusal({ code, message }: ClientError): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'the host name is unknown';
  }
  return message.includes('ECONNREFUSED') ? 'nothing listens there' : message;
}
