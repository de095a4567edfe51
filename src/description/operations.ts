import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { readActs } from './acts.ts';
import { METHODS, readRefuses } from './extensions.ts';
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
import { readRequestBody } from './request-body.ts';
import { checkResponseKey, readResponse } from './responses.ts';
import type { Schemas } from './schemas.ts';
import { readBasePaths } from './servers.ts';

/** Reads every operation below `paths`; what is wrong with one becomes a problem of the reading. */
export function readOperations(reading: Reading, root: JsonObject, schemas: Schemas): readonly Operation[] {
  const operations = entriesAt(reading, root, 'paths').flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const node = item[method];
      return isObject(node) ? [readOperation(reading, { root, path, method, item, node }, schemas)] : [];
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
  readonly root: JsonObject;
  readonly path: string;
  readonly method: string;
  readonly item: JsonObject;
  readonly node: JsonObject;
}

function readOperation(reading: Reading, place: Place, schemas: Schemas): Operation {
  const { path, method, item, node } = place;
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
  return {
    id: textAt(reading, node, 'operationId') ?? `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    basePaths: basePathsOf(reading, place),
    parameters,
    requestBody: readRequestBody(reading, node, schemas),
    responses,
    accepts: isArray(node['x-accepts']) ? node['x-accepts'].map(String) : undefined,
    refuses: readRefuses(node, reading.origins.locate(node, 'x-refuses')),
    otherMethods: listAt(reading, item, 'x-other-methods').map(String),
    acts: readActs(reading, node),
    where,
  };
}

/** The nearest `servers` count, and no others (OpenAPI 3.0.3 "Path Item Object" and "Operation Object"). */
function basePathsOf(reading: Reading, { root, item, node }: Place): readonly string[] {
  const holder = [node, item].find(({ servers }) => isArray(servers) && servers.length > 0);
  return readBasePaths(reading, holder ?? root);
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
