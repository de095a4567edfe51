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
 * @throws KitError FIXTURE_INVALID with the line of each value that would break an answer.
 */
export function checkWorld(world: World, description: Description, replies: DescribedReplies): void {
  const problems = description.operations.flatMap((operation) => [
    ...answerProblems(world, operation, replies),
    ...failureProblems(world, operation),
  ]);
  if (problems.length > 0) {
    throw new KitError(problems.slice(0, TOLD));
  }
}

function answerProblems(world: World, operation: Operation, replies: DescribedReplies): readonly Problem[] {
  const handler = HANDLERS.find(({ operationId }) => operationId === operation.id);
  return [...(handler?.everyAnswer(world, operation) ?? [])].flatMap(({ locate, ...answer }) =>
    replies
      .check({ operation, ...answer })
      .slice(0, TOLD)
      .map(({ pointer, actual, expected }) => {
        const reason = `${pointer} of an answer would be ${actual}, but the description expects ${expected}`;
        return invalid(reason, 'Correct the value.', locate(pointer) ?? start(world));
      }),
  );
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
