import { randomBytes } from 'node:crypto';
import type { Description } from '../../description/model.ts';
import { isObject, type JsonObject } from '../../json.ts';

/**
 * What no description can say of a server: `x-server` of a dialect. A mock that has it behaves like that server down to
 * its pages and headers; `docs/dialects.md` says what each member means.
 */
export interface ServerHabits {
  /** The value of `Server`, and what pages say of it below their text. */
  readonly software: string;
  readonly poweredBy: string;
  /** What is below this path belongs to the API: its credentials and its `Accept` are looked at. */
  readonly base: string;
  /** At and below these paths nobody looks at credentials, and the API answers GET, also outside of its base. */
  readonly open: readonly string[];
  /**
   * The servlets that pages name: of the API, of certain paths outside of it (with all below, where one ends in a star), and of
   * everything else. `#` stands for a hash that each start changes.
   */
  readonly servlets: {
    readonly api: string;
    readonly at: Readonly<Record<string, string>>;
    readonly other: string;
  };
  /** Whether an `Accept` without a version counts as it was sent, or is taken for one of version 1. */
  readonly accept: 'as-sent' | 'rewritten';
  /** How bad credentials are told: by a page, or by an error of the API. */
  readonly unauthorized: 'page' | 'error';
  /** How an exception that nobody caught is told: by a page, or by an empty answer. */
  readonly uncaught: 'page' | 'empty';
  /** The status for TRACE. */
  readonly trace: 403 | 405;
  /** How many digits of a second its times have. */
  readonly fractionDigits: 6 | 9;
  /** What is answered at paths outside of the API, always. */
  readonly documents: readonly ServerDocument[];
  /** The Java classes that bodies are read into, by the name that `reads` and their properties have for them. */
  readonly types: JavaTypes;
  /** By operationId. */
  readonly operations: Readonly<Record<string, OperationHabits>>;
  /** The lines that every stack ends with. */
  readonly frames: readonly string[];
}

/** An answer that is always the same. */
export interface ServerDocument {
  readonly path: string;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether POST is answered as GET is. */
  readonly isPosted?: boolean;
}

/** A Java class, as Jackson reads it. */
export interface JavaType {
  readonly class: string;
  /** The form of each property, in the order in which messages list them: see `Form`. */
  readonly properties?: Readonly<Record<string, string>>;
  /** The property that says which of `types` it is; then it has no properties of its own. */
  readonly by?: string;
  readonly types?: Readonly<Record<string, string>>;
  /** Whether properties that it has not are passed over. */
  readonly ignoresOthers?: boolean;
  /** The property that stands for the whole where a flag is sent in place of an object. */
  readonly madeOf?: string;
  readonly demands?: readonly Demand[];
}

/** The types that a property may refer to by name. */
export type JavaTypes = Readonly<Record<string, JavaType>>;

/** What must not be so, and how it is refused where it is. */
export interface Demand {
  /** The property that is looked at, or the path parameter. */
  readonly property?: string;
  readonly path?: string;
  /** It is null or missing. */
  readonly absent?: boolean;
  /** It is absent, or holds nothing but blanks. */
  readonly blank?: boolean;
  /** It matches a pattern, or does not. */
  readonly like?: string;
  readonly unlike?: string;
  /** It is a map with this key. */
  readonly holds?: string;
  /** It is a map with a value that is null. */
  readonly holdsNull?: boolean;
  /** As `when` of `x-refuses`; `uncaught` where an exception comes of it that nobody catches. */
  readonly refusal: string;
  /** `{value}`, `{length}` and `{key}` stand for what was found. */
  readonly reason: string;
}

/** How a server does an operation. */
export interface OperationHabits {
  /** What messages call the things, such as `job(s)`. */
  readonly told: string;
  /** What they call the operation, such as `LIST`; by the value of a property of the body where that decides. */
  readonly as: string | { readonly property: string; readonly values: Readonly<Record<string, string>> };
  /** The fact that names the thing, and the one that names what it is in. */
  readonly of?: string;
  readonly in?: string;
  /** The type that the body is read into; undefined where the body is passed over. */
  readonly reads?: string;
  /** Facts that stand in the body: names, and the members that lead to them. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** The only media type of a request; any where absent. */
  readonly consumes?: string;
  readonly demands?: readonly Demand[];
}

/** The habits that a description has; undefined for one of no server. Their form was checked with the description. */
export function habitsOf({ document }: Description): ServerHabits | undefined {
  const found: JsonObject | undefined = isObject(document['x-server']) ? document['x-server'] : undefined;
  const habits = found as ServerHabits | undefined;
  return (
    habits && {
      ...habits,
      servlets: {
        api: started(habits.servlets.api),
        at: mapValues(habits.servlets.at, started),
        other: started(habits.servlets.other),
      },
    }
  );
}

/** The name of a servlet after a start. */
function started(servlet: string): string {
  return servlet.replace('#', randomBytes(4).toString('hex'));
}

function mapValues(
  texts: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, change(text)]));
}
