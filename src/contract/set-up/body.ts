import type { MediaType, Operation } from '../../description/model.ts';
import { tokensOf } from '../../documents/pointer.ts';
import { isArray, isObject, type Json } from '../../json.ts';
import { matchesOf } from '../matches.ts';

/** The body of a request that is to be sent. */
export interface Body {
  readonly type: string;
  readonly value: Json;
}

/** Values, each with the pointer to where it belongs; `*` in it stands for any index. */
export type Keys = readonly (readonly [pointer: string, key: string])[];

/**
 * A body for an operation: its first example that has all the places, with the keys there. Undefined where there is no
 * such example; null where the operation takes no body.
 */
export function bodyFor({ requestBody }: Operation, keys: Keys): Body | null | undefined {
  if (!requestBody) {
    return null;
  }
  return requestBody.mediaTypes.flatMap((mediaType) => bodiesOf(mediaType, keys))[0];
}

function bodiesOf({ type, examples }: MediaType, keys: Keys): readonly Body[] {
  return examples
    .filter(({ value }) => keys.every(([pointer]) => [...matchesOf(value, pointer)].length > 0))
    .map(({ value }) => ({
      type,
      value: keys.reduce((made, [pointer, key]) => withAt(made, tokensOf(pointer), key), value),
    }));
}

/** The same with another value at each place that a pattern leads to. */
function withAt(value: Json, [token, ...rest]: readonly string[], replacement: string): Json {
  if (token === undefined) {
    return replacement;
  }
  if (token === '*') {
    return isArray(value) ? value.map((each) => withAt(each, rest, replacement)) : value;
  }
  if (!isObject(value) || value[token] === undefined) {
    return value;
  }
  return { ...value, [token]: withAt(value[token], rest, replacement) };
}
