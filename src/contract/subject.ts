import type { Description, Identifies, Operation, Parameter } from '../description/model.ts';
import { type Call, valuesOf } from './call.ts';

/** A path parameter of which the description says that it names a thing (`x-identifies`). */
export interface Subject extends Parameter {
  readonly identifies: Identifies;
}

/** The parameter that names what an operation is about: the first one that identifies. */
export function subjectOf({ parameters }: Operation): Subject | undefined {
  return parameters.find((parameter): parameter is Subject => {
    return parameter.in === 'path' && parameter.identifies !== undefined;
  });
}

/** The name that a call gives to what its operation is about. */
export function nameIn(call: Call): string | undefined {
  const subject = subjectOf(call.operation);
  return subject && valuesOf(call, subject)[0];
}

/** How a user tells which things exist: the command line has an option of the parameter's name. */
export function namingOption(description: Description): string {
  return `--${namedParameter(description)?.name ?? 'param'}`;
}

/** Whether what a user names is what the operation is about: another one may be about things of another kind. */
export function takesNames(operation: Operation, description: Description): boolean {
  const subject = subjectOf(operation);
  const named = namedParameter(description);
  const isSameThing = subject?.thing !== undefined && subject.thing === named?.thing;
  return subject !== undefined && (isSameThing || subject.name === named?.name);
}

/** The first parameter that identifies is the one whose values a user names. */
export function namedParameter({ operations }: Description): Subject | undefined {
  return operations.flatMap((operation) => subjectOf(operation) ?? [])[0];
}

/** Whether a call asks for everything: no parameter that filters has a value. */
export function isUnfiltered(call: Call): boolean {
  const filters = call.operation.parameters.filter((parameter) => parameter.filters);
  return filters.every((parameter) => valuesOf(call, parameter).length === 0);
}
