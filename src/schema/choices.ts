import type { ErrorObject } from 'ajv';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { schemasIn } from './standard.ts';

/**
 * Of a choice (`oneOf`, `anyOf`) that a value fails, only that it does: what each branch misses is no mistake by itself.
 * `originOf` gives the schema that a rewritten one came from. The validator tells of the branches right before the choice.
 */
export function withoutBranches(
  errors: readonly ErrorObject[],
  originOf: (rewritten: object) => JsonObject | undefined,
): readonly ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    const inside = branchesOf(error, originOf);
    while (inside.size > 0 && isWithin(kept.at(-1), error, inside, originOf)) {
      kept.pop();
    }
    kept.push(error);
  }
  return kept;
}

/** The schemas of which the branches of a failed choice consist; none of another error. */
function branchesOf(
  { keyword, parentSchema }: ErrorObject,
  originOf: (rewritten: object) => JsonObject | undefined,
): ReadonlySet<JsonObject> {
  const isChoice = keyword === 'oneOf' || keyword === 'anyOf';
  const choice = isChoice && parentSchema ? originOf(parentSchema) : undefined;
  const branches: Json | undefined = choice?.[keyword];
  const found = new Set(isArray(branches) ? branches.filter(isObject) : []);
  for (const schema of found) {
    for (const child of schemasIn(schema)) {
      found.add(child);
    }
  }
  return found;
}

function isWithin(
  error: ErrorObject | undefined,
  choice: ErrorObject,
  inside: ReadonlySet<JsonObject>,
  originOf: (rewritten: object) => JsonObject | undefined,
): boolean {
  const origin = error?.parentSchema && originOf(error.parentSchema);
  return (
    origin !== undefined &&
    inside.has(origin) &&
    `${error?.instancePath}/`.startsWith(`${choice.instancePath}/`)
  );
}
