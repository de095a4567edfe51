import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';

/**
 * Readers of the bodies that clients send, once the description has said that they fit. Scalars become texts, as on the
 * server; what is absent or of another form is null, or an empty text where there must be one.
 */

export function textAt(body: JsonObject, name: string): string {
  return optionalTextAt(body, name) ?? '';
}

export function optionalTextAt(body: JsonObject, name: string): string | null {
  return toText(body[name]);
}

export function textsAt(body: JsonObject, name: string): readonly string[] | null {
  const value = body[name];
  return isArray(value) ? value.flatMap((each) => toText(each) ?? []) : null;
}

export function textMapAt(body: JsonObject, name: string): Readonly<Record<string, string>> | null {
  const value = body[name];
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => {
          const text = toText(each);
          return text === null ? [] : [[key, text]];
        }),
      )
    : null;
}

export function objectAt(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return isObject(value) ? value : {};
}

export function objectsAt(body: JsonObject, name: string): readonly JsonObject[] {
  const value = body[name];
  return isArray(value) ? value.filter(isObject) : [];
}

function toText(value: Json | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : String(value);
}
