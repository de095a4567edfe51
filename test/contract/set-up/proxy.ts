import type { VerifyOptions } from '../../../src/contract/verify.ts';
import { verify } from '../../../src/contract/verify.ts';
import { serve } from '../../servers/listen.ts';
import { described } from '../companions.ts';

export interface Ask {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly path: string;
  /** As JSON; undefined where there is none. */
  readonly body: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies are changed in ways that no type allows.
export type Body = any;

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Body;
}

/** Answers a request, or lets the server behind the proxy do it. */
export type Change = (ask: Ask, forward: () => Promise<Answer>) => Promise<Answer> | Answer;

/** A server in front of another one, which changes what goes through it; gives its URL. */
export function proxyTo(url: string, change: Change): Promise<string> {
  return serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    const { method = 'GET', url: target = '/' } = request;
    const [path = ''] = target.split('?');
    const forward = async () => {
      const headers = {
        accept: request.headers.accept ?? '*/*',
        'content-type': request.headers['content-type'] ?? '',
      };
      const answer = await fetch(`${url}${target}`, { method, headers, ...(text !== '' && { body: text }) });
      const sent = await answer.text();
      return {
        status: answer.status,
        type: answer.headers.get('content-type') ?? '',
        body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(sent) : sent,
      };
    };
    const { status, type, body } = await change(
      { method, target, path, body: text === '' ? undefined : JSON.parse(text) },
      forward,
    );
    const bytes = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': type }).end(method === 'HEAD' ? undefined : bytes);
  });
}

/** Judges a server with things of the run's own, and the most telling requests alone. */
export function verifyWithSetUp(url: string, options: Partial<VerifyOptions> = {}) {
  return verify({ description: described, url, setUp: true, smoke: true, ...options });
}
