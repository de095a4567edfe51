import { appendToken, tokensOf } from '../documents/pointer.ts';
import { isArray, isObject, type Json } from '../json.ts';

/** A value that a pattern with `*` leads to. */
export interface Match {
  readonly pointer: string;
  readonly value: Json;
  /** The innermost array item around the value, or the root. */
  readonly item: Json;
}

/** Every value that a pattern leads to, `*` standing for each index of an array. */
export function* matchesOf(root: Json, pattern: string): Generator<Match, undefined> {
  yield* walk({ pointer: '', value: root, item: root }, tokensOf(pattern));
}

function* walk(match: Match, tokens: readonly string[]): Generator<Match, undefined> {
  const [token, ...rest] = tokens;
  if (token === undefined) {
    yield match;
    return;
  }
  const { pointer, value, item } = match;
  if (token === '*') {
    for (const [index, each] of (isArray(value) ? value : []).entries()) {
      yield* walk({ pointer: appendToken(pointer, index), value: each, item: each }, rest);
    }
    return;
  }
  const child = isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
  if (child !== undefined) {
    yield* walk({ pointer: appendToken(pointer, token), value: child, item }, rest);
  }
}
