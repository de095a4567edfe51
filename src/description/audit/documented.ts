import { isObject, type Json, type JsonObject } from '../../json.ts';
import { readExamples } from '../examples.ts';
import { parts } from '../schemas.ts';
import { listOf, objectOf, type Subject } from './subject.ts';

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

/** Rules `schema`, `example` and `default` where the loader does not look, as in unused components. */
export function auditExamples({ reading, compiled, holders, description }: Subject): void {
  for (const { node, inRequest } of holders) {
    readExamples(reading, node, compiled.at(node, 'schema', inRequest ? 'sent' : 'answered'));
  }
  const named = objectOf(objectOf(description.document['components'])['schemas']);
  for (const name of Object.keys(named)) {
    compiled.at(named, name);
  }
  compiled.checkExamplesInside();
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
