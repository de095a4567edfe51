import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Schema } from '../../schema/schema.ts';
import { readExamples } from '../examples.ts';
import { parts, Schemas } from '../schemas.ts';
import { type Holder, listOf, objectOf, type Subject, within } from './subject.ts';

/** The values that examples show for each schema, those that stand inside other values too. */
export function documentedValues({ holders, schemas }: Subject): ReadonlyMap<JsonObject, readonly Json[]> {
  const values = new Map<JsonObject, Set<Json>>();

  function note(schema: JsonObject, value: Json): void {
    const noted = values.get(schema) ?? new Set();
    if (!noted.has(value)) {
      values.set(schema, noted.add(value));
      for (const [part, member] of pairsBelow(schema, value)) {
        note(part, member);
      }
    }
  }

  for (const { node, schema } of holders) {
    for (const value of examplesOf(node)) {
      note(schema, value);
    }
  }
  for (const schema of schemas) {
    for (const value of examplesOf(schema)) {
      note(schema, value);
    }
  }
  return new Map([...values].map(([schema, set]) => [schema, [...set]]));
}

/** Rules `schema`, `example` and `default` where the loader does not look: in request bodies and unused components. */
export function auditExamples({ reading, holders, description }: Subject): void {
  const schemas = new Schemas(reading);
  for (const holder of holders) {
    const schema = schemas.at(holder.node, 'schema');
    readExamples(reading, holder.node, schema && asSent(schema, holder));
  }
  const named = objectOf(objectOf(description.document['components'])['schemas']);
  for (const name of Object.keys(named)) {
    schemas.at(named, name);
  }
  schemas.checkExamplesInside();
}

/** A request need not have what is read-only (OpenAPI 3.0.3 "Schema Object"): then what it lacks is not held against it. */
function asSent(schema: Schema, { inRequest }: Holder): Schema {
  const check: Schema['check'] = (value) =>
    schema.check(value).filter(({ keyword }) => !['required', 'oneOf', 'anyOf'].includes(keyword));
  const isLenient = inRequest && within(schema.source).some(({ readOnly }) => readOnly === true);
  return isLenient ? { ...schema, check } : schema;
}

/** The parts of a schema with the same value, and the schemas of its members with theirs. */
function pairsBelow(schema: JsonObject, value: Json): readonly (readonly [JsonObject, Json])[] {
  const properties = Object.entries(objectOf(schema['properties'])).map(
    ([name, property]) => [property, objectOf(value)[name]] as const,
  );
  const items = listOf(value).map((item) => [schema['items'], item] as const);
  const members = [...properties, ...items].flatMap(([each, member]) =>
    isObject(each) && member !== undefined ? [[each, member] as const] : [],
  );
  return [...parts(schema).map((part) => [part, value] as const), ...members];
}

function examplesOf({ example, examples }: JsonObject): readonly Json[] {
  const named = Object.values(objectOf(examples)).map((each) => objectOf(each)['value']);
  return [example, ...named, ...listOf(examples)].filter((value) => value !== undefined);
}
