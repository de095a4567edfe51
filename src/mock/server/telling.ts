import type { Operation } from '../../description/model.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Refused } from '../handlers/handler.ts';
import { tellRefused } from '../refused.ts';
import { isBlank } from './blank.ts';
import type { OperationHabits, ServerHabits } from './habits.ts';

/** An error of the API as it is sent. */
export interface ToldError {
  readonly status: number;
  readonly content: Json;
  readonly why: string;
}

/**
 * Tells a refusal as the description has it, with what only the server's own words need: `{operated}` and
 * `{operatedObject}` say what was done to what, and `{frames}` stands for the lines that end every stack.
 * Undefined where the description does not tell it.
 */
export function tell(
  operation: Operation,
  refused: Refused,
  habits: ServerHabits,
  body: JsonObject,
): ToldError | undefined {
  const words = habits.operations[operation.id];
  const facts = { ...refused.facts, ...(words && wordsFor(words, refused.facts, body)) };
  const told = tellRefused(operation, { ...refused, facts });
  return 'kind' in told ? undefined : { ...told, content: withStack(told.content, habits.frames) };
}

/** An error with a stack that is as long as a server's. */
export function withStack(content: Json, frames: readonly string[]): Json {
  if (!isObject(content) || !isArray(content['stack'])) {
    return content;
  }
  const stack = content['stack'].flatMap((line) =>
    line === '{frames}' ? frames.map((frame) => `\tat ${frame}`) : String(line).split('\n'),
  );
  return { ...content, stack };
}

type Facts = Readonly<Record<string, string>>;

/** What messages call an operation on a thing. A name of blanks alone is left out. */
function wordsFor({ told, as, of, in: within }: OperationHabits, facts: Facts, body: JsonObject): Facts {
  const named = facts[of ?? ''] ?? '';
  const name = isBlank(named) ? '' : ` [${named}]`;
  const done = typeof as === 'string' ? as : (as.values[String(body[as.property])] ?? '');
  const parent = within === undefined ? '' : `[${facts[within]}]`;
  return {
    operated: `${told}${name} operation [${done}]${parent && ` under object ${parent}`}`,
    operatedObject: `object${name} operation [${done}]${parent && ` under ${parent}`}`,
  };
}

/** The facts that stand in the body of a request. */
export function factsInBody({ names = {} }: OperationHabits, body: JsonObject): Facts {
  const found = Object.entries(names).map(([fact, path]) => [fact, valueAt(body, path)] as const);
  return Object.fromEntries(
    found.flatMap(([fact, text]) => (typeof text === 'string' ? [[fact, text]] : [])),
  );
}

function valueAt(body: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), body);
}
