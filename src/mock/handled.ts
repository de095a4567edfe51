import type { IncomingHttpHeaders } from 'node:http';
import { findResponse } from '../description/lookup.ts';
import type { Operation, RequestBody } from '../description/model.ts';
import type { State } from '../world/state/model.ts';
import type { BodyBytes } from './delivery.ts';
import type { Described } from './described.ts';
import type { Handler, Parameters, Refused } from './handlers/handler.ts';
import { isAdmitted } from './headers.ts';
import { principalOf } from './principal.ts';
import type { Refusal } from './refusal.ts';
import { factsOf, refusalsOf, tellRefused } from './refused.ts';
import { type ParsedBody, parseBody } from './request-body.ts';

/** A request to an operation. */
export interface OperationRequest {
  readonly operation: Operation;
  readonly parameters: Parameters;
  readonly headers: IncomingHttpHeaders;
  /** Reads the body; not asked for where nobody needs it. */
  readonly body: () => Promise<BodyBytes>;
}

/** A state that answers, and the name of the world that it began as. */
export interface Stage {
  readonly state: State;
  readonly world: { readonly name: string };
}

/**
 * Lets a handler do what a request asks for, and gives what is to be answered. What it has changed is saved by then.
 * Nothing is done whose answer the client would not take.
 * @throws KitError where the state cannot be saved
 */
export async function handle(
  handler: Handler,
  request: OperationRequest,
  { state, world }: Stage,
): Promise<Described | Refusal> {
  const { operation, parameters, headers } = request;
  const type = findResponse(operation, 200)?.mediaTypes[0]?.type;
  if (operation.method !== 'GET' && type !== undefined && !isAdmitted(type, headers.accept)) {
    return transport('not-acceptable', { types: type });
  }
  const body = operation.requestBody ? await bodyOf(request, operation.requestBody) : NO_BODY;
  if ('kind' in body) {
    return body;
  }
  const call = { refuses: refusalsOf(operation), by: principalOf(headers.authorization) };
  const answer =
    'refused' in body
      ? body.refused
      : handler.answer({ state, operation, parameters, body: body.value, call });
  await state.saved();
  return 'refusal' in answer
    ? tell(operation, { ...answer, facts: { ...factsOf(operation, parameters), ...answer.facts } })
    : { operation, status: 200, content: answer.content, why: `world ${world.name}: ${answer.why}` };
}

const NO_BODY: ParsedBody = { value: {} };

async function bodyOf(
  { headers, body }: OperationRequest,
  described: RequestBody,
): Promise<ParsedBody | Refusal> {
  const bytes = await body();
  switch (bytes) {
    case 'too-large':
      return transport('body-too-large', {});
    case 'cut':
      return transport('malformed-request', { reason: 'its body did not come whole' });
    default:
      return parseBody(described, headers, bytes);
  }
}

function tell(operation: Operation, refused: Refused): Described | Refusal {
  const told = tellRefused(operation, refused);
  return 'kind' in told ? told : { operation, ...told };
}

function transport(name: Refusal['name'], facts: Refusal['facts']): Refusal {
  return { kind: 'refusal', name, facts };
}
