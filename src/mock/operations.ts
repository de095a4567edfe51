import { findResponse } from '../description/lookup.ts';
import type { Operation } from '../description/model.ts';
import type { DescribedReplies } from './described.ts';
import { documentedStatus } from './documented-status.ts';
import { handle, type OperationRequest } from './handled.ts';
import { HANDLERS } from './handlers/all.ts';
import { formatApplied, type NamedValue, parsePrefer } from './prefer-header.ts';
import { isNegotiated, type NegotiatedPreferences, readPreferences } from './preferences.ts';
import type { Refusal } from './refusal.ts';
import { factsOf, fillIn } from './refused.ts';
import type { Reply } from './reply.ts';
import type { RunningScenario, Scenarios } from './scenarios.ts';
import type { MakeTransportReply } from './transport-answers.ts';

/** Answers requests to operations: from a world, or from the description where `Prefer` asks for that. */
export class Operations {
  readonly #scenarios: Scenarios;
  readonly #replies: DescribedReplies;
  readonly #transport: MakeTransportReply;

  constructor(scenarios: Scenarios, replies: DescribedReplies, transport: MakeTransportReply) {
    this.#scenarios = scenarios;
    this.#replies = replies;
    this.#transport = transport;
  }

  async answer(request: OperationRequest): Promise<Reply> {
    const prefer = parsePrefer(request.headers['prefer']?.toString()) ?? [];
    const preferences = readPreferences(prefer, request.operation, this.#scenarios.names);
    if ('kind' in preferences) {
      return this.#refused(preferences);
    }
    const { scenario, waitSeconds = 0, given } = preferences;
    const reply = isNegotiated(preferences)
      ? await this.#fromDescription(request, preferences)
      : withApplied(await this.#fromScenario(request, await this.#scenarios.named(scenario)), given);
    return delayed(reply, 1000 * waitSeconds);
  }

  /** The state's answer, and the faults of its world. */
  async #fromScenario(request: OperationRequest, scenario: RunningScenario): Promise<Reply> {
    const { operation } = request;
    const { world, faults } = scenario;
    const handler = HANDLERS.find(({ operationId }) => operationId === operation.id);
    const reply = handler
      ? this.#handled(await handle(handler, request, scenario), operation)
      : await this.#fromDescription(request, successOf(operation));
    const failure = faults.failure && {
      strikes: faults.failure.strikes,
      reply: this.#failing(operation, faults.failure.status, world.name),
    };
    return { ...delayed(reply, faults.delayMs), failure };
  }

  #handled(outcome: Awaited<ReturnType<typeof handle>>, { method }: Operation): Reply {
    const reply = 'kind' in outcome ? this.#refused(outcome) : this.#replies.make(outcome);
    return { ...reply, repeatable: reply.repeatable && method === 'GET' };
  }

  #failing(operation: Operation, status: number, scenario: string): Reply {
    const example = findResponse(operation, status)?.mediaTypes[0]?.examples[0];
    const why = `world ${scenario}: fault, example ${example?.name}`;
    return this.#replies.make({ operation, status, content: example?.value, why });
  }

  async #fromDescription(
    { operation, headers, parameters }: OperationRequest,
    wanted: NegotiatedPreferences,
  ): Promise<Reply> {
    // What is behind this takes longer to load than everything else together, and most requests do not need it.
    const { negotiate } = await import('./negotiation.ts');
    const answer = await negotiate(operation, headers.accept, wanted);
    if (answer.kind === 'refusal') {
      return this.#refused(answer);
    }
    const content = answer.body && fillIn(answer.body, factsOf(operation, parameters));
    const reply = this.#replies.make({ operation, ...answer, content });
    return { ...withApplied(reply, answer.applied), repeatable: reply.repeatable && answer.repeatable };
  }

  #refused({ name, facts }: Refusal): Reply {
    return this.#transport(name, facts);
  }
}

/** What an operation without a handler answers: its documented success. */
function successOf(operation: Operation): NegotiatedPreferences {
  const code = documentedStatus(operation, undefined, undefined, true);
  return { code: typeof code === 'number' ? code : 200, given: [] };
}

function delayed(reply: Reply, ms: number): Reply {
  return { ...reply, delayMs: reply.delayMs + ms };
}

/** With what was applied of `Prefer` (RFC 7240 3), in the failure too; a refusal applies nothing. */
function withApplied(reply: Reply, applied: readonly NamedValue[]): Reply {
  if (applied.length === 0 || reply.transport !== undefined) {
    return reply;
  }
  const { headers, failure } = reply;
  return {
    ...reply,
    headers: [...headers, 'Preference-Applied', formatApplied(applied)],
    failure: failure && { ...failure, reply: withApplied(failure.reply, applied) },
  };
}
