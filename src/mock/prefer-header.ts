import { elementsOf, QUOTED_STRING, TOKEN, unquote } from '../http/grammar.ts';

const PAIR = new RegExp(`^(${TOKEN})(?:[ \\t]*=[ \\t]*(${TOKEN}|${QUOTED_STRING}))?$`);
const WHOLE_TOKEN = new RegExp(`^${TOKEN}$`);

/** A preference, or a parameter of one: a name in lower case and a value, `''` where there is none (RFC 7240 2). */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** One preference with its parameters. */
export interface Preference extends NamedValue {
  readonly parameters: readonly NamedValue[];
}

/**
 * Reads a `Prefer` field (RFC 7240 2), several lines joined with commas. Of a repeated preference the first is kept.
 * Undefined where the field is malformed anywhere; it is then to be ignored as a whole.
 */
export function parsePrefer(field: string | undefined): readonly Preference[] | undefined {
  const preferences = new Map<string, Preference>();
  for (const element of elementsOf(field ?? '', ',')) {
    const [preference, ...parameters] = elementsOf(element, ';').map(parsePair);
    if (!preference || !parameters.every((parameter) => parameter !== undefined)) {
      return undefined;
    }
    const { name } = preference;
    preferences.set(name, preferences.get(name) ?? { ...preference, parameters });
  }
  return [...preferences.values()];
}

/** The value of a `Preference-Applied` field (RFC 7240 3); texts beyond ASCII as the octets of their UTF-8. */
export function formatApplied(preferences: readonly NamedValue[]): string {
  return preferences.map(({ name, value }) => (value === '' ? name : `${name}=${quote(value)}`)).join(', ');
}

function parsePair(text: string): NamedValue | undefined {
  const [, name, value = ''] = PAIR.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), value: fromOctets(unquote(value)) };
}

function quote(value: string): string {
  if (WHOLE_TOKEN.test(value)) {
    return value;
  }
  const printable = value.replace(/\p{Cc}/gu, ' ');
  return Buffer.from(`"${printable.replace(/["\\]/g, '\\$&')}"`, 'utf8').toString('latin1');
}

/** Node gives the octets of a field as Latin-1, while clients write UTF-8. */
function fromOctets(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}
