import { appendToken, tokensOf } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { findResponse } from './lookup.ts';
import type { Operation, Parameter } from './model.ts';
import { complainAt, type Reading } from './reading.ts';

/** Checks that what the `x-` extensions of an operation name exists in it; what does not becomes a problem. */
export function checkSemantics(reading: Reading, operation: Operation): void {
  for (const parameter of operation.parameters) {
    checkFilters(reading, operation, parameter);
    checkIdentifies(reading, operation, parameter);
  }
  for (const response of operation.responses) {
    checkTimes(reading, operation, response.key);
  }
}

function checkFilters(reading: Reading, operation: Operation, { filters }: Parameter): void {
  const schema = findResponse(operation, 200)?.mediaTypes[0]?.schema;
  if (!filters || !schema) {
    return;
  }
  const items = schemaAt(schema.source, filters.items);
  const item = items?.['items'];
  if (!isObject(item)) {
    report(reading, filters.where, `"items: ${filters.items}" is no list of the 200 answer's schema`);
  } else if (!schemaAt(item, appendToken('', filters.by))) {
    report(reading, filters.where, `"by: ${filters.by}" is no property of the items of ${filters.items}`);
  }
}

function checkIdentifies(reading: Reading, operation: Operation, { identifies }: Parameter): void {
  if (!identifies) {
    return;
  }
  const response = findResponse(operation, identifies.absent);
  const names = response?.mediaTypes.flatMap(({ examples }) => examples.map(({ name }) => name)) ?? [];
  if (!response) {
    report(reading, identifies.where, `"absent: ${identifies.absent}" is no response of ${operation.id}`);
  } else if (identifies.example !== undefined && !names.includes(identifies.example)) {
    report(
      reading,
      identifies.where,
      `"example: ${identifies.example}" is no example of the ${response.key} response`,
    );
  }
}

function checkTimes(reading: Reading, operation: Operation, key: string): void {
  const mediaTypes = operation.responses.find((response) => response.key === key)?.mediaTypes ?? [];
  for (const { schema } of mediaTypes) {
    for (const mark of schema?.marks ?? []) {
      if (
        mark.kind === 'not-before' &&
        schema &&
        !schemaAt(itemAround(schema.source, mark.at), mark.earlier)
      ) {
        report(reading, mark.where, `"x-not-before: ${mark.earlier}" leads to no property of its item`);
      }
    }
  }
}

/** The schema of the innermost list item around a property, or the root. */
function itemAround(root: JsonObject, at: string): JsonObject | undefined {
  const end = at.lastIndexOf('/*');
  return end < 0 ? root : schemaAt(root, at.slice(0, end + 2));
}

/** The schema of the value at a pointer, in which `*` stands for any index; looks into `allOf`. */
function schemaAt(root: JsonObject | undefined, pointer: string): JsonObject | undefined {
  return tokensOf(pointer).reduce<JsonObject | undefined>(
    (schema, token) => (token === '*' ? itemsOf(schema) : propertyOf(schema, token)),
    root,
  );
}

function itemsOf(schema: JsonObject | undefined): JsonObject | undefined {
  const items = schema?.['items'];
  return isObject(items) ? items : undefined;
}

function propertyOf(schema: JsonObject | undefined, name: string): JsonObject | undefined {
  const properties = schema?.['properties'];
  const own = isObject(properties) ? properties[name] : undefined;
  const parts = schema?.['allOf'];
  if (isObject(own)) {
    return own;
  }
  return Array.isArray(parts)
    ? parts
        .filter(isObject)
        .map((part) => propertyOf(part, name))
        .find((each) => each)
    : undefined;
}

function report(reading: Reading, where: Location, reason: string): void {
  complainAt(reading, 'extension', where, reason, 'Correct the extension; see docs/contract-extensions.md.');
}
