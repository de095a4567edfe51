import type { Failure } from './exchange.ts';
import type { Tap } from './wire.ts';

/** An error of a socket, of Node's HTTP client or of superagent. */
interface ClientError extends Error {
  readonly code?: string;
  /** Set by superagent where its deadline passed. */
  readonly timeout?: number;
  /** Set by Node's HTTP parser. */
  readonly reason?: string;
}

/** Node's codes for a certificate that does not hold; those of TLS alerts, `ERR_SSL_…`, are the server's complaints. */
const UNTRUSTED =
  /^(?!ERR_SSL_).*CERT|^UNABLE_TO_VERIFY_|^UNABLE_TO_GET_ISSUER_|^INVALID_(CA|PURPOSE)$|^CRL_/;

/** Whether nothing was sent, and nothing will be: there is no connection that may be used. */
export function isUnreachable(failure: Failure | undefined): boolean {
  return failure?.kind === 'refused' || failure?.kind === 'untrusted';
}

/** Says as data why a connection brought no complete answer. */
export function failureOf(error: ClientError, tap: Tap | undefined, timeoutSeconds: number): Failure {
  if (!tap || tap.state() === 'connecting') {
    const detail = error.timeout ? `no connection within ${timeoutSeconds} s` : refusal(error);
    return { kind: 'refused', detail };
  }
  if (UNTRUSTED.test(error.code ?? '')) {
    return { kind: 'untrusted', detail: `its certificate is not trusted: ${error.message}` };
  }
  if (error.timeout) {
    return { kind: 'timeout', detail: `no complete answer within ${timeoutSeconds} s` };
  }
  if (error.code?.startsWith('HPE_') && error.code !== 'HPE_HEADER_OVERFLOW') {
    const reason = error.reason ?? error.message;
    return { kind: 'malformed', detail: `the bytes are no HTTP answer: ${reason}` };
  }
  if (error.code === 'EPROTO') {
    return { kind: 'closed', detail: 'the server does not speak TLS there' };
  }
  if (tap.state() === 'reset' && error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
    return { kind: 'closed', detail: `the connection failed: ${error.message}` };
  }
  return tap.state() === 'reset'
    ? { kind: 'reset', detail: 'the connection was reset' }
    : { kind: 'closed', detail: 'the connection was closed before the answer was complete' };
}

function refusal({ code, message }: ClientError): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'the host name is unknown';
  }
  return message.includes('ECONNREFUSED') ? 'nothing listens there' : message;
}

/** Seconds to one decimal place, from milliseconds. */
export function tenths(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
