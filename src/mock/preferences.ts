import type { Operation } from '../description/model.ts';
import { documentedStatus } from './documented-status.ts';
import type { NamedValue, Preference } from './prefer-header.ts';
import { type Refusal, refusePreference, show } from './refusal.ts';

/** The longest `wait`, in seconds. */
export const LONGEST_WAIT = 30;

/** The largest `seed`. */
export const LARGEST_SEED = 2 ** 32 - 1;

/**
 * What a request asks of the mock with `Prefer`. `code`, `example` and `dynamic` want an answer made from the description
 * alone; `scenario` wants the usual answer from another world; `wait` holds any answer back.
 */
export interface Preferences {
  /** The status to answer: as given, or that of the only response with `example`, or the success of a dynamic answer. */
  readonly code?: number;
  /** The name of an example of the response for `code`. */
  readonly example?: string;
  /** True for a generated body. */
  readonly dynamic?: boolean;
  /** What to generate from: 0 to `LARGEST_SEED`. */
  readonly seed?: number;
  /** From 0 to `LONGEST_WAIT`. */
  readonly waitSeconds?: number;
  readonly scenario?: string;
  /** The preferences above as the request gave them, for `Preference-Applied`. */
  readonly given: readonly NamedValue[];
}

/** Preferences for an answer that is made from the description alone. */
export type NegotiatedPreferences = Preferences & { readonly code: number };

type Asked = ReadonlyMap<string, string>;

const OURS = new Set(['code', 'example', 'dynamic', 'seed', 'wait', 'scenario']);

/** Whether the answer is to be made from the description alone, by `negotiate`. */
export function isNegotiated(preferences: Preferences): preferences is NegotiatedPreferences {
  return preferences.code !== undefined;
}

/**
 * What a `Prefer` field asks for, or why it cannot be had. Preferences that are not ours are ignored (RFC 7240 2).
 * People separate with `,` and with `;`, so the parameters of a preference of ours count as preferences too.
 * - `example` without `code` gets the status of the only response that has it; with several, `code` must say which.
 * - `dynamic` without `code` generates the success.
 * - `example` and `dynamic` exclude each other, `seed` needs `dynamic`, and `scenario` excludes all of these.
 */
export function readPreferences(
  header: readonly Preference[],
  operation: Operation,
  scenarios: readonly string[],
): Preferences | Refusal {
  const given = oursOf(header);
  const asked: Asked = new Map(given.map(({ name, value }) => [name, value]));
  const refusal = malformedValue(asked) ?? contradiction(asked) ?? unknownScenario(asked, scenarios);
  const code =
    refusal ?? documentedStatus(operation, asked.get('code'), asked.get('example'), isDynamic(asked));
  if (typeof code === 'object') {
    return code; // a refusal
  }
  return { ...valuesOf(asked), ...(code !== undefined && { code }), given };
}

function valuesOf(asked: Asked): Omit<Preferences, 'given' | 'code'> {
  const { example, dynamic, seed, wait, scenario } = Object.fromEntries(asked);
  return {
    ...(example !== undefined && { example }),
    ...(dynamic !== undefined && { dynamic: dynamic !== 'false' }),
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(wait !== undefined && { waitSeconds: Number(wait) }),
    ...(scenario !== undefined && { scenario }),
  };
}

/** Our preferences and their parameters in order; of a repeated one the first. */
function oursOf(header: readonly Preference[]): readonly NamedValue[] {
  const first = new Map<string, NamedValue>();
  for (const preference of header.filter(({ name }) => OURS.has(name))) {
    for (const { name, value } of [preference, ...preference.parameters]) {
      if (OURS.has(name) && !first.has(name)) {
        first.set(name, { name, value });
      }
    }
  }
  return [...first.values()];
}

function malformedValue(asked: Asked): Refusal | undefined {
  const { dynamic = '', seed = '0', wait = '0' } = Object.fromEntries(asked);
  if (!/^(true|false)?$/.test(dynamic)) {
    return refusePreference(`Prefer: dynamic=${show(dynamic)} is neither true nor false`);
  }
  if (!isWhole(seed, LARGEST_SEED)) {
    return refusePreference(`Prefer: seed=${show(seed)} is no whole number from 0 to ${LARGEST_SEED}`);
  }
  // RFC 7240 4.3 knows whole seconds only; a front end is often tried with less than one.
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(wait) || Number(wait) > LONGEST_WAIT) {
    return refusePreference(`Prefer: wait=${show(wait)} is no number of seconds from 0 to ${LONGEST_WAIT}`);
  }
  return undefined;
}

function contradiction(asked: Asked): Refusal | undefined {
  const dynamic = isDynamic(asked);
  const other = ['code', 'example', 'dynamic', 'seed'].find((name) => asked.has(name));
  if (asked.has('scenario') && other !== undefined) {
    return refusePreference(
      `Prefer: scenario and ${other} exclude each other; one answers from a world, the other from the description`,
    );
  }
  if (dynamic && asked.has('example')) {
    return refusePreference('Prefer: example and dynamic exclude each other; give one of them');
  }
  if (!dynamic && asked.has('seed')) {
    return refusePreference('Prefer: seed says what to generate from; give dynamic=true with it');
  }
  return undefined;
}

function unknownScenario(asked: Asked, scenarios: readonly string[]): Refusal | undefined {
  const scenario = asked.get('scenario');
  if (scenario === undefined || scenarios.includes(scenario)) {
    return undefined;
  }
  return refusePreference(
    `Prefer: no scenario is named ${show(scenario)}; use one of ${scenarios.join(', ')}`,
  );
}

function isDynamic(asked: Asked): boolean {
  return asked.has('dynamic') && asked.get('dynamic') !== 'false';
}

function isWhole(text: string, largest: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= largest;
}
