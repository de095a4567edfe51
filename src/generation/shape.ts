import { isArray, isObject, type Json, type JsonObject } from '../json.ts';

const LONGEST_LIST = 20;
/** For lists within lists, whose lengths multiply. */
const LONGEST_INNER_LIST = 3;
/** Long enough that two of 20 random texts are hardly ever the same. */
const TEXT_LENGTH = 6;

/**
 * Narrows a schema in terms of JSON Schema 2020-12 to values that are worth looking at: `always` names properties that
 * are there, lists have 1 to 20 items, texts are not empty, and recursion goes no deeper than it must. What the schema
 * itself says has precedence.
 */
export function shape(schema: JsonObject, always: readonly string[]): JsonObject {
  const root = withoutReference(schema);
  const { required, $defs } = root;
  return {
    ...narrow(root, LONGEST_LIST),
    required: [...new Set([...(isArray(required) ? required : []), ...always])],
    ...(isObject($defs) && { $defs: mapValues($defs, endRecursion) }),
  };
}

/** A root that contains itself is a `$ref` to `$defs`, beside which the generator sees nothing else. */
function withoutReference(schema: JsonObject): JsonObject {
  const { $ref, $defs } = schema;
  const name = typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : '';
  const definition = isObject($defs) ? $defs[name] : undefined;
  return isObject(definition) && $defs ? { ...definition, $defs } : schema;
}

function narrow(schema: JsonObject, longestList: number): JsonObject {
  const narrowed: Record<string, Json> = {
    ...schema,
    ...listLimits(schema, longestList),
    ...textLimits(schema),
  };
  const { properties, items } = schema;
  if (isObject(properties)) {
    narrowed['properties'] = mapValues(properties, (each) => narrowAny(each, longestList));
  }
  if (items !== undefined) {
    narrowed['items'] = narrowAny(items, LONGEST_INNER_LIST);
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = schema[keyword];
    if (isArray(parts)) {
      narrowed[keyword] = parts.map((each) => narrowAny(each, longestList));
    }
  }
  return narrowed;
}

function narrowAny(schema: Json, longestList: number): Json {
  return isObject(schema) ? narrow(schema, longestList) : schema;
}

/** `$defs` holds schemas that contain themselves: within them lists are empty, and no optional property leads on. */
function endRecursion(schema: Json): Json {
  if (!isObject(schema)) {
    return schema;
  }
  const { properties, required, minItems } = schema;
  const ended: Record<string, Json> = { ...schema };
  if (hasType(schema, 'array') && minItems === undefined) {
    ended['maxItems'] = 0;
  }
  if (isObject(properties)) {
    const needed = (name: string) => isArray(required) && required.includes(name);
    const kept = Object.entries(properties).filter(([name, each]) => needed(name) || !isReference(each));
    ended['properties'] = mapValues(Object.fromEntries(kept), endRecursion);
  }
  return ended;
}

function isReference(schema: Json): boolean {
  return isObject(schema) && '$ref' in schema;
}

/** A list may be null or empty where its schema allows it, but then there is nothing to see. */
function listLimits(schema: JsonObject, longest: number): JsonObject {
  if (!hasType(schema, 'array') || !isObject(schema['items'])) {
    return {};
  }
  const most = numberAt(schema, 'maxItems', longest);
  const least = Math.max(numberAt(schema, 'minItems', 0), Math.min(1, most));
  return { type: 'array', minItems: least, maxItems: Math.max(least, Math.min(most, longest)) };
}

/** Formats and enumerations decide on their own. A pattern may allow one length only. */
function textLimits(schema: JsonObject): JsonObject {
  if (!hasType(schema, 'string') || ['format', 'enum', 'const'].some((keyword) => keyword in schema)) {
    return {};
  }
  const wanted = 'pattern' in schema ? 1 : TEXT_LENGTH;
  const most = numberAt(schema, 'maxLength', wanted);
  return { minLength: Math.max(numberAt(schema, 'minLength', 0), Math.min(wanted, most)) };
}

function hasType(schema: JsonObject, name: string): boolean {
  const { type } = schema;
  return isArray(type) ? type.includes(name) : type === name;
}

function numberAt(schema: JsonObject, keyword: string, otherwise: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : otherwise;
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
