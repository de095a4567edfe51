import type { Location } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Schema, SchemaViolation } from '../schema/schema.ts';
import type { Example } from './model.ts';
import { complain, complainAt, entriesAt, type Reading } from './reading.ts';

/** The name of an `example` that has none. */
export const UNNAMED = 'default';

/**
 * The `example` and `examples` of a media type or parameter, each checked against the schema.
 * https://spec.openapis.org/oas/v3.0.3#example-object
 */
export function readExamples(
  reading: Reading,
  node: JsonObject,
  schema: Schema | undefined,
): readonly Example[] {
  const examples = [...unnamed(reading, node), ...named(reading, node)];
  for (const { name, value, where } of examples) {
    for (const violation of schema?.check(value) ?? []) {
      const { pointer, expected, actual } = violation;
      const reason = `the example "${name}" contradicts its schema at "${pointer}": expected ${expected}, found ${actual}`;
      complainAt(
        reading,
        'example',
        where,
        reason,
        'Correct the example or the schema.',
        choiceOf(violation),
      );
    }
  }
  return examples;
}

/** Where the choice stands that a value breaks, if it is one. */
export function choiceOf({ keyword, where }: SchemaViolation): Location | undefined {
  return keyword === 'oneOf' || keyword === 'anyOf' ? where : undefined;
}

function unnamed(reading: Reading, node: JsonObject): readonly Example[] {
  const value = node['example'];
  return value === undefined
    ? []
    : [{ name: UNNAMED, value, where: reading.origins.locate(node, 'example') }];
}

function named(reading: Reading, node: JsonObject): readonly Example[] {
  if (node['example'] !== undefined && node['examples'] !== undefined) {
    complain(
      reading,
      'structure',
      node,
      'examples',
      '"example" and "examples" exclude each other',
      'Keep one of them.',
    );
  }
  return entriesAt(reading, node, 'examples').flatMap(([name, example]) => {
    const { value, externalValue } = example;
    if (value === undefined && externalValue === undefined) {
      complain(reading, 'structure', example, '', `the example "${name}" has no value`, 'Add "value".');
    }
    return value === undefined ? [] : [{ name, value, where: reading.origins.locate(example, 'value') }];
  });
}
