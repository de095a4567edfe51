import { findResponse } from '../../description/lookup.ts';
import type { Operation } from '../../description/model.ts';
import type { JsonObject } from '../../json.ts';
import type { Call } from '../../world/state/model.ts';
import { HANDLERS } from '../handlers/all.ts';
import type { Parameters, Refused } from '../handlers/handler.ts';
import { principalOf } from '../principal.ts';
import { factsOf, refusalsOf } from '../refused.ts';
import { unmet } from './demands.ts';
import type { OperationHabits } from './habits.ts';
import { parametersOf, understood } from './parameters.ts';
import { isRead, readBodyAs } from './request-body.ts';
import { type Said, type ServerParts, type ServerRequest, sayJson, sayPage, sayUncaught } from './said.ts';
import { sayDocumented } from './servlets.ts';
import { factsInBody, tell } from './telling.ts';

/** A request to an operation, as the server does that. */
export interface OperationRequest {
  readonly request: ServerRequest;
  readonly operation: Operation;
  readonly habits: OperationHabits;
  /** What the path names. */
  readonly names: Readonly<Record<string, string>>;
}

/** What was sent for an operation. */
interface Sent {
  readonly parameters: Parameters;
  readonly body: JsonObject;
}

/** Reads the body, looks at what was sent, and lets the state do it. */
export async function doOperation(asked: OperationRequest, parts: ServerParts): Promise<Said> {
  const { request, habits, names } = asked;
  const parameters = parametersOf(names, request.query);
  const read = habits.reads === undefined ? { body: {} } : await readBody(asked, habits.reads, parts);
  if ('status' in read) {
    return read;
  }
  if ('exception' in read) {
    const refused = { refusal: 'malformed-body', facts: { reason: read.exception } };
    return sayRefused(asked, refused, { parameters, body: {} }, parts);
  }
  const sent = { parameters, body: read.body ?? {} };
  const [wrong] = unmet(habits, parts.habits.types, parameters, read.body, refusalsOf(asked.operation));
  return wrong
    ? sayRefused(asked, earliest(asked, wrong, sent, parts), sent, parts)
    : await handle(asked, sent, parts);
}

async function readBody(
  { request }: OperationRequest,
  type: string,
  { habits }: ServerParts,
): Promise<ReturnType<typeof readBodyAs> | Said> {
  const bytes = await request.body();
  if (typeof bytes === 'string') {
    return sayPage(request, { status: bytes === 'cut' ? 400 : 413 }, habits);
  }
  const sent = request.headers['content-type'];
  if (!isRead(sent) && (bytes.length > 0 || sent !== undefined)) {
    return sayPage(request, { status: 415 }, habits);
  }
  return bytes.length === 0 ? { body: undefined } : readBodyAs(type, habits.types, bytes);
}

/** What refuses a request first: what is wrong with it, or something that the server sees before that. */
function earliest(asked: OperationRequest, wrong: Refused, sent: Sent, { scenarios }: ServerParts): Refused {
  const order = refusalsOf(asked.operation);
  const before = order.slice(0, Math.max(0, order.indexOf(wrong.refusal)));
  const { state } = scenarios.current;
  const call = { ...callOf(asked), refuses: before };
  const metalake = sent.parameters.path('metalake') || sent.parameters.path('name');
  const { template = sent.parameters.path('jobTemplate') } = factsInBody(asked.habits, sent.body);
  const looks = [
    before.includes('absent-metalake') ? state.listTemplates(metalake, call) : undefined,
    before.includes('absent-template') ? state.getTemplate(metalake, template, call) : undefined,
  ];
  return looks.flatMap((look) => (look?.refusal === undefined ? [] : [look]))[0] ?? wrong;
}

async function handle(asked: OperationRequest, sent: Sent, parts: ServerParts): Promise<Said> {
  const { request, operation } = asked;
  const handler = HANDLERS.find(({ operationId }) => operationId === operation.id);
  if (!handler) {
    return sayDocumented(operation, request);
  }
  const { state, world } = parts.scenarios.current;
  const parameters = understood(operation, sent.parameters);
  const answer = handler.answer({ state, operation, parameters, body: sent.body, call: callOf(asked) });
  await state.saved();
  if ('refusal' in answer) {
    return sayRefused(asked, answer, sent, parts);
  }
  const type = findResponse(operation, 200)?.mediaTypes[0]?.type ?? 'application/json';
  return sayJson(200, type, answer.content, `world ${world.name}: ${answer.why}`);
}

function sayRefused(
  { request, operation, habits }: OperationRequest,
  refused: Refused,
  { parameters, body }: Sent,
  parts: ServerParts,
): Said {
  // Messages name what was asked for, and not what was understood.
  const facts = { ...refused.facts, ...factsInBody(habits, body), ...factsOf(operation, parameters) };
  const told =
    refused.refusal === 'uncaught' ? undefined : tell(operation, { ...refused, facts }, parts.habits, body);
  return told
    ? sayJson(told.status, 'application/json', told.content, told.why)
    : sayUncaught(
        request,
        facts['reason'] ?? `java.lang.IllegalStateException: ${refused.refusal}`,
        parts.habits,
      );
}

function callOf({ request, operation }: OperationRequest): Call {
  return { refuses: refusalsOf(operation), by: principalOf(request.headers.authorization) };
}
