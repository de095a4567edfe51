import type { Operation } from '../../description/model.ts';
import type { Location } from '../../errors.ts';
import type { World } from '../../world/model.ts';

/** Computes an operation's answers from a world. It is looked up by its operationId. */
export interface Handler {
  readonly operationId: string;
  answer(world: World, operation: Operation, parameters: Parameters): HandlerAnswer;
  /**
   * Answers that stand for all that the world can give: what is true of these by the schema is true of the others.
   * The mock checks them before it takes the world.
   */
  everyAnswer(world: World, operation: Operation): Iterable<WorldAnswer>;
}

/** The parameters of a request, decoded once. */
export interface Parameters {
  /** The value of a path parameter; `''` where the operation has none of that name. */
  path(name: string): string;
  /** The first value of a query parameter. */
  query(name: string): string | undefined;
}

export interface HandlerAnswer {
  readonly status: number;
  /** What becomes JSON. The same object for the same answer, where it is large: then it is written out once. */
  readonly content: object;
  /** What was answered and why, for the log. */
  readonly why: string;
}

/** An answer, and where the fixture says what stands at a JSON pointer of its content. */
export interface WorldAnswer extends HandlerAnswer {
  locate(pointer: string): Location | undefined;
}
