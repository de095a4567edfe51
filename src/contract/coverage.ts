import type { Description, MediaType, Parameter, ResponseDescription } from '../description/model.ts';
import { parseMediaType } from '../http/media-type.ts';
import { bodyCoverageOf, type MemberCoverage, membersOf, type PropertyCoverage } from './body-coverage.ts';
import { type Call, contentType, schemaOf, valuesOf } from './call.ts';
import { headerValues } from './exchange.ts';

/** What of an operation's description was seen. */
export interface OperationCoverage {
  /** The id of the operation. */
  readonly operation: string;
  /** How many requests called it. */
  readonly requests: number;
  readonly parameters: readonly ParameterCoverage[];
  readonly responses: readonly ResponseCoverage[];
}

export interface ParameterCoverage {
  readonly name: string;
  readonly in: Parameter['in'];
  readonly required: boolean;
  /** Whether a request had it. */
  readonly seen: boolean;
  /** Whether a request left it out. */
  readonly omitted: boolean;
  /** The members of its enum; absent where it has none. */
  readonly values?: readonly MemberCoverage[];
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
  readonly properties: readonly PropertyCoverage[];
}

/** What of a description was seen: every operation, parameter, status, media type, property and enum member. */
export function coverageOf(
  { operations }: Description,
  calls: readonly Call[],
): readonly OperationCoverage[] {
  return operations.map((operation) => {
    const own = calls.filter((call) => call.operation === operation && !call.beside);
    return {
      operation: operation.id,
      requests: own.length,
      parameters: operation.parameters.map((parameter) => parameterOf(parameter, own)),
      responses: operation.responses.map((response) => responseOf(response, own)),
    };
  });
}

function parameterOf(parameter: Parameter, calls: readonly Call[]): ParameterCoverage {
  const { name, in: place, required, schema } = parameter;
  const given = calls.map((call) => textsOf(call, parameter));
  const texts = new Set(given.flat().flatMap((text) => [text, ...text.split(',')]));
  // Of a list, the members of its items count.
  const members = schema && (membersOf(schema.standard) ?? membersOf(schema.standard['items']));
  return {
    name,
    in: place,
    required,
    seen: given.some((each) => each.length > 0),
    omitted: given.some((each) => each.length === 0),
    ...(members && {
      values: members.map((each) => ({ value: JSON.stringify(each), seen: texts.has(String(each)) })),
    }),
  };
}

/** The values that a request gives to a parameter; an empty text for one that cannot be decoded. */
function textsOf(call: Call, parameter: Parameter): readonly string[] {
  const { headers } = call.exchange.request;
  switch (parameter.in) {
    case 'header':
      return headerValues(headers, parameter.name);
    case 'cookie':
      return headerValues(headers, 'Cookie')
        .flatMap((line) => line.split(/; */))
        .filter((pair) => pair.startsWith(`${parameter.name}=`))
        .map((pair) => pair.slice(parameter.name.length + 1));
    default:
      return valuesOf(call, parameter).map((value) => value ?? '');
  }
}

function responseOf(response: ResponseDescription, all: readonly Call[]): ResponseCoverage {
  const calls = all.filter(({ described }) => described === response);
  const types = new Set(calls.map((call) => typeOf(response, contentType(call) ?? '')));
  return {
    status: response.key,
    seen: calls.length,
    mediaTypes: response.mediaTypes.map((mediaType) => mediaTypeOf(mediaType, types.has(mediaType), calls)),
  };
}

/** The documented media type that a Content-Type has: the exact one, else a range (OpenAPI 3.0.3, Media Type Objects). */
function typeOf({ mediaTypes }: ResponseDescription, text: string): MediaType | undefined {
  const { type, essence } = parseMediaType(text) ?? {};
  const names = [essence, `${type}/*`, ...(type === undefined ? [] : ['*/*'])];
  const known = mediaTypes.map((each) => [parseMediaType(each.type)?.essence, each] as const);
  return names.flatMap((name) => known.find(([each]) => each !== undefined && each === name)?.[1] ?? [])[0];
}

/** A body that came under another name, but was judged by this schema, shows properties too. */
function mediaTypeOf(mediaType: MediaType, seen: boolean, calls: readonly Call[]): MediaTypeCoverage {
  const { type, schema } = mediaType;
  const own = calls.filter((call) => schema !== undefined && schemaOf(call) === schema);
  // Equal bodies are one object.
  const contents = new Set(own.map(({ content }) => content));
  const bodies = [...contents].flatMap((content) => (content.kind === 'json' ? [content.value] : []));
  return {
    type,
    seen,
    properties: schema ? [...bodyCoverageOf(schema.standard, bodies)] : [],
  };
}
