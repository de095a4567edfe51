import { elementsOf, QUOTED_STRING, TOKEN, unquote } from './grammar.ts';

const ESSENCE = new RegExp(`^(${TOKEN})/(${TOKEN})$`);
const PARAMETER = new RegExp(`^(${TOKEN})=(${TOKEN}|${QUOTED_STRING})$`);

/** A media type as a `Content-Type` field gives it. Type, subtype and names of parameters are in lower case. */
export interface MediaTypeValue {
  readonly type: string;
  readonly subtype: string;
  /** `type/subtype` */
  readonly essence: string;
  /** Values as they are, without quotes; of a repeated parameter the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** How many different media types are remembered: the same few are read again and again, and some are long. */
const REMEMBERED = 100;

const remembered = new Map<string, { readonly value: MediaTypeValue | undefined }>();

/** Reads a media type by the grammar of RFC 9110 8.3.1 and 5.6.6; undefined where it is malformed or empty. */
export function parseMediaType(text: string): MediaTypeValue | undefined {
  const known = remembered.get(text) ?? { value: readMediaType(text) };
  if (remembered.size >= REMEMBERED) {
    remembered.clear();
  }
  remembered.set(text, known);
  return known.value;
}

function readMediaType(text: string): MediaTypeValue | undefined {
  const [essence = '', ...rest] = elementsOf(text, ';');
  const [, type, subtype] = ESSENCE.exec(essence.toLowerCase()) ?? [];
  const parameters = parseParameters(rest);
  if (type === undefined || subtype === undefined || parameters === undefined) {
    return undefined;
  }
  return { type, subtype, essence: `${type}/${subtype}`, parameters };
}

/** Whether two texts name the same type and subtype, in any letter case and with any parameters. */
export function sameMediaType(a: string, b: string): boolean {
  const essence = parseMediaType(a)?.essence;
  return essence !== undefined && essence === parseMediaType(b)?.essence;
}

/** Whether a text names JSON: `application/json`, its unregistered twin `text/json`, or a type with the suffix `+json` (RFC 6839 3.1). */
export function isJsonType(text: string): boolean {
  const { essence, subtype } = parseMediaType(text) ?? { essence: '', subtype: '' };
  return essence === 'application/json' || essence === 'text/json' || subtype.endsWith('+json');
}

function parseParameters(texts: readonly string[]): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const text of texts) {
    const [, name, value] = PARAMETER.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      return undefined;
    }
    const key = name.toLowerCase();
    parameters.set(key, parameters.get(key) ?? unquote(value));
  }
  return parameters;
}
