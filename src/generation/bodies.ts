import { isObject, type Json } from '../json.ts';
import type { Schema } from '../schema/schema.ts';
import { relate } from './relations.ts';
import { samples } from './samples.ts';
import { shape } from './shape.ts';

/** How often to try before a schema counts as beyond the generator. */
const DRAFTS = 5;

/** A body that conforms, or why none could be made. */
export type GeneratedBody =
  | { readonly kind: 'body'; readonly body: Json }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Makes a body that conforms to a schema, carries the properties that `always` names, and obeys the marks of the schema.
 * Lists have 1 to 20 items where the schema allows it. The same seed (0 to 2^32 - 1) makes the same body. Never rejects.
 */
export async function generateBody(
  schema: Schema,
  always: readonly string[],
  seed: number,
): Promise<GeneratedBody> {
  const shaped = shape(schema.standard, always);
  let reason = '';
  for (let count = 1; count <= DRAFTS; count += 1) {
    try {
      const [draft = null] = (await samples(shaped, { count, seed })).slice(-1);
      const body = relate(draft, schema.marks);
      reason = faultOf(body, schema, always) ?? '';
      if (reason === '') {
        return { kind: 'body', body };
      }
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return { kind: 'failed', reason };
}

function faultOf(body: Json, schema: Schema, always: readonly string[]): string | undefined {
  const [violation] = schema.check(body);
  if (violation) {
    return `expected ${violation.expected} at "${violation.pointer}", made ${violation.actual}`;
  }
  const missing = always.find((name) => !isObject(body) || !Object.hasOwn(body, name));
  return missing === undefined ? undefined : `"${missing}" is missing`;
}
