import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { expressionOf } from './patterns.ts';

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];

/** A keyword whose value has the wrong form, and what it should be. */
export interface KeywordMistake {
  readonly node: JsonObject;
  readonly keyword: string;
  readonly expected: string;
}

type Form = readonly [expected: string, fits: (value: Json) => boolean];

const NUMBER: Form = ['a number', (value) => typeof value === 'number'];
const COUNT: Form = [
  'a whole number of at least 0',
  (value) => Number.isInteger(value) && Number(value) >= 0,
];
const LIMIT: Form = [
  'a number (or, in OpenAPI 3.0, a boolean)',
  (value) => /number|boolean/.test(typeof value),
];
const TEXT: Form = ['a text', (value) => typeof value === 'string'];
const LIST: Form = ['a list with at least one member', (value) => isArray(value) && value.length > 0];
const SCHEMA: Form = ['a schema', (value) => isObject(value) || typeof value === 'boolean'];
const SCHEMAS: Form = [
  'a list of schemas',
  (value) => isArray(value) && value.length > 0 && value.every(isObject),
];
const SCHEMA_MAP: Form = [
  'a map of schemas',
  (value) => isObject(value) && Object.values(value).every((each) => SCHEMA[1](each)),
];
const NAMES: Form = [
  'a list of property names',
  (value) => isArray(value) && value.every((name) => typeof name === 'string'),
];
const TYPE: Form = [`one of ${TYPES.join(', ')}, or a list of them`, isType];
const PATTERN: Form = ['a regular expression', isPattern];

/** The form of every keyword that a validator acts on (JSON Schema 2020-12 validation and applicator vocabularies). */
const FORMS: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    type: TYPE,
    enum: LIST,
    required: NAMES,
    pattern: PATTERN,
    format: TEXT,
    multipleOf: NUMBER,
    minimum: NUMBER,
    maximum: NUMBER,
    exclusiveMinimum: LIMIT,
    exclusiveMaximum: LIMIT,
    minLength: COUNT,
    maxLength: COUNT,
    minItems: COUNT,
    maxItems: COUNT,
    minProperties: COUNT,
    maxProperties: COUNT,
    items: SCHEMA,
    additionalProperties: SCHEMA,
    not: SCHEMA,
    allOf: SCHEMAS,
    anyOf: SCHEMAS,
    oneOf: SCHEMAS,
    properties: SCHEMA_MAP,
    patternProperties: SCHEMA_MAP,
  }),
);

/** The keywords of a schema node that no validator could make sense of. */
export function keywordMistakes(node: JsonObject): readonly KeywordMistake[] {
  return Object.entries(node).flatMap(([keyword, value]) => {
    const form = FORMS.get(keyword);
    return form && !form[1](value) ? [{ node, keyword, expected: form[0] }] : [];
  });
}

function isType(value: Json): boolean {
  const names = isArray(value) ? value : [value];
  return names.length > 0 && names.every((name) => TYPES.includes(String(name)));
}

function isPattern(value: Json): boolean {
  try {
    return typeof value === 'string' && expressionOf(value).source !== '';
  } catch {
    return false;
  }
}
