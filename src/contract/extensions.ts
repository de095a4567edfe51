import type { Description } from '../description/model.ts';
import type { Mark } from '../schema/schema.ts';

/** An extension of the description that says what a schema cannot. */
export type Extension = 'x-identifies' | 'x-filters' | 'x-always' | 'x-key' | 'x-immutable' | 'x-not-before';

/** Whether the description says anything with an extension. */
export function states({ operations }: Description, extension: Extension): boolean {
  const parameters = operations.flatMap((operation) => operation.parameters);
  const responses = operations.flatMap((operation) => operation.responses);
  switch (extension) {
    case 'x-identifies':
      return parameters.some(({ identifies }) => identifies !== undefined);
    case 'x-filters':
      return parameters.some(({ filters }) => filters !== undefined);
    case 'x-always':
      return responses.some(({ always }) => always.length > 0);
    default: {
      const marks = responses.flatMap(({ mediaTypes }) =>
        mediaTypes.flatMap(({ schema }) => schema?.marks ?? []),
      );
      return marks.some(({ kind }) => kind === MARKS[extension]);
    }
  }
}

const MARKS: Readonly<Record<string, Mark['kind']>> = {
  'x-key': 'key',
  'x-immutable': 'immutable',
  'x-not-before': 'not-before',
};
