import type { TransportName } from './transport-answers.ts';

/** Why a request is not answered as it asks: which transport answer it gets instead, with the facts of its message. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly name: TransportName;
  readonly facts: Readonly<Record<string, string>>;
}

/** Refuses what `Prefer` asks for; the reason says what could be had. */
export function refusePreference(reason: string): Refusal {
  return { kind: 'refusal', name: 'preference-refused', facts: { reason } };
}

/** A value of the user as a message can carry it: quoted, and cut at 100 characters. */
export function show(value: string): string {
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
}
