import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { listOf, objectOf, wholeOf } from './subject.ts';

/** How deep values go: schemas may contain themselves. */
const DEPTH = 6;

/** How many values of an enum are tried at most. */
const TURNS = 40;

/** Which value to build: with all properties or the required ones alone, and which member of each enum and choice. */
interface Wish {
  readonly full: boolean;
  readonly turn: number;
}

/**
 * Values that a schema describes, the smallest and the fullest, one of each for every member of its longest enum. They are
 * guesses: patterns, and keywords that relate values to each other, are not heeded, so check each before relying on it.
 */
export function instancesOf(schema: JsonObject): readonly Json[] {
  const turns = Math.min(TURNS, longestChoice(schema));
  const built = Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) =>
    [false, true].map((full) => build(schema, { full, turn }, 0)),
  );
  return [...new Map(built.map((value) => [JSON.stringify(value), value])).values()];
}

function longestChoice(schema: JsonObject): number {
  const whole = wholeOf(schema).flatMap((part) => [part, ...propertySchemas(part)]);
  const lengths = whole.flatMap(({ enum: members, oneOf, anyOf }) =>
    [members, oneOf, anyOf].map((list) => (isArray(list) ? list.length : 0)),
  );
  return Math.max(2, ...lengths);
}

function propertySchemas({ properties }: JsonObject): readonly JsonObject[] {
  return isObject(properties) ? Object.values(properties).filter(isObject).flatMap(wholeOf) : [];
}

function build(schema: JsonObject, wish: Wish, depth: number): Json {
  const merged = merge(schema, wish.turn);
  const { const: constant, enum: members } = merged;
  if (constant !== undefined) {
    return constant;
  }
  if (isArray(members)) {
    return members[wish.turn % members.length] ?? null;
  }
  switch (typeOf(merged)) {
    case 'object':
      return buildObject(merged, wish, depth);
    case 'array':
      return buildArray(merged, wish, depth);
    case 'integer':
      return buildNumber(merged, 1);
    case 'number':
      return buildNumber(merged, 0.5);
    case 'boolean':
      return wish.turn % 2 === 0;
    case 'null':
      return null;
    default:
      return buildText(merged);
  }
}

/** One schema from a schema, its `allOf` and, of each choice, the branch whose turn it is. */
function merge(schema: JsonObject, turn: number, open: readonly JsonObject[] = []): JsonObject {
  const { allOf, oneOf, anyOf, ...own } = schema;
  const chosen = [oneOf, anyOf].map(listOf).flatMap((list) => list[turn % list.length] ?? []);
  const layers = [...listOf(allOf), ...chosen]
    .filter((part) => isObject(part))
    .filter((part) => !open.includes(part))
    .map((part) => merge(part, turn, [...open, schema]));
  // What stands in the schema itself goes before what its parts say.
  const all = [...layers.reverse(), own];
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map(({ properties }) => properties)),
    required: all.flatMap(({ required }) => listOf(required)),
  };
}

function typeOf({ type, properties, required, items }: JsonObject): string {
  if (type !== undefined) {
    return String(isArray(type) ? type[0] : type);
  }
  if (isObject(items)) {
    return 'array';
  }
  const describesObject = Object.keys(objectOf(properties)).length + listOf(required).length > 0;
  return describesObject ? 'object' : 'string';
}

function buildObject(schema: JsonObject, wish: Wish, depth: number): Json {
  const properties = objectOf(schema['properties']);
  const names = new Set(listOf(schema['required']).map(String));
  for (const name of wish.full && depth < DEPTH ? Object.keys(properties) : []) {
    names.add(name);
  }
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      depth > DEPTH ? null : build(objectOf(properties[name]), wish, depth + 1),
    ]),
  );
}

function buildArray(schema: JsonObject, wish: Wish, depth: number): Json {
  const least = Math.min(Number(schema['minItems'] ?? 0), 10);
  const length = wish.full && depth < DEPTH ? Math.max(1, least) : least;
  return Array.from({ length }, () => build(objectOf(schema['items']), wish, depth + 1));
}

function buildNumber(schema: JsonObject, step: number): number {
  const { minimum, exclusiveMinimum, maximum, multipleOf } = schema;
  if (typeof multipleOf === 'number') {
    return Math.ceil(Number(minimum ?? multipleOf) / multipleOf) * multipleOf;
  }
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum : minimum;
  if (typeof least === 'number') {
    return least + (exclusiveMinimum === undefined ? 0 : step);
  }
  return typeof maximum === 'number' ? maximum - step : step;
}

/** One text of each format that more than its syntax depends on. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['date-time', '2026-01-31T12:00:00Z'],
  ['date', '2026-01-31'],
  ['time', '12:00:00Z'],
  ['duration', 'P1D'],
  ['email', 'someone@example.org'],
  ['hostname', 'example.org'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://example.org/'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
  ['byte', 'dGV4dA=='],
]);

function buildText({
  format,
  pattern,
  example,
  default: fallback,
  minLength,
  maxLength,
}: JsonObject): string {
  const known = TEXTS.get(String(format));
  if (known !== undefined) {
    return known;
  }
  const told = [example, fallback].find((value) => typeof value === 'string');
  if (pattern !== undefined && typeof told === 'string') {
    return told;
  }
  return 'text'.padEnd(Math.min(Number(minLength ?? 0), 10_000), '.').slice(0, Number(maxLength ?? Infinity));
}
