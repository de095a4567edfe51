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

/** What a schema describes: what is answered need not have write-only properties, what is sent no read-only ones. */
export type Direction = 'answered' | 'sent';

/**
 * Rewrites a resolved OpenAPI schema in terms of JSON Schema 2020-12: `nullable` (OpenAPI 3.0.3 "Schema Object") becomes
 * a type, boolean exclusive limits become numbers, properties that only the other direction has are not required, and a
 * schema that contains itself becomes a `$ref` to `$defs`.
 */
export function toStandard(root: JsonObject, direction: Direction = 'answered'): JsonObject {
  const rewriting = new Rewriting(direction, { prefix: '#/$defs/', shares: false });
  const schema = rewriting.convert(root);
  const definitions = rewriting.takeNamed();
  return definitions.length === 0 ? schema : { ...schema, $defs: Object.fromEntries(definitions) };
}

/**
 * The same for any number of schemas that have parts in common. A part is written once and referred to by its name from
 * then on: written out, the schemas of a large description have millions of nodes.
 */
export class Rewriting {
  /** For each node that was written the node of the description that it came from. */
  readonly origins = new Map<object, JsonObject>();
  readonly #direction: Direction;
  readonly #prefix: string;
  readonly #shares: boolean;
  readonly #open = new Set<JsonObject>();
  readonly #finished = new Map<JsonObject, JsonObject>();
  readonly #names = new Map<JsonObject, string>();
  #taken = 0;

  /** `prefix` comes before the name in a reference; what does not share names a schema only where it contains itself. */
  constructor(direction: Direction, { prefix = '', shares = true } = {}) {
    this.#direction = direction;
    this.#prefix = prefix;
    this.#shares = shares;
  }

  convert(node: JsonObject): JsonObject {
    if (this.#open.has(node) || this.#names.has(node) || (this.#shares && this.#finished.has(node))) {
      return this.#referenceTo(node);
    }
    this.#open.add(node);
    const converted = convertKeywords(node, (child) => this.convert(child), this.#direction);
    this.#open.delete(node);
    this.#finished.set(node, converted);
    this.origins.set(converted, node);
    return this.#names.has(node) ? this.#referenceTo(node) : converted;
  }

  /** What was named since the last time. */
  takeNamed(): readonly (readonly [name: string, schema: JsonObject])[] {
    const named = [...this.#names].slice(this.#taken);
    this.#taken = this.#names.size;
    return named.flatMap(([node, name]) => {
      const schema = this.#finished.get(node);
      return schema ? [[name, schema] as const] : [];
    });
  }

  #referenceTo(node: JsonObject): JsonObject {
    const name = this.#names.get(node) ?? `schema${this.#names.size + 1}`;
    this.#names.set(node, name);
    return { $ref: `${this.#prefix}${name}` };
  }
}

/** The schemas that the keywords of a schema hold. */
export function schemasIn(node: JsonObject): readonly JsonObject[] {
  const found: JsonObject[] = [];
  convertKeywords(node, (child) => {
    found.push(child);
    return child;
  });
  return found;
}

function convertKeywords(
  node: JsonObject,
  convert: (schema: JsonObject) => JsonObject,
  direction: Direction = 'answered',
): JsonObject {
  const converted: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (!ANNOTATIONS.has(keyword) && !keyword.startsWith('x-')) {
      converted[keyword] = convertKeyword(keyword, value, convert);
    }
  }
  allowNull(node, converted);
  convertLimit(converted, 'minimum', 'exclusiveMinimum');
  convertLimit(converted, 'maximum', 'exclusiveMaximum');
  dropOptional(node, converted, direction);
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

function dropOptional(node: JsonObject, converted: Record<string, Json>, direction: Direction): void {
  const { required, properties } = node;
  if (isArray(required) && isObject(properties)) {
    const mark = direction === 'answered' ? 'writeOnly' : 'readOnly';
    converted['required'] = required.filter((name) => !isMarked(properties[String(name)], mark));
  }
}

function isMarked(property: Json | undefined, mark: 'readOnly' | 'writeOnly'): boolean {
  return isObject(property) && property[mark] === true;
}
