import { randomInt } from 'node:crypto';
import type { IHttpOperation } from '@stoplight/types';
import { findResponse } from '../description/lookup.ts';
import type { MediaType, Operation, ResponseDescription } from '../description/model.ts';
import { generateBody } from '../generation/bodies.ts';
import { parseAccept, preferred } from '../http/accept.ts';
import type { Json } from '../json.ts';
import type { NamedValue } from './prefer-header.ts';
import { LARGEST_SEED, type NegotiatedPreferences } from './preferences.ts';
import { type Refusal, refusePreference } from './refusal.ts';

/** An answer that was made from the description alone. */
export interface NegotiatedAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** Undefined where the response documents no content. */
  readonly mediaType: string | undefined;
  /** Undefined where the response documents no content. */
  readonly body: Json | undefined;
  /** For the log: `example NoSuchMetalakeException`, `generated, seed 7`. */
  readonly why: string;
  /** For `Preference-Applied`: what was given, and the example or seed that was chosen where none was. */
  readonly applied: readonly NamedValue[];
  /** False where the seed was drawn, so that the same request gets another answer the next time. */
  readonly repeatable: boolean;
}

/**
 * Answers with a documented example; or with a generated body, where `dynamic` asks for one or no example is documented.
 * Without `example` it is the first of the response, and `why` and `applied` name it. The `Accept` field chooses between
 * the documented media types; where it admits none the first is taken, for the caller judges every answer by `Accept`.
 * Refused are a response without a schema to generate from, and a generated body that does not conform.
 * @throws Error where the description has no response for `preferences.code`, which `readPreferences` sees to
 */
export async function negotiate(
  operation: Operation,
  accept: string | undefined,
  preferences: NegotiatedPreferences,
): Promise<NegotiatedAnswer | Refusal> {
  const response = findResponse(operation, preferences.code);
  if (!response) {
    throw new Error(`${operation.id} documents no response for ${preferences.code}`);
  }
  const offered = response.mediaTypes.filter((each) => hasExample(each, preferences.example));
  const types = offered.map(({ type }) => type);
  const mediaType = offered.find(({ type }) => type === preferred(parseAccept(accept), types)) ?? offered[0];
  if (!mediaType) {
    return answer(preferences, { mediaType: undefined, body: undefined, why: 'no content documented' });
  }
  const example = preferences.dynamic ? undefined : (preferences.example ?? mediaType.examples[0]?.name);
  return example === undefined
    ? generated(response, mediaType, preferences)
    : documented(operation, mediaType, example, preferences);
}

function hasExample({ examples }: MediaType, wanted: string | undefined): boolean {
  return wanted === undefined || examples.some(({ name }) => name === wanted);
}

async function documented(
  operation: Operation,
  { type, examples }: MediaType,
  example: string,
  preferences: NegotiatedPreferences,
): Promise<NegotiatedAnswer> {
  const body = await askPrism(operation, preferences.code, type, example);
  const names = examples.map(({ name }) => name);
  const isChosen = preferences.example === undefined && names.length > 1;
  const why = isChosen ? `example ${example}, the first of ${names.join(', ')}` : `example ${example}`;
  const chosen = isChosen ? { name: 'example', value: example } : undefined;
  return answer(preferences, { mediaType: type, body, why }, chosen);
}

async function generated(
  { always }: ResponseDescription,
  { type, schema }: MediaType,
  preferences: NegotiatedPreferences,
): Promise<NegotiatedAnswer | Refusal> {
  if (!schema) {
    const { code } = preferences;
    return refusePreference(`Prefer: the response ${code} has no schema for ${type} to generate from`);
  }
  const seed = preferences.seed ?? randomInt(LARGEST_SEED + 1);
  const made = await generateBody(schema, always, seed);
  if (made.kind === 'failed') {
    const reason = `generation failed with seed ${seed}: ${made.reason}`;
    return { kind: 'refusal', name: 'broken-answer', facts: { reason } };
  }
  const chosen = preferences.seed === undefined ? { name: 'seed', value: String(seed) } : undefined;
  return answer(preferences, { mediaType: type, body: made.body, why: `generated, seed ${seed}` }, chosen);
}

function answer(
  { code, given }: NegotiatedPreferences,
  made: Pick<NegotiatedAnswer, 'mediaType' | 'body' | 'why'>,
  chosen?: NamedValue,
): NegotiatedAnswer {
  const applied = chosen ? [...given, chosen] : given;
  return { kind: 'answer', status: code, ...made, applied, repeatable: chosen?.name !== 'seed' };
}

/**
 * Lets Prism find the example. Where the response has not what is asked for, Prism takes another one without a word, so
 * its answer is checked.
 */
async function askPrism(
  operation: Operation,
  code: number,
  mediaType: string,
  exampleKey: string,
): Promise<Json> {
  const { createClientFromOperations } = await import('@stoplight/prism-http/dist/client.js');
  const { pino } = await import('pino');
  // A new client with a new configuration for each call: Prism writes into the configuration.
  const client = createClientFromOperations([toPrism(operation)], {
    mock: { code, mediaTypes: [mediaType], exampleKey, dynamic: false },
    isProxy: false,
    checkSecurity: false,
    validateRequest: false,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    // Without a logger of ours Prism writes to the console; `success` is a level that it needs.
    logger: pino<never>({ level: 'silent', customLevels: { success: 35 } }),
  });
  const { status, data } = await client.get('/', { headers: {} });
  if (status !== code || data === undefined) {
    throw new Error(`Prism found ${status} for the example ${exampleKey} of ${code} in ${mediaType}`);
  }
  return data as Json;
}

/** What Prism needs of an operation to find an example. Its path is none of ours: the operation is already known. */
function toPrism(operation: Operation): IHttpOperation {
  return {
    id: operation.id,
    method: 'get',
    path: '/',
    responses: operation.responses.map(({ key, mediaTypes }) => ({
      id: key,
      code: key,
      contents: mediaTypes.map(({ type, examples }) => ({
        id: type,
        mediaType: type,
        examples: examples.map(({ name, value }) => ({ id: name, key: name, value })),
      })),
    })),
  };
}
