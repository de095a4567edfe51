import { findResponse } from '../../description/lookup.ts';
import { isObject } from '../../json.ts';
import type { Handler } from './handler.ts';

/** A handler that always gives the first example of the 200 answer. */
export function documented(operationId: string): Handler {
  return {
    operationId,
    answer({ operation }) {
      const example = findResponse(operation, 200)?.mediaTypes[0]?.examples[0];
      const content = isObject(example?.value) ? example.value : {};
      return { content, why: `example ${example?.name}` };
    },
  };
}
