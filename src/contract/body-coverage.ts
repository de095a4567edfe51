import { appendToken } from '../documents/pointer.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';

/** A place in a body that a schema describes: a named property, any other property, or array items that have an enum. */
export interface PropertyCoverage {
  /** JSON pointer in which `*` stands for any index, or for any name that the schema does not list. */
  readonly pointer: string;
  readonly seen: boolean;
  /** The members of its enum; absent where it has none. */
  readonly values?: readonly MemberCoverage[];
}

export interface MemberCoverage {
  /** As JSON. */
  readonly value: string;
  readonly seen: boolean;
}

/** Keywords whose schemas describe the same value. */
const SAME_VALUE = ['allOf', 'oneOf', 'anyOf', 'then', 'else'];

/** Keywords whose schemas describe array items or properties that have no name in the schema. */
const ANY_ITEM = ['items', 'contains', 'unevaluatedItems'];
const ANY_PROPERTY = ['additionalProperties', 'unevaluatedProperties'];

const ANY = '*';

/** A schema that describes a place, and the recursive ones around it, which are not entered once more. */
interface Part {
  readonly schema: JsonObject;
  readonly open: readonly string[];
}

interface Place {
  readonly pointer: string;
  readonly parts: readonly Part[];
  /** What was seen there. */
  readonly values: readonly Json[];
}

/** What of a body's schema (in terms of JSON Schema 2020-12) was seen in bodies: at every depth, in every branch. */
export function* bodyCoverageOf(
  root: JsonObject,
  bodies: readonly Json[],
): Generator<PropertyCoverage, undefined> {
  const place = { pointer: '', parts: [...partsOf(root, root, [])], values: bodies };
  if (membersAt(place).length > 0) {
    yield coverageAt(place);
  }
  yield* placesBelow(place, root);
}

/** The members of a schema's enum, or its const; undefined where it has neither. */
export function membersOf(schema: Json | undefined): readonly Json[] | undefined {
  if (!isObject(schema)) {
    return undefined;
  }
  const { enum: members, const: only } = schema;
  return isArray(members) ? members : only === undefined ? undefined : [only];
}

function* placesBelow(
  { pointer, parts, values }: Place,
  root: JsonObject,
): Generator<PropertyCoverage, undefined> {
  const below = new Map<string, { parts: Part[]; isProperty: boolean }>();
  for (const { schema, open } of parts) {
    for (const { token, isProperty, child } of childrenOf(schema)) {
      const known = below.get(token) ?? { parts: [], isProperty };
      known.parts.push(...partsOf(child, root, open));
      below.set(token, { ...known, isProperty: known.isProperty || isProperty });
    }
  }
  const names = new Set(below.keys());
  for (const [token, { parts: described, isProperty }] of below) {
    const found = values.flatMap((value) => valuesBelow(value, token, names));
    const place = { pointer: appendToken(pointer, token), parts: described, values: found };
    if (isProperty || membersAt(place).length > 0) {
      yield coverageAt(place);
    }
    yield* placesBelow(place, root);
  }
}

interface Child {
  readonly token: string;
  readonly isProperty: boolean;
  readonly child: Json | undefined;
}

function* childrenOf(schema: JsonObject): Generator<Child, undefined> {
  const { properties, patternProperties, prefixItems } = schema;
  for (const [token, child] of entriesOf(properties)) {
    // What is never there, and what only requests have, cannot be seen in an answer.
    if (child !== false && !(isObject(child) && child['writeOnly'] === true)) {
      yield { token, isProperty: true, child };
    }
  }
  const others = [...entriesOf(patternProperties).map(([, child]) => child), ...at(schema, ANY_PROPERTY)];
  for (const child of others.filter(isObject)) {
    yield { token: ANY, isProperty: true, child };
  }
  for (const [index, child] of (isArray(prefixItems) ? prefixItems : []).entries()) {
    yield { token: String(index), isProperty: false, child };
  }
  for (const child of at(schema, ANY_ITEM).filter(isObject)) {
    yield { token: ANY, isProperty: false, child };
  }
}

/** The schema and all that describe the same value: members of its choices, and what references lead to. */
function* partsOf(
  schema: Json | undefined,
  root: JsonObject,
  open: readonly string[],
): Generator<Part, undefined> {
  if (!isObject(schema)) {
    return;
  }
  yield { schema, open };
  const { $ref: reference } = schema;
  if (typeof reference === 'string' && !open.includes(reference)) {
    const definitions = root['$defs'];
    const target = isObject(definitions) ? definitions[reference.replace('#/$defs/', '')] : undefined;
    yield* partsOf(target, root, [...open, reference]);
  }
  const dependent = entriesOf(schema['dependentSchemas']).map(([, each]) => each);
  for (const each of [...at(schema, SAME_VALUE), ...dependent]) {
    yield* partsOf(each, root, open);
  }
}

function valuesBelow(value: Json, token: string, names: ReadonlySet<string>): readonly Json[] {
  if (isArray(value)) {
    const item = value[Number(token)];
    return token === ANY ? value : item === undefined ? [] : [item];
  }
  if (!isObject(value)) {
    return [];
  }
  if (token !== ANY) {
    const property = Object.hasOwn(value, token) ? value[token] : undefined;
    return property === undefined ? [] : [property];
  }
  return Object.entries(value).flatMap(([name, each]) => (names.has(name) ? [] : [each]));
}

function coverageAt(place: Place): PropertyCoverage {
  const { pointer, values } = place;
  const members = membersAt(place);
  const found = members.length > 0 ? new Set(values.map((value) => JSON.stringify(value))) : undefined;
  return {
    pointer,
    seen: values.length > 0,
    ...(found && { values: members.map((value) => ({ value, seen: found.has(value) })) }),
  };
}

/** Each member once, as JSON. */
function membersAt({ parts }: Place): readonly string[] {
  const members = parts.flatMap(({ schema }) => membersOf(schema) ?? []);
  return [...new Set(members.map((each) => JSON.stringify(each)))];
}

/** The schemas under some keywords, those of lists too. */
function at(schema: JsonObject, keywords: readonly string[]): readonly Json[] {
  return keywords.flatMap((keyword) => schema[keyword] ?? []);
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : [];
}
