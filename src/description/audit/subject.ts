import type { Location } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Draft } from '../load.ts';
import { complain, complainAt } from '../reading.ts';
import { DESCRIPTION_RULES, type RuleId } from '../rules.ts';
import { below, parts, subschemas } from '../schemas.ts';
import { type Level, levelBelow } from '../structure.ts';

/** What the audit looks at: the draft, and the things in it that rules are about, each of them once. */
export interface Subject extends Draft {
  /** Parameters, headers and media types: whatever has a schema. */
  readonly holders: readonly Holder[];
  /** Every schema and each schema in it. */
  readonly schemas: readonly JsonObject[];
}

/** An object that has a `schema`. */
export interface Holder {
  readonly node: JsonObject;
  readonly schema: JsonObject;
  /** Whether it describes what a client sends as a body. */
  readonly inRequest: boolean;
}

/** Collects what the rules are about. */
export function subjectOf(draft: Draft): Subject {
  const root = draft.description.document;
  const holders = holdersIn(root);
  const named = Object.values(objectOf(objectOf(root['components'])['schemas'])).filter(isObject);
  return {
    ...draft,
    holders,
    schemas: below([...named, ...holders.map(({ schema }) => schema)], subschemas),
  };
}

/** Notes that a member of `node`, or the node itself, breaks a rule, with the rule's own advice. */
export function accuse({ reading }: Subject, rule: RuleId, node: object, key: string, reason: string): void {
  complain(reading, rule, node, key, reason, DESCRIPTION_RULES[rule].advice);
}

/** The same at a place that is known already. */
export function accuseAt({ reading }: Subject, rule: RuleId, where: Location, reason: string): void {
  complainAt(reading, rule, where, reason, DESCRIPTION_RULES[rule].advice);
}

/** How a schema is called: by its name below `components`, or else as `fallback`. */
export function nameOf({ description }: Subject, schema: JsonObject, fallback: string): string {
  const groups = Object.values(objectOf(description.document['components'])).filter(isObject);
  const names = groups.flatMap((group) => Object.keys(group).filter((name) => group[name] === schema));
  return names[0] ?? fallback;
}

/** A schema and all schemas that speak of the same value. */
export function wholeOf(schema: JsonObject): readonly JsonObject[] {
  return below([schema], parts);
}

/** The properties that a schema or one of its parts describes. */
export function propertiesOf(schema: JsonObject): readonly (readonly [name: string, schema: Json])[] {
  return wholeOf(schema).flatMap(({ properties }) =>
    isObject(properties) ? Object.entries(properties) : [],
  );
}

function holdersIn(root: JsonObject): readonly Holder[] {
  const seen = new Set<object>();
  const holders: Holder[] = [];

  function visit(value: Json, level: Level, inRequest: boolean): void {
    if (typeof value !== 'object' || value === null || level === 'data' || seen.has(value)) {
      return;
    }
    seen.add(value);
    if (level === 'keywords' && isObject(value) && isObject(value['schema'])) {
      holders.push({ node: value, schema: value['schema'], inRequest });
    }
    for (const [key, child] of Object.entries(value)) {
      const next = Array.isArray(value) ? level : levelBelow(level, key, child);
      visit(child, next, inRequest || key === 'requestBody' || key === 'requestBodies');
    }
  }

  visit(root, 'keywords', false);
  return holders;
}

/** The value where it is an object, or else an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value where it is a list, or else an empty one. */
export function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}
