import { findResponse } from '../description/lookup.ts';
import type { Example, MediaType, Operation, Parameter } from '../description/model.ts';
import { isArray, type Json } from '../json.ts';
import type { Parameters, Refused } from './handlers/handler.ts';
import { REASONS } from './handlers/reasons.ts';
import type { Refusal } from './refusal.ts';

/** A refusal as the description tells it. */
export interface Told {
  readonly status: number;
  readonly content: Json;
  readonly mediaType: string;
  readonly why: string;
}

const refusals = new WeakMap<Operation, readonly string[]>();

/** The names of the refusals that an operation can tell. */
export function refusalsOf(operation: Operation): readonly string[] {
  const known = refusals.get(operation) ?? namesOf(operation);
  refusals.set(operation, known);
  return known;
}

function namesOf({ refuses, parameters }: Operation): readonly string[] {
  return [
    ...refuses.map(({ when }) => when),
    ...parameters.flatMap((parameter) => (parameter.identifies ? [absenceOf(parameter)] : [])),
  ];
}

/** What the path of a request names: the facts that are known whatever comes of it. */
export function factsOf({ parameters: described }: Operation, parameters: Parameters): Facts {
  const named = described.filter((parameter) => parameter.in === 'path');
  return Object.fromEntries(named.map((each) => [thingOf(each), parameters.path(each.name)]));
}

/**
 * How an operation tells a refusal: by its `x-refuses`, else, for a name in the path that stands for nothing, by the
 * `x-identifies` of the parameter; with one of the mock's own answers where the description says neither.
 */
export function tellRefused(operation: Operation, { refusal, facts }: Refused): Told | Refusal {
  const [name, words] = REASONS[refusal] ?? [
    'conflict',
    facts['reason'] === undefined ? refusal : '{reason}',
  ];
  const reason = fill(words, facts);
  const known = { ...facts, reason };
  const telling = tellingOf(operation, refusal);
  const described = telling && findExample(operation, telling);
  if (!described) {
    return { kind: 'refusal', name, facts: known };
  }
  return {
    status: telling.status,
    content: fillIn(described.example.value, known, telling.documented),
    mediaType: described.mediaType.type,
    why: `example ${described.example.name}: ${reason}`,
  };
}

/** A value in whose texts the placeholders of known facts are filled. The value itself where there are none. */
export function fillIn(value: Json, facts: Facts, documented?: Documented): Json {
  if (typeof value === 'string') {
    return fill(value, facts, documented);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const filled = Object.entries(value).map(([key, item]) => [key, fillIn(item, facts, documented)] as const);
  if (filled.every(([, item], index) => item === Object.values(value)[index])) {
    return value;
  }
  return isArray(value) ? filled.map(([, item]) => item) : Object.fromEntries(filled);
}

type Facts = Readonly<Record<string, string>>;

/** A name that an example shows, and the fact that takes its place. */
interface Documented {
  readonly name: string;
  readonly fact: string;
}

interface Telling {
  readonly status: number;
  readonly example: string | undefined;
  readonly documented?: Documented;
}

function tellingOf({ refuses, parameters }: Operation, refusal: string): Telling | undefined {
  const listed =
    refuses.find(({ when }) => when === refusal) ??
    refuses.find(({ when }) => refusal === 'no-content' && when === 'malformed-body');
  if (listed) {
    return listed;
  }
  const parameter = parameters.find((each) => each.identifies && absenceOf(each) === refusal);
  if (!parameter?.identifies) {
    return undefined;
  }
  const { absent: status, example, documented: name } = parameter.identifies;
  return { status, example, ...(name !== undefined && { documented: { name, fact: thingOf(parameter) } }) };
}

/** `absent-metalake` for a parameter that names a metalake. */
function absenceOf(parameter: Parameter): string {
  return `absent-${thingOf(parameter)}`;
}

function thingOf({ thing, name }: Parameter): string {
  return thing ?? name;
}

function findExample(
  operation: Operation,
  { status, example: name }: Telling,
): { readonly mediaType: MediaType; readonly example: Example } | undefined {
  const offered = findResponse(operation, status)?.mediaTypes ?? [];
  const found = offered.flatMap((mediaType) => mediaType.examples.map((example) => ({ mediaType, example })));
  return found.find(({ example }) => example.name === name);
}

/** Placeholders and the documented name, where it stands as a whole word, in one go: what is filled in stays as it is. */
function fill(text: string, facts: Facts, documented?: Documented): string {
  const name = documented?.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = name === undefined ? '' : `|(?<![\\w-])${name}(?![\\w-])`;
  return text.replace(
    new RegExp(`\\{(\\w+)\\}${word}`, 'g'),
    (found, fact?: string) => facts[fact ?? documented?.fact ?? ''] ?? found,
  );
}
