import { isObject, type JsonObject } from '../../json.ts';
import { bind } from './binding.ts';
import { bytesOfJson } from './decoding.ts';
import type { JavaTypes } from './habits.ts';
import { readJson } from './json-reader.ts';
import type { ReadFailure } from './json-reading.ts';
import { BindingError, CutShort } from './misfits.ts';

/** What a body says: undefined for none at all, and for `null`. Or the first line of the exception that came of it. */
export type ReadBody = { readonly body: JsonObject | undefined } | { readonly exception: string };

/** Whether Jackson reads what calls itself so: anything that is JSON or JavaScript by its subtype. Letter case counts in a suffix. */
export function isRead(type: string | undefined): boolean {
  const [, subtype = ''] = /^[^/]*\/([^;\s]*)/.exec(type ?? '') ?? [];
  return /^(json|(x-)?javascript|x-json)$/i.test(subtype) || subtype.endsWith('+json');
}

/** Reads a body into a type, as a Java server does. */
export function readBodyAs(name: string, types: JavaTypes, bytes: Buffer): ReadBody {
  const { value, failure, trailing } = readJson(bytesOfJson(bytes));
  try {
    const bound = value && bind(value, name, types);
    if (failure || trailing !== undefined) {
      return {
        exception: failure ? toldAs(failure) : tellTrailing(trailing ?? '', types[name]?.class ?? name),
      };
    }
    return { body: isObject(bound) ? bound : undefined };
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

function tellTrailing(token: string, type: string): string {
  const told = `Trailing token (of type ${token}) found after value (bound as \`${type}\`)`;
  return `com.fasterxml.jackson.databind.exc.MismatchedInputException: ${told}: not allowed as per \`DeserializationFeature.FAIL_ON_TRAILING_TOKENS\``;
}
