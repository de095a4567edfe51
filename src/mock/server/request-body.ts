import { isObject, type JsonObject } from '../../json.ts';
import { BindingError, bind, CutShort, type JavaTypes } from './binding.ts';
import { decodeJson } from './decoding.ts';
import { type ReadFailure, readJson } from './json-reader.ts';

/** What a body says: undefined for none at all, and for `null`. Or the first line of the exception that came of it. */
export type ReadBody = { readonly body: JsonObject | undefined } | { readonly exception: string };

/** Reads a body into a type, as a Java server does. */
export function readBodyAs(name: string, types: JavaTypes, bytes: Buffer): ReadBody {
  const decoded = decodeJson(bytes);
  if ('invalid' in decoded) {
    return { exception: `com.fasterxml.jackson.databind.JsonMappingException: ${decoded.invalid}` };
  }
  const { value, failure } = readJson(decoded.text);
  try {
    const bound = value && bind(value, name, types);
    return failure ? { exception: toldAs(failure) } : { body: isObject(bound) ? bound : undefined };
  } catch (error) {
    if (error instanceof BindingError) {
      return { exception: error.message };
    }
    if (error instanceof CutShort && failure) {
      return { exception: toldAs(failure) };
    }
    throw error;
  }
}

/** A failure that came up while a property was set is told as one of the mapping. */
function toldAs({ class: name, message, isInText, depth }: ReadFailure): string {
  const isInProperty = depth > 1 || (isInText && depth > 0);
  return `${isInProperty ? 'com.fasterxml.jackson.databind.JsonMappingException' : name}: ${message}`;
}
