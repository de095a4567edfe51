import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';
import { SchemaCompiler, SchemaMistake } from '../schema/compile.ts';
import type { Schema } from '../schema/schema.ts';
import type { Direction } from '../schema/standard.ts';
import { choiceOf } from './examples.ts';
import { anyUnresolved, complain, complainAt, type Reading } from './reading.ts';

/** Compiles each schema of a description once, however often it is used. */
export class Schemas {
  readonly #reading: Reading;
  readonly #compilers: Readonly<Record<Direction, SchemaCompiler>>;
  readonly #compiled = { answered: new Map<JsonObject, Compiled>(), sent: new Map<JsonObject, Compiled>() };
  readonly #resolved = new Set<JsonObject>();
  readonly #asked = new Set<JsonObject>();
  readonly #examined = new Set<JsonObject>();

  constructor(reading: Reading) {
    const locate = (node: object, keyword: string) => reading.origins.locate(node, keyword);
    this.#reading = reading;
    this.#compilers = {
      answered: new SchemaCompiler(locate, 'answered'),
      sent: new SchemaCompiler(locate, 'sent'),
    };
  }

  /** The compiled schema at a key of `node`; undefined where there is none or, which is complained of, it does not compile or refers to nothing. */
  at(node: JsonObject, key: string, direction: Direction = 'answered'): Schema | undefined {
    const source = node[key];
    if (!isObject(source)) {
      return undefined;
    }
    const compiled = this.#compile(source, direction);
    if (compiled instanceof SchemaMistake && !this.#asked.has(source)) {
      const reason = `the schema does not compile: ${compiled.message}`;
      complainAt(this.#reading, 'schema', compiled.where, reason, 'Correct the keyword.');
    }
    this.#asked.add(source);
    return schemaOf(compiled);
  }

  /** A schema compiled; undefined where it cannot be, which is the matter of who asks for it with `at`. */
  of(source: JsonObject): Schema | undefined {
    return schemaOf(this.#compile(source, 'answered'));
  }

  /** Checks the `example` and `default` that stand inside the schemas asked for since the last time. */
  checkExamplesInside(): void {
    const fresh = (schema: JsonObject) => !this.#examined.has(schema);
    for (const holder of below([...this.#asked].filter(fresh), (each) => subschemas(each).filter(fresh))) {
      this.#examined.add(holder);
      for (const key of ['default', 'example'] as const) {
        this.#checkInside(holder, key);
      }
    }
  }

  #checkInside(holder: JsonObject, key: 'default' | 'example'): void {
    const value = holder[key];
    const violations = value === undefined ? [] : (this.of(holder)?.check(value) ?? []);
    for (const violation of violations) {
      const { pointer, expected, actual } = violation;
      const at = pointer === '' ? '' : ` at "${pointer}"`;
      const reason = `the ${key} contradicts its schema${at}: expected ${expected}, found ${actual}`;
      complain(
        this.#reading,
        key,
        holder,
        key,
        reason,
        'Correct the value or the schema.',
        choiceOf(violation),
      );
    }
  }

  #compile(source: JsonObject, direction: Direction): Compiled {
    const known = this.#compiled[direction];
    if (!known.has(source)) {
      known.set(source, this.#isResolved(source) ? this.#tryTo(source, direction) : undefined);
    }
    return known.get(source);
  }

  #tryTo(source: JsonObject, direction: Direction): Compiled {
    try {
      return this.#compilers[direction].compile(source);
    } catch (error) {
      if (error instanceof SchemaMistake) {
        return error;
      }
      throw error;
    }
  }

  /** Whether every reference in a schema leads to something. */
  #isResolved(source: JsonObject): boolean {
    const parts = below([source], (each) => subschemas(each).filter((part) => !this.#resolved.has(part)));
    if (anyUnresolved(this.#reading, parts)) {
      return false;
    }
    for (const part of parts) {
      this.#resolved.add(part);
    }
    return true;
  }
}

/** A schema, what is wrong with it, or nothing where it is not known as a whole. */
type Compiled = Schema | SchemaMistake | undefined;

function schemaOf(compiled: Compiled): Schema | undefined {
  return compiled instanceof SchemaMistake ? undefined : compiled;
}

/** Some schemas and all that `children` leads to from them, each once, also where they contain themselves. */
export function below(
  roots: readonly JsonObject[],
  children: (schema: JsonObject) => readonly JsonObject[],
): readonly JsonObject[] {
  const found = new Set(roots);
  for (const schema of found) {
    for (const child of children(schema)) {
      found.add(child);
    }
  }
  return [...found];
}

/** The schemas that a schema consists of, but for those that are conditions, such as `not` and `if`. */
export function subschemas(schema: JsonObject): readonly JsonObject[] {
  const { properties, patternProperties, items, prefixItems, additionalProperties } = schema;
  const named = [properties, patternProperties].flatMap((map) => (isObject(map) ? Object.values(map) : []));
  const listed = isArray(prefixItems) ? prefixItems : [];
  return [...[...named, items, ...listed, additionalProperties].filter(isObject), ...parts(schema)];
}

/** The schemas that speak of the same value as the one that lists them. */
export function parts({ allOf, anyOf, oneOf }: JsonObject): readonly JsonObject[] {
  return [allOf, anyOf, oneOf].flatMap((list) => (isArray(list) ? list.filter(isObject) : []));
}
