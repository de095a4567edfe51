import { isArray, isObject, type Json, type JsonObject } from '../json.ts';

/** Keywords whose value is a schema, a list of schemas, or a map of schemas. */
const SCHEMA_KEYWORDS = new Set([
  'not',
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
]);
const SCHEMA_LIST_KEYWORDS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SCHEMA_MAP_KEYWORDS = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
]);
/** What OpenAPI adds to JSON Schema and no validator needs. */
const ANNOTATIONS = new Set(['nullable', 'discriminator', 'xml', 'externalDocs', 'example', 'deprecated']);

/** A schema in JSON Schema's own terms, and for each of its nodes the node of the description that it came from. */
export interface StandardSchema {
  readonly schema: JsonObject;
  readonly origins: ReadonlyMap<object, JsonObject>;
}

/**
 * Rewrites a resolved OpenAPI schema in terms of JSON Schema 2020-12: `nullable` (OpenAPI 3.0.3 "Schema Object") becomes
 * a type, boolean exclusive limits become numbers, write-only properties are not required of an answer, and a schema that
 * contains itself becomes a `$ref` to `$defs`.
 */
export function toStandard(root: JsonObject): StandardSchema {
  const origins = new Map<object, JsonObject>();
  const open = new Map<JsonObject, string | undefined>();
  const definitions: Record<string, JsonObject> = {};
  let named = 0;

  function convert(node: JsonObject): JsonObject {
    if (open.has(node)) {
      return { $ref: `#/$defs/${nameOf(node)}` };
    }
    open.set(node, undefined);
    const converted = convertKeywords(node, convert);
    origins.set(converted, node);
    const name = open.get(node);
    open.delete(node);
    if (name === undefined) {
      return converted;
    }
    definitions[name] = converted;
    return { $ref: `#/$defs/${name}` };
  }

  function nameOf(node: JsonObject): string {
    const known = open.get(node);
    if (known !== undefined) {
      return known;
    }
    named += 1;
    open.set(node, `recursive${named}`);
    return `recursive${named}`;
  }

  const schema = convert(root);
  if (Object.keys(definitions).length === 0) {
    return { schema, origins };
  }
  const withDefinitions = { ...schema, $defs: definitions };
  origins.set(withDefinitions, root);
  return { schema: withDefinitions, origins };
}

function convertKeywords(node: JsonObject, convert: (schema: JsonObject) => JsonObject): JsonObject {
  const converted: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (!ANNOTATIONS.has(keyword) && !keyword.startsWith('x-')) {
      converted[keyword] = convertKeyword(keyword, value, convert);
    }
  }
  allowNull(node, converted);
  convertLimit(converted, 'minimum', 'exclusiveMinimum');
  convertLimit(converted, 'maximum', 'exclusiveMaximum');
  dropWriteOnly(node, converted);
  return converted;
}

function convertKeyword(keyword: string, value: Json, convert: (schema: JsonObject) => JsonObject): Json {
  if (SCHEMA_KEYWORDS.has(keyword) && isObject(value)) {
    return convert(value);
  }
  if (SCHEMA_LIST_KEYWORDS.has(keyword) && isArray(value)) {
    return value.map((each) => (isObject(each) ? convert(each) : each));
  }
  if (SCHEMA_MAP_KEYWORDS.has(keyword) && isObject(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([name, each]) => [name, isObject(each) ? convert(each) : each]));
  }
  return value;
}

/** `nullable` adds null to `type`, and does nothing where there is no `type` (OpenAPI 3.0.3, clarified). */
function allowNull(node: JsonObject, converted: Record<string, Json>): void {
  const type = node['type'];
  if (node['nullable'] === true && typeof type === 'string') {
    converted['type'] = [type, 'null'];
  }
}

function convertLimit(converted: Record<string, Json>, limit: string, exclusive: string): void {
  const flag = converted[exclusive];
  if (typeof flag !== 'boolean') {
    return;
  }
  delete converted[exclusive];
  const value = converted[limit];
  if (flag && value !== undefined) {
    delete converted[limit];
    converted[exclusive] = value;
  }
}

function dropWriteOnly(node: JsonObject, converted: Record<string, Json>): void {
  const { required, properties } = node;
  if (isArray(required) && isObject(properties)) {
    converted['required'] = required.filter((name) => !isWriteOnly(properties[String(name)]));
  }
}

function isWriteOnly(property: Json | undefined): boolean {
  return isObject(property) && property['writeOnly'] === true;
}
