import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';
import { compileSchema, SchemaMistake } from '../schema/compile.ts';
import type { Schema } from '../schema/schema.ts';
import { anyUnresolved, complain, complainAt, type Reading } from './reading.ts';

/** Compiles each schema of a description once, however often it is used. */
export class Schemas {
  readonly #reading: Reading;
  readonly #compiled = new Map<JsonObject, Schema | undefined>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** The compiled schema at a key of `node`; undefined where there is none or, which is complained of, it does not compile or refers to nothing. */
  at(node: JsonObject, key: string): Schema | undefined {
    const source = node[key];
    if (!isObject(source)) {
      return undefined;
    }
    if (!this.#compiled.has(source)) {
      this.#compiled.set(source, this.#compile(source));
    }
    return this.#compiled.get(source);
  }

  /** Checks the `example`, `examples` and `default` that stand inside schemas, all of them with one compilation. */
  checkExamplesInside(): void {
    const found = examplesInside(
      [...this.#compiled].flatMap(([source, compiled]) => (compiled ? [source] : [])),
    );
    const frame = {
      type: 'object',
      properties: Object.fromEntries(found.map(({ holder }, index) => [String(index), holder])),
    };
    const values = Object.fromEntries(found.map(({ holder, key }, index) => [String(index), holder[key]]));
    const compiled = this.#compile(frame);
    for (const { pointer, expected, actual } of compiled?.check(values) ?? []) {
      const [, index = '0', ...rest] = pointer.split('/');
      const example = found[Number(index)];
      if (example) {
        const at = rest.length > 0 ? ` at "/${rest.join('/')}"` : '';
        const reason = `the ${example.key} contradicts its schema${at}: expected ${expected}, found ${actual}`;
        complain(
          this.#reading,
          example.key,
          example.holder,
          example.key,
          reason,
          'Correct the value or the schema.',
        );
      }
    }
  }

  #compile(source: JsonObject): Schema | undefined {
    const { origins } = this.#reading;
    if (anyUnresolved(this.#reading, below([source], subschemas))) {
      return undefined;
    }
    try {
      return compileSchema(source, (node, keyword) => origins.locate(node, keyword));
    } catch (error) {
      if (!(error instanceof SchemaMistake)) {
        throw error;
      }
      const reason = `the schema does not compile: ${error.message}`;
      complainAt(this.#reading, 'schema', error.where, reason, 'Correct the keyword.');
      return undefined;
    }
  }
}

interface ExampleInside {
  readonly holder: JsonObject;
  readonly key: 'example' | 'default';
}

function examplesInside(roots: readonly JsonObject[]): readonly ExampleInside[] {
  return below(roots, subschemas).flatMap((holder) =>
    (['default', 'example'] as const).flatMap((key) => (holder[key] === undefined ? [] : [{ holder, key }])),
  );
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
