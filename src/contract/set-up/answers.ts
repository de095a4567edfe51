import { STATUS_CODES } from 'node:http';
import type { Act, Operation } from '../../description/model.ts';
import { valueAt } from '../../documents/pointer.ts';
import type { Location } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { type Call, isSuccess } from '../call.ts';
import { marksOf } from '../lists.ts';
import { type Match, matchesOf } from '../matches.ts';

/** How an operation refuses for a reason, by its description. */
export interface Refusal {
  readonly status: number;
  readonly where: Location;
}

/** What an operation is to answer for a reason such as `absent-book`; undefined where its description does not say. */
export function refusalFor({ refuses, parameters }: Operation, reason: string): Refusal | undefined {
  const listed = refuses.find(({ when }) => when === reason);
  if (listed) {
    return listed;
  }
  const parameter = parameters.find(({ thing, identifies }) => identifies && reason === `absent-${thing}`);
  return parameter?.identifies && { status: parameter.identifies.absent, where: parameter.identifies.where };
}

/** The body of a successful answer; undefined where it is no JSON. */
export function answered(call: Call): Json | undefined {
  return isSuccess(call) && call.content.kind === 'json' ? call.content.value : undefined;
}

/** The keys of things in a successful answer. */
export function keysIn(call: Call, pointers: readonly string[]): readonly Match[] {
  const value = answered(call);
  return value === undefined ? [] : pointers.flatMap((pointer) => [...matchesOf(value, pointer)]);
}

/** The key that an answer gives to the thing that an act is about. */
export function keyIn(call: Call, { response }: Act): string | undefined {
  const [match] = keysIn(call, response);
  return typeof match?.value === 'string' ? match.value : undefined;
}

/** The pointer to what is around the value at another pointer. */
export function around(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

/** How far a thing has come, as an answer about it alone says. */
export interface Progressed {
  readonly pointer: string;
  readonly state: string;
  /** Whether it stays so. */
  readonly isFinal: boolean;
  /** The states in which a thing stays. */
  readonly final: readonly string[];
}

export function progressIn(call: Call): Progressed | undefined {
  const value = answered(call);
  for (const mark of marksOf(call)) {
    const state = mark.kind === 'lifecycle' && value !== undefined ? valueAt(value, mark.at) : undefined;
    if (mark.kind === 'lifecycle' && typeof state === 'string') {
      return { pointer: mark.at, state, isFinal: mark.final.includes(state), final: mark.final };
    }
  }
  return undefined;
}

/** `404 Not Found`, or why there is no answer. */
export function outcomeOf({ status, exchange: { failure } }: Call): string {
  return status === undefined
    ? (failure?.detail ?? 'no answer')
    : `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}
