import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { appendToken } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { withoutBranches } from './choices.ts';
import { isDateTime } from './date-time.ts';
import { keywordMistakes } from './keywords.ts';
import { marksOf } from './marks.ts';
import { expressionOf } from './patterns.ts';
import type { Schema, SchemaViolation } from './schema.ts';
import { type Direction, Rewriting, schemasIn, toStandard } from './standard.ts';
import { actualOf, expectationOf } from './words.ts';

/** Finds the line of a keyword of a schema node. */
export type Locate = (node: object, keyword: string) => Location;

/** Thrown for a schema that cannot be compiled; the caller knows which document it belongs to. */
export class SchemaMistake extends Error {
  override readonly name = 'SchemaMistake';
  readonly where: Location;

  constructor(message: string, where: Location) {
    super(message);
    this.where = where;
  }
}

/**
 * Compiles a resolved schema of OpenAPI 3.0 or 3.1 (or plain JSON Schema 2020-12).
 * `locate` gets nodes of `schema`, as they are.
 * @throws SchemaMistake where a keyword has the wrong form or the validator refuses the schema.
 */
export function compileSchema(schema: JsonObject, locate: Locate): Schema {
  return new SchemaCompiler(locate, 'answered').compile(schema);
}

/** Compiles schemas that have parts in common, each part once. */
export class SchemaCompiler {
  readonly #locate: Locate;
  readonly #direction: Direction;
  readonly #ajv = createValidator();
  readonly #rewriting: Rewriting;
  readonly #sound = new Set<JsonObject>();

  constructor(locate: Locate, direction: Direction) {
    this.#locate = locate;
    this.#direction = direction;
    this.#rewriting = new Rewriting(direction);
  }

  /** @throws SchemaMistake as `compileSchema` does. */
  compile(source: JsonObject): Schema {
    const where = this.#locate(source, '');
    this.#refuseMistakes(source);
    const validate = this.#validator(source, where);
    const direction = this.#direction;
    let standard: JsonObject | undefined;
    return {
      source,
      get standard() {
        standard ??= toStandard(source, direction);
        return standard;
      },
      where,
      marks: marksOf(source, this.#locate),
      check: (value) => this.#check(validate, value, where),
    };
  }

  #check(validate: ValidateFunction, value: unknown, where: Location): readonly SchemaViolation[] {
    try {
      const errors = validate(value) ? [] : (validate.errors ?? []);
      const { origins } = this.#rewriting;
      const causes = withoutBranches(errors, (schema) => origins.get(schema));
      return someOfEach(causes).map((error) => this.#violation(error, value, where));
    } catch (error) {
      if (!(error instanceof RangeError)) {
        throw error;
      }
      const expected = 'a value that can be checked to its end';
      return [{ pointer: '', keyword: '', expected, actual: 'one nested too deeply', where }];
    }
  }

  #refuseMistakes(source: JsonObject): void {
    const nodes = new Set([source]);
    for (const node of nodes) {
      for (const { keyword, expected } of keywordMistakes(node)) {
        const message = `the keyword "${keyword}" must be ${expected}`;
        throw new SchemaMistake(message, this.#locate(node, keyword));
      }
      for (const child of schemasIn(node).filter((each) => !this.#sound.has(each))) {
        nodes.add(child);
      }
    }
    for (const node of nodes) {
      this.#sound.add(node);
    }
  }

  #validator(source: JsonObject, where: Location): ValidateFunction {
    const schema = this.#rewriting.convert(source);
    try {
      for (const [name, part] of this.#rewriting.takeNamed()) {
        this.#ajv.addSchema(part, name);
      }
      return this.#ajv.compile(schema);
    } catch (error) {
      throw new SchemaMistake(error instanceof Error ? error.message : String(error), where);
    }
  }

  #violation(error: ErrorObject, root: unknown, where: Location): SchemaViolation {
    const origin = error.parentSchema && this.#rewriting.origins.get(error.parentSchema);
    const { missingProperty, additionalProperty } = error.params;
    const name: unknown = missingProperty ?? additionalProperty;
    const data = error.instancePath === '' ? root : error.data;
    return {
      pointer: typeof name === 'string' ? appendToken(error.instancePath, name) : error.instancePath,
      keyword: error.keyword,
      expected: expectationOf(error),
      actual: actualOf(typeof name === 'string' && isObject(data) ? data[name] : data),
      where: origin ? this.#locate(origin, error.keyword) : where,
    };
  }
}

function createValidator(): Ajv2020 {
  // The meta-schema is left out: compiling it takes 20 ms, and the forms of the keywords are checked above.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    meta: false,
    logger: false,
    // A property counts only where the value has it itself: {} has no "constructor".
    ownProperties: true,
    // Larger parts become functions, of which each is compiled once.
    inlineRefs: 20,
    // Half of the time of compiling, and nothing in that of checking.
    code: {
      optimize: false,
      regExp: Object.assign((pattern: string) => expressionOf(pattern), { code: '' }),
    },
  });
  formats.default(ajv);
  ajv.addFormat('date-time', isDateTime);
  return ajv;
}

/** How often a value may break one keyword of a schema until that is told often enough. */
const TOLD = 100;

/** A long list may break a schema in each of its items. */
function someOfEach(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const counts = new Map<string, number>();
  return errors.filter(({ schemaPath }) => {
    counts.set(schemaPath, (counts.get(schemaPath) ?? 0) + 1);
    return (counts.get(schemaPath) ?? 0) <= TOLD;
  });
}
