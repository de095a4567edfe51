import { appendToken } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { isArray, isObject, type JsonObject } from '../json.ts';
import { schemaAt } from '../schema/schema-at.ts';
import { findResponse } from './lookup.ts';
import type { Act, Operation, Parameter, Refuses, ResponseDescription } from './model.ts';
import { complainAt, type Reading } from './reading.ts';

/** Checks that what the `x-` extensions of an operation name exists in it; what does not becomes a problem. */
export function checkSemantics(reading: Reading, operation: Operation): void {
  for (const parameter of operation.parameters) {
    checkFilters(reading, operation, parameter);
    checkIdentifies(reading, operation, parameter);
  }
  for (const refuses of operation.refuses) {
    checkRefuses(reading, operation, refuses);
  }
  for (const act of operation.acts) {
    checkAct(reading, operation, act);
  }
  for (const response of operation.responses) {
    checkTimes(reading, operation, response.key);
    checkLifecycles(reading, response);
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

function checkRefuses(
  reading: Reading,
  operation: Operation,
  { when, status, example, where }: Refuses,
): void {
  const response = findResponse(operation, status);
  const names = response?.mediaTypes.flatMap(({ examples }) => examples.map(({ name }) => name)) ?? [];
  if (!response) {
    report(reading, where, `"x-refuses" tells ${when} by ${status}, which is no response of ${operation.id}`);
  } else if (example !== undefined && !names.includes(example)) {
    report(
      reading,
      where,
      `"x-refuses" tells ${when} by "${example}", which is no example of the ${response.key} response`,
    );
  }
}

function checkAct(reading: Reading, operation: Operation, act: Act): void {
  const sent = operation.requestBody?.mediaTypes[0]?.schema?.source;
  for (const pointer of [...(act.request === undefined ? [] : [act.request]), ...Object.values(act.uses)]) {
    if (!schemaAt(sent, pointer)) {
      report(reading, act.where, `"x-${act.kind}": ${pointer} is no property of the request's body`);
    }
  }
  const answered = findResponse(operation, 200)?.mediaTypes[0]?.schema?.source;
  for (const pointer of [...act.response, ...(act.removed === undefined ? [] : [act.removed])]) {
    if (!schemaAt(answered, pointer)) {
      report(reading, act.where, `"x-${act.kind}": ${pointer} is no property of the 200 answer`);
    }
  }
  for (const name of Object.keys(act.query)) {
    if (!operation.parameters.some((parameter) => parameter.in === 'query' && parameter.name === name)) {
      report(reading, act.where, `"x-${act.kind}": there is no query parameter "${name}"`);
    }
  }
}

/** Every state must be one of the property's values, and some value must be the end of all moves. */
function checkLifecycles(reading: Reading, { mediaTypes }: ResponseDescription): void {
  for (const { schema } of mediaTypes) {
    for (const mark of schema?.marks ?? []) {
      if (mark.kind === 'lifecycle') {
        const named = [...mark.initial, ...Object.entries(mark.moves).flat(2)];
        const values = schemaAt(schema?.source, mark.at)?.['enum'];
        const unknown = named.find((state) => !isArray(values) || !values.includes(state));
        if (unknown !== undefined) {
          report(reading, mark.where, `"x-lifecycle" names "${unknown}", which is no value of the property`);
        } else if (mark.final.length === 0) {
          report(reading, mark.where, '"x-lifecycle" has moves from every value, so nothing ever ends');
        }
      }
    }
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

function report(reading: Reading, where: Location, reason: string): void {
  complainAt(reading, 'extension', where, reason, 'Correct the extension; see docs/contract-extensions.md.');
}
