import { findResponse } from '../description/lookup.ts';
import type { Operation, ResponseDescription } from '../description/model.ts';
import { type Refusal, refusePreference, show } from './refusal.ts';

/**
 * The status to answer from the description: `code` as given, else that of the only response with an example of this
 * name, else the success where the body is to be generated; undefined where none of these is asked for.
 * A refusal names what there is.
 */
export function documentedStatus(
  operation: Operation,
  code: string | undefined,
  example: string | undefined,
  dynamic: boolean,
): number | Refusal | undefined {
  if (code !== undefined) {
    return givenCode(operation, code, example);
  }
  if (example !== undefined) {
    return codeOfExample(operation, example);
  }
  return dynamic ? successOf(operation) : undefined;
}

function givenCode(operation: Operation, code: string, example: string | undefined): number | Refusal {
  const response = /^[2-5]\d\d$/.test(code) ? findResponse(operation, Number(code)) : undefined;
  if (!response) {
    const known = answerable(operation).map(describeKey).join(', ');
    return refusePreference(
      `Prefer: code=${show(code)} is no documented status of ${operation.id}; use one of ${known}`,
    );
  }
  const names = examplesOf(response);
  if (example !== undefined && !names.includes(example)) {
    const known = names.length === 0 ? 'it documents none' : `use one of ${names.join(', ')}`;
    return refusePreference(`Prefer: the response ${code} has no example named ${show(example)}; ${known}`);
  }
  return Number(code);
}

function codeOfExample(operation: Operation, example: string): number | Refusal {
  const responses = answerable(operation);
  const [only, ...others] = responses.filter((response) => examplesOf(response).includes(example));
  if (!only) {
    const known = responses.flatMap((each) =>
      examplesOf(each).map((name) => `${name} (${describeKey(each)})`),
    );
    return refusePreference(`Prefer: no example is named ${show(example)}; use one of ${known.join(', ')}`);
  }
  const code = codeOfKey(only.key);
  if (others.length > 0 || code === undefined) {
    const places = [only, ...others].map(describeKey).join(', ');
    return refusePreference(`Prefer: the example ${show(example)} may answer ${places}; say which with code`);
  }
  return code;
}

/** The status of the lowest success; without one, 200 where `default` describes it, else the first that is documented. */
function successOf(operation: Operation): number | Refusal {
  const keys = answerable(operation).map(({ key }) => key);
  const success =
    keys.filter((key) => key.startsWith('2')).sort()[0] ?? (keys.includes('default') ? '200' : keys[0]);
  const code = success === undefined ? undefined : codeOfKey(success);
  return (
    code ?? refusePreference(`Prefer: dynamic: ${operation.id} documents no response that can be answered`)
  );
}

/** The responses that can end an exchange: 1XX are interim (RFC 9110 15.2). */
function answerable(operation: Operation): readonly ResponseDescription[] {
  return operation.responses.filter(({ key }) => !key.startsWith('1'));
}

function examplesOf(response: ResponseDescription): readonly string[] {
  return [...new Set(response.mediaTypes.flatMap(({ examples }) => examples.map(({ name }) => name)))];
}

/** The status that stands for a response: of a range the first; `default` has none. */
function codeOfKey(key: string): number | undefined {
  return key === 'default' ? undefined : Number(key.replace('XX', '00'));
}

function describeKey({ key }: ResponseDescription): string {
  if (key === 'default') {
    return 'any other from 200 to 599';
  }
  return key.endsWith('XX') ? `${key.charAt(0)}00 to ${key.charAt(0)}99` : key;
}
