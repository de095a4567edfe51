import type { Random } from 'json-schema-faker';
import type { Json, JsonObject } from '../json.ts';

/** Between the seeds of two samples: odd and large, so that neighbouring seeds share no samples. */
const SEED_STEP = 0x9e3779b1;

const FIRST_TIME = Date.UTC(2024, 0, 1);
const LAST_TIME = Date.UTC(2026, 0, 1) - 1;

/** Formats that json-schema-faker makes badly: date-times depend on the zone of the machine, `byte` is no base64. */
const FORMATS = {
  'date-time': (random: Random) => new Date(random.int(FIRST_TIME, LAST_TIME)).toISOString(),
  byte: (random: Random) => Buffer.from(String(random.int(0, 999_999_999))).toString('base64'),
};

/**
 * Makes values by a schema in terms of JSON Schema 2020-12. The same seed (0 to 2^32 - 1) makes the same values on every
 * machine, each from random numbers of its own. Times lie in 2024 and 2025. Nothing relates the values to each other.
 * @throws Error where nothing can be made of the schema
 */
export async function samples(
  schema: JsonObject,
  options: { readonly count: number; readonly seed: number },
): Promise<Json[]> {
  const { generate } = await import('json-schema-faker');
  const values: Json[] = [];
  for (let index = 0; index < options.count; index += 1) {
    const seed = (options.seed + Math.imul(index, SEED_STEP)) >>> 0;
    values.push((await generate(schema, { seed, formats: FORMATS })) as Json);
  }
  return values;
}
