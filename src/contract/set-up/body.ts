import type { MediaType, Operation } from '../../description/model.ts';
import { tokensOf } from '../../documents/pointer.ts';
// biome-ignore lint/style/noRestrictedImports: what is sent where no example shows it is made as everything else is.
import { generateBody } from '../../generation/bodies.ts';
import { isJsonType } from '../../http/media-type.ts';
import { isArray, isObject, type Json } from '../../json.ts';
import { matchesOf } from '../matches.ts';

/** The body of a request that is to be sent. */
export interface Body {
  readonly type: string;
  readonly value: Json;
}

/** Values, each with the pointer to where it belongs; `*` in it stands for any index. */
export type Keys = readonly (readonly [pointer: string, key: string])[];

/** How many bodies are made of a schema until one has all the places. */
const DRAFTS = 20;

/**
 * A body for an operation with the keys at their places: its first example that has these places, or else one made of
 * its schema. Undefined where neither is to be had; null where the operation takes no body.
 */
export async function bodyFor({ requestBody }: Operation, keys: Keys): Promise<Body | null | undefined> {
  if (!requestBody) {
    return null;
  }
  const [shown] = requestBody.mediaTypes.flatMap((mediaType) => bodiesOf(mediaType, keys));
  return shown ?? (await generated(requestBody.mediaTypes, keys));
}

function bodiesOf({ type, examples }: MediaType, keys: Keys): readonly Body[] {
  return examples.flatMap(({ value }) => withKeys(type, value, keys) ?? []);
}

async function generated(mediaTypes: readonly MediaType[], keys: Keys): Promise<Body | undefined> {
  const { type, schema } = mediaTypes.find((each) => isJsonType(each.type) && each.schema) ?? {};
  for (let seed = 1; type !== undefined && schema && seed <= DRAFTS; seed += 1) {
    const made = await generateBody(schema, [], seed);
    const body = made.kind === 'body' ? withKeys(type, made.body, keys) : undefined;
    if (body && schema.check(body.value).length === 0) {
      return body;
    }
  }
  return undefined;
}

/** Undefined where the value lacks one of the places. */
function withKeys(type: string, value: Json, keys: Keys): Body | undefined {
  return keys.every(([pointer]) => [...matchesOf(value, pointer)].length > 0)
    ? { type, value: keys.reduce((made, [pointer, key]) => withAt(made, tokensOf(pointer), key), value) }
    : undefined;
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
