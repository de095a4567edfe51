import type { Location } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Schema } from '../schema/schema.ts';

/** What a description says after its overlays: the effective description. */
export interface Description {
  /** The file or URL it was read from, or `(object)`. */
  readonly source: string;
  /** The overlays on it, as `source`, in the order in which they were applied. */
  readonly overlays: readonly string[];
  readonly title: string;
  /** The OpenAPI version that the document names, such as `3.0.3`. */
  readonly openapi: string;
  /** The effective document with every `$ref` resolved; recursive schemas are cyclic objects. */
  readonly document: JsonObject;
  /** The paths of `servers`, in order, without a trailing slash: `['/api', '']`. Some operations may have others. */
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
  /** What the path stands below: the paths of its own `servers`, of its path item's, or of the description's. */
  readonly basePaths: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Undefined where it takes none. */
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly ResponseDescription[];
  /** `x-accepts`: the media types of which an Accept must admit one; undefined where they are those of the answers. */
  readonly accepts: readonly string[] | undefined;
  /** `x-refuses`: what it refuses, in the order in which a server finds out. */
  readonly refuses: readonly Refuses[];
  /** What it does to things, or shows of them. */
  readonly acts: readonly Act[];
  /** `x-other-methods`: what its path knows besides, which is described elsewhere; in upper case. */
  readonly otherMethods: readonly string[];
  readonly where: Location;
}

/** https://spec.openapis.org/oas/v3.0.3#request-body-object */
export interface RequestBody {
  readonly required: boolean;
  readonly mediaTypes: readonly MediaType[];
  readonly where: Location;
}

/** One entry of `x-refuses`: how an operation tells of a reason to refuse. */
export interface Refuses {
  /** The reason, such as `absent-metalake`. */
  readonly when: string;
  readonly status: number;
  /** The name of the example of that response which shows it; undefined where the answer has no body. */
  readonly example: string | undefined;
  readonly where: Location;
}

/** `x-creates`, `x-reads`, `x-lists`, `x-changes`, `x-removes`: what a successful call does to a thing, or shows of it. */
export interface Act {
  readonly kind: 'creates' | 'reads' | 'lists' | 'changes' | 'removes';
  /** The kind of thing, as `Parameter.thing` names it. */
  readonly thing: string;
  /** JSON pointer to the thing's new key in the request's body; in it `*` stands for any index, here as below. */
  readonly request: string | undefined;
  /** JSON pointers to the thing's key in the answer. A list has one of them. */
  readonly response: readonly string[];
  /** Other things that the request's body names, and the pointers to their keys. */
  readonly uses: Readonly<Record<string, string>>;
  /** JSON pointer to what says in the answer whether there was something to remove. */
  readonly removed: string | undefined;
  /** The query parameters that let it remove a thing whatever the thing holds. */
  readonly query: Readonly<Record<string, string>>;
  /** Whether it leads the thing to one of the last states of its lifecycle, and leaves alone what has reached one. */
  readonly ends: boolean;
  readonly where: Location;
}

/** https://spec.openapis.org/oas/v3.0.3#parameter-object */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly schema: Schema | undefined;
  readonly examples: readonly Example[];
  /** `x-thing`: the kind of thing whose key the value is, such as `metalake`. */
  readonly thing: string | undefined;
  readonly filters: Filters | undefined;
  readonly identifies: Identifies | undefined;
  /** `x-aliases`: values that are taken for others. */
  readonly aliases: readonly Alias[];
  readonly where: Location;
}

/** One entry of `x-aliases`: values of which the first match of a pattern is replaced. */
export interface Alias {
  /** A regular expression, in which `.` is any character. */
  readonly like: string;
  /** What takes its place, as `String.replace` has it. */
  readonly as: string;
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
  /** `x-lacks`: header fields that HTTP demands of the status, in lower case, and that these answers do not have. */
  readonly lacks: readonly string[];
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
