import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { appendToken } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { isDateTime } from './date-time.ts';
import { keywordMistakes } from './keywords.ts';
import { marksOf } from './marks.ts';
import type { Schema, SchemaViolation } from './schema.ts';
import { type StandardSchema, toStandard } from './standard.ts';
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
  const standard = toStandard(schema);
  const where = locate(schema, '');
  refuseMistakes(standard, locate);
  const validate = compileStandard(standard, where);
  return {
    source: schema,
    standard: standard.schema,
    where,
    marks: marksOf(schema, locate),
    check: (value) =>
      validate(value)
        ? []
        : (validate.errors ?? []).map((error) => toViolation(error, value, standard, locate, where)),
  };
}

function refuseMistakes({ origins }: StandardSchema, locate: Locate): void {
  for (const node of origins.values()) {
    for (const { keyword, expected } of keywordMistakes(node)) {
      throw new SchemaMistake(`the keyword "${keyword}" must be ${expected}`, locate(node, keyword));
    }
  }
}

function compileStandard({ schema }: StandardSchema, where: Location): ValidateFunction {
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
  });
  formats.default(ajv);
  ajv.addFormat('date-time', isDateTime);
  try {
    return ajv.compile(schema);
  } catch (error) {
    throw new SchemaMistake(error instanceof Error ? error.message : String(error), where);
  }
}

function toViolation(
  error: ErrorObject,
  root: unknown,
  { origins }: StandardSchema,
  locate: Locate,
  where: Location,
): SchemaViolation {
  const origin = error.parentSchema && origins.get(error.parentSchema);
  const { missingProperty, additionalProperty } = error.params;
  const name: unknown = missingProperty ?? additionalProperty;
  const data = error.instancePath === '' ? root : error.data;
  return {
    pointer: typeof name === 'string' ? appendToken(error.instancePath, name) : error.instancePath,
    keyword: error.keyword,
    expected: expectationOf(error),
    actual: actualOf(typeof name === 'string' && isObject(data) ? data[name] : data),
    where: origin ? locate(origin, error.keyword) : where,
  };
}
