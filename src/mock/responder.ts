import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Description } from '../description/model.ts';
import { type Control, isControl } from './control.ts';
import { type Cors, isPreflight } from './cors.ts';
import type { BodyBytes } from './delivery.ts';
import { toAnswer } from './headers.ts';
import { LIMITS } from './limits.ts';
import type { Operations } from './operations.ts';
import { type Answer, type Reply, replyOf } from './reply.ts';
import { createRouting, type Route } from './routing.ts';
import { firstQueryValue, isSoundTarget, splitTarget } from './target.ts';
import type { MakeTransportReply } from './transport-answers.ts';
import type { ReadError } from './unreadable.ts';

/** All of a request that an answer depends on. */
export interface Question {
  /** `1.0` or `1.1` */
  readonly httpVersion: string;
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Reads the body; not asked for where nobody needs it. */
  readonly body: () => Promise<BodyBytes>;
  /** What is wrong with its head, byte by byte; absent where nothing is, or nobody looked. */
  readonly problem?: HeadProblem;
}

/** The status that refuses a head, and the name of that status where it is another one. */
export interface HeadProblem {
  readonly bad: number;
  readonly reason?: string;
}

/** What an answer is put together from. */
export interface RespondParts {
  readonly description: Description;
  readonly operations: Operations;
  readonly transport: MakeTransportReply;
  readonly cors: Cors;
  /** Answers the requests to the mock itself; undefined where it takes none. */
  readonly control: Control | undefined;
  /** Where questions go that the description has no operation for; undefined where these are refused. */
  readonly further: Further | undefined;
}

/** Makes a further route, when it is needed for the first time. */
export type Further = () => Promise<QuestionRoute>;

export type QuestionRoute = Route<RoutedQuestion, Reply>;

/** A question whose target is sound. */
interface RoutedQuestion extends Question {
  readonly path: string;
  readonly query: string;
}

/** Answers everything that can be said of a request. */
export interface Responder {
  /** Never throws: a fault of the mock is an answer too. */
  answer(question: Question): Promise<Answer>;
  /** The answer to what is no request that could be read. */
  refuse(...refusal: Parameters<MakeTransportReply>): Answer;
  /** Reads requests as they came over the wire; undefined where what the HTTP library says of them is enough. */
  readonly wire?: Wire | undefined;
}

/** What a responder makes of bytes. */
export interface Wire {
  follow(socket: Socket): void;
  /** Told of each request that the HTTP library has read, in order. */
  take(request: IncomingMessage): void;
  /** What is wrong with its head. */
  problemOf(request: IncomingMessage): HeadProblem | undefined;
  /** Its fields, with all lines of those that the HTTP library keeps the first line of. */
  headersOf(request: IncomingMessage): IncomingHttpHeaders;
  /** Whether some of the body of a request came with its head; asked before it is taken. */
  hasBody(request: IncomingMessage): boolean;
  /** Answers what the HTTP library could not read. */
  unread(socket: Socket, error: ReadError): Promise<Answer>;
  /** Answers CONNECT. */
  tunnel(request: IncomingMessage): Answer;
}

/** Puts the parts together. */
export async function createResponder(parts: RespondParts): Promise<Responder> {
  const { transport, control } = parts;
  const routeOperation = await createRoute(parts);
  const route: QuestionRoute = (question) =>
    control && isControl(question.target) ? control.answer(question) : routeOperation(question);
  const reply = async (question: Question): Promise<Reply> =>
    objection(question, transport) ?? withoutRouting(question, parts) ?? (await route(withParts(question)));
  const fault = (error: unknown): Reply =>
    transport('mock-failed', { reason: error instanceof Error ? error.message : String(error) });
  return {
    async answer(question) {
      try {
        return toAnswer(await reply(question), question.headers, parts);
      } catch (error) {
        return toAnswer(fault(error), question.headers, parts);
      }
    },
    refuse: (...refusal) => toAnswer(transport(...refusal), {}, parts),
  };
}

/** Written out, since two spreads would cost more time and memory than the rest of this file. */
function withParts({ httpVersion, method, target, headers, body }: Question): RoutedQuestion {
  const { path, query } = splitTarget(target);
  return { httpVersion, method, target, headers, body, path, query };
}

/** Routes to the operations of a description. */
export function createRoute({
  description,
  operations,
  transport,
  further,
}: Omit<RespondParts, 'cors' | 'control'>): Promise<QuestionRoute> {
  const known = describe(description);
  const elsewhere = async (question: RoutedQuestion, route: Further) => (await route())(question);
  return createRouting<RoutedQuestion, Reply>(description, {
    operation: (operation, pathParameters, { query, headers, body }) => {
      const path = (name: string) => pathParameters[name] ?? '';
      const parameters = { path, query: (name: string) => firstQueryValue(query, name) };
      return operations.answer({ operation, parameters, headers, body });
    },
    otherMethod: (methods, question) =>
      further ? elsewhere(question, further) : otherMethod(methods, question, transport),
    otherPath: (question) =>
      further
        ? elsewhere(question, further)
        : transport('unknown-path', { path: question.path, operations: known }),
  });
}

/** The reply to a question that does not depend on where it goes. */
function withoutRouting({ method, target, headers }: Question, { cors }: RespondParts): Reply | undefined {
  if (isPreflight(method, headers)) {
    return replyOf({ status: 204, headers: cors.preflightHeaders(headers), why: 'preflight' });
  }
  // RFC 9110 9.3.7: the server as a whole is meant.
  return method === 'OPTIONS' && target === '*' ? replyOf({ status: 204, why: 'options' }) : undefined;
}

/** What is wrong with a request, whatever it asks for. */
function objection(
  { httpVersion, target, headers }: Question,
  transport: MakeTransportReply,
): Reply | undefined {
  const { host, expect = '100-continue', 'content-length': size = '0' } = headers;
  if (host === undefined && httpVersion === '1.1') {
    return transport('host-missing');
  }
  if (target.length > LIMITS.targetLength) {
    return transport('target-too-long');
  }
  if (Number(size) > LIMITS.bodyBytes) {
    return transport('body-too-large', {}, ['Connection', 'close']);
  }
  if (expect.toLowerCase() !== '100-continue') {
    return transport('expectation-failed', { expect });
  }
  return isSoundTarget(target) ? undefined : transport('malformed-target', { target });
}

/** OPTIONS is answered for every described path; any other method is refused (RFC 9110 9.3.7 and 15.5.6). */
function otherMethod(
  described: readonly string[],
  { method, path }: RoutedQuestion,
  transport: MakeTransportReply,
): Reply {
  const allow = [...described, 'OPTIONS'].join(', ');
  const headers = ['Allow', allow];
  return method === 'OPTIONS'
    ? replyOf({ status: 204, headers, why: 'options' })
    : transport('method-not-allowed', { path, method, allow }, headers);
}

function describe({ operations }: Description): string {
  return operations.map(({ method, path, basePaths: [base = ''] }) => `${method} ${base}${path}`).join(', ');
}
