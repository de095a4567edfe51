import { tokensOf } from '../documents/pointer.ts';
import { isArray, isObject, type JsonObject } from '../json.ts';

/** The schema of the value at a pointer, in which `*` stands for any index; looks into `allOf`, `anyOf` and `oneOf`. */
export function schemaAt(root: JsonObject | undefined, pointer: string): JsonObject | undefined {
  return schemaBelow(root, tokensOf(pointer));
}

function schemaBelow(
  schema: JsonObject | undefined,
  [token, ...rest]: readonly string[],
): JsonObject | undefined {
  if (schema === undefined || token === undefined) {
    return schema;
  }
  const own = token === '*' ? schema['items'] : member(schema['properties'], token);
  const found = isObject(own) ? schemaBelow(own, rest) : undefined;
  return (
    found ??
    parts(schema)
      .map((part) => schemaBelow(part, [token, ...rest]))
      .find((each) => each)
  );
}

function parts({ allOf, anyOf, oneOf }: JsonObject): readonly JsonObject[] {
  return [allOf, anyOf, oneOf].flatMap((list) => (isArray(list) ? list.filter(isObject) : []));
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
