import { createHash } from 'node:crypto';
import type { Description, Operation, Parameter } from '../../description/model.ts';
import { subjectOf } from '../subject.ts';
import type { Target } from './probe.ts';

/** Values that the user gives to parameters, by name. */
export type Fixed = ReadonlyMap<string, string>;

/** 16 lower-case letters that follow from the seed and what they are for. */
export function invent(seed: string, purpose: string): string {
  const digest = createHash('sha256').update(`${seed} ${purpose}`).digest();
  return [...digest.subarray(0, 16)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

/** The names under which an operation is asked for things that exist. */
export function namesFor(
  operation: Operation,
  given: readonly string[],
  fixed: Fixed = new Map(),
): readonly string[] {
  const subject = subjectOf(operation);
  const own = subject && (fixed.get(subject.name) ?? exampleOf(subject));
  return given.length > 0 ? given : own === undefined ? [] : [own];
}

/** Operations that no request is made for, with the reason. */
export function unplanned(
  { operations }: Pick<Description, 'operations'>,
  fixed: Fixed = new Map(),
): readonly string[] {
  return operations
    .filter((operation) => !isPlannable(operation, fixed))
    .map((operation) => {
      const [missing] = missingValues(operation, fixed);
      const reason =
        operation.method === 'GET'
          ? `its parameter ${missing?.name} has no example in the description`
          : `only reads are sent, and it is a ${operation.method}`;
      return `${operation.id} was not asked: ${reason}`;
    });
}

/** Whether there is a value for everything that an operation requires, and it only reads. */
export function isPlannable(operation: Operation, fixed: Fixed): boolean {
  return operation.method === 'GET' && missingValues(operation, fixed).length === 0;
}

/** The operation with values for all that it requires, and those that the user fixed. */
export function targetOf(
  operation: Operation,
  base: string,
  fixed: Fixed,
  name: string,
  thing: string,
): Target {
  const subject = subjectOf(operation);
  const valued = operation.parameters.filter((each) => each.required || fixed.has(each.name));
  const values = new Map(
    valued.map((each) => [
      each.name,
      each === subject ? name : (fixed.get(each.name) ?? exampleOf(each) ?? ''),
    ]),
  );
  return { operation, base, values, thing };
}

/** Required parameters without a value; the subject may be named by the user instead. */
function missingValues(operation: Operation, fixed: Fixed): readonly Parameter[] {
  const subject = subjectOf(operation);
  return operation.parameters.filter(
    (each) => each.required && each !== subject && !fixed.has(each.name) && exampleOf(each) === undefined,
  );
}

function exampleOf({ examples }: Parameter): string | undefined {
  const value = examples[0]?.value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
