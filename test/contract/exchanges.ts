import { type Call, callOf } from '../../src/contract/call.ts';
import { Contents } from '../../src/contract/content.ts';
import type { Exchange, HeaderLine } from '../../src/contract/exchange.ts';
import { createRouter } from '../../src/contract/routes.ts';
import { VENDOR } from '../servers/jobs-api.ts';
import { description } from './described.ts';

/** What is special about an exchange; the rest is a conforming read of a metalake's jobs. */
export interface Special {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: readonly HeaderLine[];
  readonly requestBody?: string;
  readonly irregular?: boolean;
  readonly status?: number;
  readonly type?: string;
  /** Sent as JSON unless it is a text or bytes. */
  readonly body?: unknown;
  readonly durationMs?: number;
  readonly failure?: Exchange['failure'];
}

/** A recorded exchange. */
export function exchangeOf(special: Special = {}): Exchange {
  const { method = 'GET', target = '/api/metalakes/sales/jobs/runs', headers, irregular = false } = special;
  const { status = 200, type = VENDOR, body = { code: 0, jobs: [] }, failure } = special;
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    id: 'an exchange',
    request: {
      method,
      target,
      origin: 'http://localhost:8090',
      headers: headers ?? [['Accept', VENDOR]],
      body: special.requestBody,
      irregular,
    },
    response: failure
      ? undefined
      : {
          httpVersion: '1.1',
          status,
          reason: '',
          headers: [['Content-Type', type]],
          body: bytes,
          raw: undefined,
        },
    failure,
    durationMs: special.durationMs,
  };
}

/** The same as a call of the description's operation. */
export function callFrom(special: Special = {}, contents = new Contents()): Call {
  const exchange = exchangeOf(special);
  const route = createRouter(description, ['/api'])(exchange.request.method, exchange.request.target);
  if (!route) {
    throw new Error(`${exchange.request.target} calls no operation`);
  }
  return callOf(exchange, route, 0, contents);
}
