import type { Location } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Schema } from '../schema/schema.ts';

/** What a description says after its overlays: the effective description. */
export interface Description {
  /** The file or URL it was read from, or `(object)`. */
  readonly source: string;
  readonly title: string;
  /** The OpenAPI version that the document names, such as `3.0.3`. */
  readonly openapi: string;
  /** The effective document with every `$ref` resolved; recursive schemas are cyclic objects. */
  readonly document: JsonObject;
  /** The paths of `servers`, in order, without a trailing slash: `['/api', '']`. */
  readonly basePaths: readonly string[];
  readonly operations: readonly Operation[];
}

/** https://spec.openapis.org/oas/v3.0.3#operation-object */
export interface Operation {
  /** The operationId, or `GET /path` where there is none. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, such as `/metalakes/{metalake}/jobs/runs`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly responses: readonly ResponseDescription[];
  readonly where: Location;
}

/** https://spec.openapis.org/oas/v3.0.3#parameter-object */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly schema: Schema | undefined;
  readonly examples: readonly Example[];
  readonly filters: Filters | undefined;
  readonly identifies: Identifies | undefined;
  readonly where: Location;
}

/** `x-filters`: the answer is the subset of the unfiltered list whose field equals the value. */
export interface Filters {
  /** JSON pointer to the list in the answer. */
  readonly items: string;
  /** The name of the field of each item. */
  readonly by: string;
  /** What a value that matches nothing may get: an empty list, or one of these statuses. */
  readonly unmatched: readonly ('empty' | number)[];
  readonly where: Location;
}

/** `x-identifies`: the parameter names a thing; a value that names nothing gets `absent`. */
export interface Identifies {
  /** The status for a value that names nothing. */
  readonly absent: number;
  /** The value that the examples show as absent. */
  readonly documented: string | undefined;
  /** The name of the example of the `absent` response. */
  readonly example: string | undefined;
  readonly where: Location;
}

/** https://spec.openapis.org/oas/v3.0.3#response-object */
export interface ResponseDescription {
  /** `200`, `5XX` or `default`. */
  readonly key: string;
  readonly description: string;
  readonly mediaTypes: readonly MediaType[];
  readonly headers: readonly HeaderDescription[];
  /** `x-always`: properties that the documented examples always carry though the schema does not require them. */
  readonly always: readonly string[];
  /** `x-also-served`: media types that the prose allows beside the documented ones; their bodies are free. */
  readonly alsoServed: readonly string[];
  readonly where: Location;
}

/** https://spec.openapis.org/oas/v3.0.3#media-type-object */
export interface MediaType {
  readonly type: string;
  readonly schema: Schema | undefined;
  readonly examples: readonly Example[];
  readonly where: Location;
}

/** https://spec.openapis.org/oas/v3.0.3#header-object */
export interface HeaderDescription {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema | undefined;
  readonly where: Location;
}

/** https://spec.openapis.org/oas/v3.0.3#example-object ; the unnamed `example` is called `default`. */
export interface Example {
  readonly name: string;
  readonly value: Json;
  readonly where: Location;
}
