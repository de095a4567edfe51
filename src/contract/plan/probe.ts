import type { Operation } from '../../description/model.ts';
import { acceptableTypes } from '../accept.ts';
import type { Beside, Call } from '../call.ts';
import type { Draft } from '../draft.ts';
import type { HeaderLine } from '../exchange.ts';

/** A request of the plan. */
export interface Probe extends Draft {
  /** The operation that it is about. */
  readonly operation: Operation;
  /** Set where it does not call the operation itself. */
  readonly beside?: Beside;
  /** True where a server has reasons of its own to refuse it that its target and headers do not tell. */
  readonly odd?: boolean;
}

/** Requests that are sent one after another; or all at the same time, where that is what is tried. */
export interface Step {
  readonly probes: readonly Probe[];
  readonly atOnce: boolean;
  /** What is not asked here, and why. */
  readonly leftOut?: string;
}

/** Yields requests and learns from the calls that they became. Reads alone, all of them harmless, unless others are asked for. */
export type Plan = Generator<Step, void, readonly Call[]>;

/** An operation with a value for everything that it requires. */
export interface Target {
  readonly operation: Operation;
  /** In front of every path, without a trailing slash. */
  readonly base: string;
  /** Values by the parameter's name. */
  readonly values: ReadonlyMap<string, string>;
  /** What the request is about, in words: `"demo"`. */
  readonly thing: string;
}

/** What a request has that the one for the target itself has not. */
export interface Variant {
  readonly method?: string;
  /** The documented media type unless it is given; undefined for no Accept at all. */
  readonly accept?: string | undefined;
  /** Encoded path segments by the parameter's name, in place of the values of the target. */
  readonly segments?: ReadonlyMap<string, string>;
  /** Appended to the query as it is. */
  readonly query?: string;
  readonly headers?: readonly HeaderLine[];
  readonly body?: string;
  readonly httpVersion?: '1.0';
  /** Changes the path, without the base. */
  readonly path?: (path: string) => string;
  readonly beside?: Beside;
  readonly odd?: boolean;
}

/** A request for a target; `words` say what is special about it. */
export function probeOf(target: Target, words: string, variant: Variant = {}): Probe {
  const { operation, base, thing } = target;
  const { method = operation.method, path = (same) => same, body, httpVersion, beside, odd } = variant;
  const accept = 'accept' in variant ? variant.accept : acceptableTypes(operation)[0];
  const query = [...requiredPairs(target), ...(variant.query === undefined ? [] : [variant.query])].join('&');
  const asked = variant.query !== undefined || query !== '' ? `?${query}` : '';
  return {
    id: `${operation.id}: ${thing}${words}`,
    operation,
    method,
    target: `${base}${path(pathOf(target, variant))}${asked}`,
    headers: [
      ...requiredHeaders(target),
      ...(accept === undefined ? [] : [['Accept', accept] as const]),
      ...(variant.headers ?? []),
    ],
    ...(body !== undefined && { body }),
    ...(httpVersion && { httpVersion }),
    ...(beside && { beside }),
    ...(odd && { odd }),
  };
}

/** `name=value`, percent-encoded. */
export function pairOf(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

function pathOf({ operation, values }: Target, { segments }: Variant): string {
  return operation.path.replace(
    /\{([^{}]*)\}/g,
    (_, name: string) => segments?.get(name) ?? encodeURIComponent(values.get(name) ?? ''),
  );
}

function requiredPairs({ operation, values }: Target): readonly string[] {
  return operation.parameters
    .filter(({ name, in: place }) => place === 'query' && values.has(name))
    .map(({ name }) => pairOf(name, values.get(name) ?? ''));
}

function requiredHeaders({ operation, values }: Target): readonly HeaderLine[] {
  return operation.parameters
    .filter(({ name, in: place }) => place === 'header' && values.has(name))
    .map(({ name }): HeaderLine => [name, values.get(name) ?? '']);
}
