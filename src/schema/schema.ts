import type { Location } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** A schema of the description, compiled once. */
export interface Schema {
  /** The schema as the effective description has it: OpenAPI's own dialect, `$ref`s resolved. */
  readonly source: JsonObject;
  /** The same in JSON Schema 2020-12 terms (`nullable` and boolean exclusive limits rewritten); recursion as `$ref`s to `$defs`. */
  readonly standard: JsonObject;
  readonly where: Location;
  /** What the schema says of properties beyond JSON Schema: `x-key`, `x-immutable`, `x-not-before`, `x-lifecycle`. */
  readonly marks: readonly Mark[];
  /**
   * Everything in which `value` breaks the schema, a failed choice as a whole, and one keyword at most 100 times; empty
   * where it conforms. Never throws.
   */
  check(value: unknown): readonly SchemaViolation[];
}

/** An `x-` statement about the property at `at`: a JSON pointer in which `*` stands for any array index. */
export type Mark =
  | { readonly kind: 'key' | 'immutable'; readonly at: string; readonly where: Location }
  | {
      readonly kind: 'not-before';
      readonly at: string;
      /** JSON pointer, relative to the innermost array item around the property (or the root), to the earlier time. */
      readonly earlier: string;
      readonly where: Location;
    }
  | {
      readonly kind: 'lifecycle';
      readonly at: string;
      /** The states that a thing may begin with. */
      readonly initial: readonly string[];
      /** The states that may follow a state at once. */
      readonly moves: Readonly<Record<string, readonly string[]>>;
      /** The values of the property that nothing follows. */
      readonly final: readonly string[];
      readonly where: Location;
    };

/** One keyword of the schema that a value breaks. */
export interface SchemaViolation {
  /** JSON pointer to the offending value. */
  readonly pointer: string;
  /** The JSON Schema keyword, such as `enum`. */
  readonly keyword: string;
  /** What the schema asks for, in words: `one of "queued", "started"`. */
  readonly expected: string;
  /** The offending value as JSON, cut at 200 characters; `absent` for a missing property. */
  readonly actual: string;
  /** The line of the keyword in the description. */
  readonly where: Location;
}
