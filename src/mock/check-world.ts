import { findResponse } from '../description/lookup.ts';
import type { Description, Operation } from '../description/model.ts';
import { KitError, type Location, type Problem } from '../errors.ts';
import type { World } from '../world/model.ts';
import type { DescribedReplies } from './described.ts';
import { HANDLERS } from './handlers/all.ts';

/** The most findings that are told at once. */
const TOLD = 20;

/**
 * Checks every answer that a world can give against the description.
 * @throws KitError FIXTURE_INVALID with the lines of the first values that would break an answer.
 */
export function checkWorld(world: World, description: Description, replies: DescribedReplies): void {
  const problems: Problem[] = [];
  for (const problem of problemsOf(world, description, replies)) {
    problems.push(problem);
    if (problems.length === TOLD) {
      break;
    }
  }
  if (problems.length > 0) {
    throw new KitError(problems);
  }
}

function* problemsOf(
  world: World,
  { operations }: Description,
  replies: DescribedReplies,
): Generator<Problem> {
  for (const operation of operations) {
    yield* answerProblems(world, operation, replies);
    yield* failureProblems(world, operation);
  }
}

function* answerProblems(world: World, operation: Operation, replies: DescribedReplies): Generator<Problem> {
  const handler = HANDLERS.find(({ operationId }) => operationId === operation.id);
  for (const { locate, ...answer } of handler?.everyAnswer?.(world, operation) ?? []) {
    for (const { pointer, actual, expected } of replies.check({ operation, status: 200, ...answer })) {
      const reason = `${pointer} of an answer would be ${actual}, but the description expects ${expected}`;
      yield invalid(reason, 'Correct the value.', locate(pointer) ?? start(world));
    }
  }
}

function failureProblems(world: World, operation: Operation): readonly Problem[] {
  const status = world.faults.failure?.status;
  if (status === undefined || findResponse(operation, status)?.mediaTypes[0]?.examples[0]) {
    return [];
  }
  const reason = `failures have the status ${status}, for which ${operation.id} documents no example`;
  return [invalid(reason, 'Choose a documented status.', start(world))];
}

function invalid(reason: string, advice: string, where: Location): Problem {
  return { code: 'FIXTURE_INVALID', facts: { reason, advice }, where };
}

function start({ source }: World): Location {
  return { file: source, line: 1 };
}
