import { callOf } from '../../src/contract/call.ts';
import { Contents } from '../../src/contract/content.ts';
import type { Draft } from '../../src/contract/draft.ts';
import type { Exchange } from '../../src/contract/exchange.ts';
import { createRouter } from '../../src/contract/routes.ts';
import { RULES } from '../../src/contract/rules/index.ts';
import { createSender } from '../../src/contract/send.ts';
import { VENDOR } from '../servers/jobs-api.ts';
import { serveRaw } from '../servers/listen.ts';
import { description } from './described.ts';

export const BODY = '{"code":0,"jobs":[]}';

/** How a server writes an answer that differs from a conforming one. */
export interface Spoilt {
  /** The whole answer; else it is made of what follows. */
  readonly bytes?: string | Buffer;
  readonly status?: string;
  /** Lines with their CRLF, behind the Content-Type. */
  readonly lines?: string;
  readonly type?: string;
  readonly body?: string | Buffer;
  /** Closes the connection behind it. */
  readonly closes?: boolean;
  readonly request?: Partial<Draft>;
}

/** The bytes of an answer, conforming but for what is given. */
export function answerBytes({ bytes, status = '200 OK', lines = '', type, body = BODY }: Spoilt): Buffer {
  const content = Buffer.from(body);
  const head = `HTTP/1.1 ${status}\r\nContent-Type: ${type ?? VENDOR}\r\n${lines}Content-Length: ${content.length}\r\n\r\n`;
  return bytes === undefined ? Buffer.concat([Buffer.from(head, 'latin1'), content]) : Buffer.from(bytes);
}

/** Has one such answer sent for one request. */
export async function exchangeWith(spoilt: Spoilt): Promise<Exchange> {
  const origin = await serveRaw((socket) => {
    socket.write(answerBytes(spoilt));
    if (spoilt.closes) {
      socket.end();
    }
  });
  const sender = createSender({ origin, headers: [], timeoutSeconds: 0.5 });
  const target = '/api/metalakes/demo/jobs/runs';
  const headers = [['Accept', VENDOR]] as const;
  const exchange = await sender.send({ id: 'a probe', method: 'GET', target, headers, ...spoilt.request });
  sender.close();
  return exchange;
}

/** The rules that convict one such answer: `id: what was seen`. */
export async function convictedBy(spoilt: Spoilt): Promise<readonly string[]> {
  const exchange = await exchangeWith(spoilt);
  const route = createRouter(description, ['/api'])('GET', exchange.request.target);
  if (!route) {
    throw new Error('the request calls no operation');
  }
  const calls = [callOf(exchange, route, 0, new Contents())];
  const evidence = { kind: 'live', description, calls, existing: [], invented: [] } as const;
  return RULES.flatMap((rule) =>
    rule.judge(evidence).violations.map(({ actual }) => `${rule.id}: ${actual}`),
  );
}
