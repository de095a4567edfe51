import type { Description, MediaType, Operation, ResponseDescription } from '../description/model.ts';
import { sameMediaType } from '../http/media-type.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { type Call, contentType, valuesOf } from './call.ts';
import { matchesOf } from './lists.ts';

/** How deep schemas are walked: a recursive one has no end. */
const DEPTH = 8;

/** What of an operation's description was seen. */
export interface OperationCoverage {
  /** The id of the operation. */
  readonly operation: string;
  /** How many requests called it. */
  readonly requests: number;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly seen: boolean }[];
  readonly responses: readonly ResponseCoverage[];
}

export interface ResponseCoverage {
  /** `200`, `5XX` or `default`. */
  readonly status: string;
  /** In how many answers it was seen. */
  readonly seen: number;
  readonly mediaTypes: readonly MediaTypeCoverage[];
}

export interface MediaTypeCoverage {
  readonly type: string;
  readonly seen: boolean;
  /** Each described property, by a JSON pointer in which `*` stands for any index. */
  readonly properties: readonly PropertyCoverage[];
}

export interface PropertyCoverage {
  readonly pointer: string;
  readonly seen: boolean;
  /** The members of its enum, as JSON; absent where it has none. */
  readonly values?: readonly { readonly value: string; readonly seen: boolean }[];
}

/** What of a description the answers showed: every operation, parameter, status, media type, property and enum member. */
export function coverageOf(
  { operations }: Description,
  calls: readonly Call[],
): readonly OperationCoverage[] {
  return operations.map((operation) => {
    const own = calls.filter(
      (call) => call.operation === operation && !call.beside && call.status !== undefined,
    );
    return {
      operation: operation.id,
      requests: own.length,
      parameters: parametersOf(operation, own),
      responses: operation.responses.map((response) => responseOf(response, own)),
    };
  });
}

function parametersOf({ parameters }: Operation, calls: readonly Call[]): OperationCoverage['parameters'] {
  return parameters.map((parameter) => {
    const { name, in: place } = parameter;
    const isSent = (call: Call) =>
      valuesOf(call, parameter).length > 0 ||
      call.exchange.request.headers.some(
        ([each]) => place === 'header' && each.toLowerCase() === name.toLowerCase(),
      );
    return { name, in: place, seen: calls.some(isSent) };
  });
}

function responseOf(response: ResponseDescription, all: readonly Call[]): ResponseCoverage {
  const calls = all.filter(({ described }) => described === response);
  return {
    status: response.key,
    seen: calls.length,
    mediaTypes: response.mediaTypes.map((mediaType) => mediaTypeOf(mediaType, calls)),
  };
}

function mediaTypeOf({ type, schema }: MediaType, all: readonly Call[]): MediaTypeCoverage {
  const calls = all.filter((call) => sameMediaType(type, contentType(call) ?? ''));
  // Equal bodies are one object.
  const contents = new Set(calls.map(({ content }) => content));
  const bodies = [...contents].flatMap((content) => (content.kind === 'json' ? [content.value] : []));
  const described = schema ? [...propertiesIn(schema.standard, '', DEPTH)] : [];
  const properties = new Map(described.map((each) => [each.pointer, each]));
  return {
    type,
    seen: calls.length > 0,
    properties: [...properties.values()].map((each) => propertyOf(each, bodies)),
  };
}

/** A property that a schema describes. */
interface Property {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** The properties of a schema and of all that is nested in it; `$ref`s stand for recursion and are not followed. */
function* propertiesIn(
  schema: Json | undefined,
  pointer: string,
  depth: number,
): Generator<Property, undefined> {
  if (!isObject(schema) || depth === 0) {
    return;
  }
  const { properties, items } = schema;
  for (const [name, each] of isObject(properties) ? Object.entries(properties) : []) {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    yield { pointer: at, schema: isObject(each) ? each : {} };
    yield* propertiesIn(each, at, depth - 1);
  }
  yield* propertiesIn(items, `${pointer}/*`, depth - 1);
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const parts = schema[keyword];
    for (const part of isArray(parts) ? parts : []) {
      yield* propertiesIn(part, pointer, depth - 1);
    }
  }
}

function propertyOf({ pointer, schema }: Property, bodies: readonly Json[]): PropertyCoverage {
  const members = schema['enum'];
  const found = new Set<string>();
  let seen = false;
  for (const body of bodies) {
    for (const { value } of matchesOf(body, pointer)) {
      seen = true;
      if (!isArray(members)) {
        break;
      }
      found.add(typeof value === 'object' && value !== null ? '' : JSON.stringify(value));
    }
  }
  const texts = isArray(members) ? members.map((each) => JSON.stringify(each)) : undefined;
  return {
    pointer,
    seen,
    ...(texts && { values: texts.map((value) => ({ value, seen: found.has(value) })) }),
  };
}
