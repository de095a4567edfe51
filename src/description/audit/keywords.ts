import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { expressionOf } from '../../schema/patterns.ts';
import { FORMATS } from './formats.ts';
import { accuse, listOf, objectOf, propertiesOf, type Subject, wholeOf } from './subject.ts';

/** Rules `limits`, `enum-value`, `enum-twice`, `required-forbidden`, `required-undescribed` and `format`. */
export function auditKeywords(subject: Subject): void {
  const described = describedNames(subject.schemas);
  for (const schema of subject.schemas) {
    auditLimits(subject, schema);
    auditEnum(subject, schema);
    auditRequired(subject, schema, described.get(schema) ?? new Set());
  }
  auditFormats(subject);
}

/** A format of one's own may stand in many places: it is told once. */
function auditFormats(subject: Subject): void {
  const users = new Map<string, JsonObject[]>();
  for (const schema of subject.schemas) {
    const { format } = schema;
    if (typeof format === 'string' && !FORMATS.has(format)) {
      users.set(format, [...(users.get(format) ?? []), schema]);
    }
  }
  for (const [format, [first, ...others]] of users) {
    const rest = others.length > 0 ? ` (here and ${others.length} times more)` : '';
    const reason = `neither OpenAPI nor JSON Schema defines the format "${format}"${rest}`;
    accuse(subject, 'format', first ?? {}, 'format', reason);
  }
}

const LIMITS = [
  ['minimum', 'maximum'],
  ['exclusiveMinimum', 'maximum'],
  ['minimum', 'exclusiveMaximum'],
  ['exclusiveMinimum', 'exclusiveMaximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

function auditLimits(subject: Subject, schema: JsonObject): void {
  for (const [least, most] of LIMITS) {
    const [lower, upper] = [schema[least], schema[most]];
    if (
      typeof lower === 'number' &&
      typeof upper === 'number' &&
      !leavesRoom(schema, least, most, lower, upper)
    ) {
      const reason = `${least} ${lower} and ${most} ${upper} leave no value between them`;
      accuse(subject, 'limits', schema, least, reason);
    }
  }
}

/** Equal limits leave one value, unless one of them is exclusive, as a keyword of its own or (OpenAPI 3.0) as a flag. */
function leavesRoom(
  { exclusiveMinimum, exclusiveMaximum }: JsonObject,
  least: string,
  most: string,
  lower: number,
  upper: number,
): boolean {
  const isExclusive =
    `${least} ${most}`.includes('exclusive') ||
    (least === 'minimum' && (exclusiveMinimum === true || exclusiveMaximum === true));
  return isExclusive ? lower < upper : lower <= upper;
}

function auditEnum(subject: Subject, schema: JsonObject): void {
  const { enum: members, const: constant, default: _, example: __, ...rest } = schema;
  const values = listOf(members);
  const key = values.length > 0 ? 'enum' : 'const';
  const all = constant === undefined ? values : [...values, constant];
  const others = all.length > 0 ? subject.compiled.of(rest) : undefined;
  for (const value of all) {
    for (const { expected } of others?.check(value) ?? []) {
      const reason = `${JSON.stringify(value)} is in the ${key}, yet the schema asks for ${expected}`;
      accuse(subject, 'enum-value', schema, key, reason);
    }
  }
  const twice = values.filter(
    (value, index) => values.findIndex((each) => isDeepStrictEqual(each, value)) < index,
  );
  for (const value of new Set(twice)) {
    accuse(subject, 'enum-twice', schema, 'enum', `${JSON.stringify(value)} is in the enum twice`);
  }
}

function auditRequired(subject: Subject, schema: JsonObject, described: ReadonlySet<string>): void {
  const { required, additionalProperties, patternProperties } = schema;
  const own = objectOf(schema['properties']);
  const patterns = Object.keys(objectOf(patternProperties));
  for (const name of listOf(required).map(String)) {
    const isMatched = Object.hasOwn(own, name) || patterns.some((pattern) => matches(pattern, name));
    if (additionalProperties === false && !isMatched) {
      accuse(subject, 'required-forbidden', schema, 'required', `"${name}" is required and forbidden`);
    } else if (!isMatched && !described.has(name) && !isObject(additionalProperties)) {
      accuse(subject, 'required-undescribed', schema, 'required', `"${name}" is required, yet no property`);
    }
  }
}

function matches(pattern: string, name: string): boolean {
  try {
    return expressionOf(pattern).test(name);
  } catch {
    return true;
  }
}

/** For each schema the properties that it, its parts, or a schema that it is a part of describes. */
function describedNames(schemas: readonly JsonObject[]): ReadonlyMap<Json, ReadonlySet<string>> {
  const described = new Map<Json, Set<string>>();
  for (const schema of schemas) {
    const names = propertiesOf(schema).map(([name]) => name);
    for (const part of wholeOf(schema)) {
      described.set(part, new Set([...(described.get(part) ?? []), ...names]));
    }
  }
  return described;
}
