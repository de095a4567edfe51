import type { Operation } from '../../description/model.ts';
import type { Location } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import type { World } from '../../world/model.ts';
import type { Call, Outcome, State } from '../../world/state/model.ts';

/** Does an operation on a state, and shows what came of it. It is looked up by its operationId. */
export interface Handler {
  readonly operationId: string;
  answer(request: HandlerRequest): HandlerAnswer | Refused;
  /**
   * Answers that stand for all that a world can give: what is true of these by the schema is true of the others.
   * The mock checks them before it takes the world.
   */
  everyAnswer?(world: World, operation: Operation): Iterable<WorldAnswer>;
}

/** A request whose body is as the operation describes it. */
export interface HandlerRequest {
  readonly state: State;
  readonly operation: Operation;
  readonly parameters: Parameters;
  /** Empty where the operation takes none. */
  readonly body: JsonObject;
  /** Who calls, and what the operation may refuse. */
  readonly call: Call;
}

/** The parameters of a request, decoded once. */
export interface Parameters {
  /** The value of a path parameter; `''` where the operation has none of that name. */
  path(name: string): string;
  /** The first value of a query parameter. */
  query(name: string): string | undefined;
}

/** The content of the 200 answer. */
export interface HandlerAnswer {
  /** What becomes JSON. The same object for the same answer, where it is large: then it is written out once. */
  readonly content: object;
  /** What was answered, for the log. */
  readonly why: string;
}

/** Why an operation is not done: a refusal of the state, or of what was sent. */
export interface Refused {
  readonly refusal: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** An answer, and where the fixture says what stands at a JSON pointer of its content. */
export interface WorldAnswer extends HandlerAnswer {
  locate(pointer: string): Location | undefined;
}

/** Shows what an operation on the state gave; a refusal stays what it is. */
export function shown<Value>(
  outcome: Outcome<Value>,
  show: (value: Value) => HandlerAnswer,
): HandlerAnswer | Refused {
  return outcome.refusal === undefined ? show(outcome.value) : outcome;
}
