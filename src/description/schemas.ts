import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';
import { compileSchema, SchemaMistake } from '../schema/compile.ts';
import type { Schema } from '../schema/schema.ts';
import { complain, type Reading } from './reading.ts';

/** Compiles each schema of a description once, however often it is used. */
export class Schemas {
  readonly #reading: Reading;
  readonly #compiled = new Map<JsonObject, Schema | undefined>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** The compiled schema at a key of `node`; undefined where there is none or, which is complained of, it does not compile. */
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
    const found = examplesInside([...this.#compiled.keys()]);
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
        complain(this.#reading, example.holder, example.key, reason, 'Correct the value or the schema.');
      }
    }
  }

  #compile(source: JsonObject): Schema | undefined {
    const { origins, problems } = this.#reading;
    try {
      return compileSchema(source, (node, keyword) => origins.locate(node, keyword));
    } catch (error) {
      if (!(error instanceof SchemaMistake)) {
        throw error;
      }
      const facts = {
        reason: `the schema does not compile: ${error.message}`,
        advice: 'Correct the keyword.',
      };
      problems.push({ code: 'DESCRIPTION_INVALID', facts, where: error.where });
      return undefined;
    }
  }
}

interface ExampleInside {
  readonly holder: JsonObject;
  readonly key: 'example' | 'default';
}

function examplesInside(roots: readonly JsonObject[]): readonly ExampleInside[] {
  const seen = new Set<JsonObject>();
  const found: ExampleInside[] = [];

  function visit(schema: JsonObject): void {
    if (seen.has(schema)) {
      return;
    }
    seen.add(schema);
    for (const key of ['default', 'example'] as const) {
      if (schema[key] !== undefined) {
        found.push({ holder: schema, key });
      }
    }
    for (const child of subschemas(schema)) {
      visit(child);
    }
  }

  roots.forEach(visit);
  return found;
}

function subschemas(schema: JsonObject): readonly JsonObject[] {
  const { properties, items, additionalProperties, allOf, anyOf, oneOf } = schema;
  const lists = [allOf, anyOf, oneOf].flatMap((list) => (isArray(list) ? list : []));
  const named = isObject(properties) ? Object.values(properties) : [];
  return [...named, items, additionalProperties, ...lists].filter(isObject);
}
