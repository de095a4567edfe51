import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Operation, Parameter } from './model.ts';
import { readParameter } from './parameters.ts';
import {
  anyUnresolved,
  complain,
  complainAt,
  entriesAt,
  listAt,
  objectAt,
  type Reading,
  textAt,
} from './reading.ts';
import { checkResponseKey, readResponse } from './responses.ts';
import type { Schemas } from './schemas.ts';

/** https://spec.openapis.org/oas/v3.0.3#path-item-object */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads every operation below `paths`; what is wrong with one becomes a problem of the reading. */
export function readOperations(reading: Reading, root: JsonObject, schemas: Schemas): readonly Operation[] {
  const operations = entriesAt(reading, root, 'paths').flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const node = item[method];
      return isObject(node) ? [readOperation(reading, { path, method, item, node }, schemas)] : [];
    }),
  );
  refuseDoubles(reading, operations);
  if (operations.length === 0 && !anyUnresolved(reading, Object.values(objectAt(reading, root, 'paths')))) {
    complain(
      reading,
      'structure',
      root,
      'paths',
      'the description has no operation',
      'Describe at least one below "paths".',
    );
  }
  return operations;
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly item: JsonObject;
  readonly node: JsonObject;
}

function readOperation(reading: Reading, { path, method, item, node }: Place, schemas: Schemas): Operation {
  const where = reading.origins.locate(node);
  const responses = entriesAt(reading, node, 'responses').map(([key, response]) => {
    checkResponseKey(reading, objectAt(reading, node, 'responses'), key);
    return readResponse(reading, key, response, schemas);
  });
  if (responses.length === 0) {
    complain(
      reading,
      'structure',
      node,
      'responses',
      'the operation describes no response',
      'Add at least one below "responses".',
    );
  }
  const listed = [...listAt(reading, item, 'parameters'), ...listAt(reading, node, 'parameters')];
  const parameters = readParameters(reading, listed, schemas);
  if (!anyUnresolved(reading, listed)) {
    checkTemplate(reading, path, node, parameters);
  }
  const id = textAt(reading, node, 'operationId') ?? `${method.toUpperCase()} ${path}`;
  return { id, method: method.toUpperCase(), path, parameters, responses, where };
}

/** A parameter of the operation takes the place of the path item's of the same name and place. */
function readParameters(reading: Reading, listed: readonly Json[], schemas: Schemas): readonly Parameter[] {
  const all = listed.filter(isObject).flatMap((each) => readParameter(reading, each, schemas) ?? []);
  return [...new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

function checkTemplate(
  reading: Reading,
  path: string,
  node: JsonObject,
  parameters: readonly Parameter[],
): void {
  if (!path.startsWith('/')) {
    complain(
      reading,
      'structure',
      node,
      '',
      `the path "${path}" does not start with a slash`,
      'Write it with one.',
    );
  }
  const inTemplate = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  const described = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  for (const name of inTemplate.filter((each) => !described.includes(each))) {
    complain(
      reading,
      'path-parameter',
      node,
      '',
      `the path parameter "${name}" of ${path} is not described`,
      'Add it to "parameters".',
    );
  }
  for (const name of described.filter((each) => !inTemplate.includes(each))) {
    const advice = 'Put it into the path in braces, or remove it.';
    complain(
      reading,
      'path-parameter',
      node,
      'parameters',
      `the path parameter "${name}" is not in ${path}`,
      advice,
    );
  }
}

function refuseDoubles(reading: Reading, operations: readonly Operation[]): void {
  const seen = new Set<string>();
  for (const { id, where } of operations) {
    if (seen.has(id)) {
      const reason = `the operationId "${id}" is used twice`;
      complainAt(reading, 'operation-id', where, reason, 'Give each operation its own.');
    }
    seen.add(id);
  }
}
