import { characterAt, described, ended, JsonError, unexpected } from './json-text.ts';

const TOKENS = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'";
const NUMBERS = 'enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow';
const PLUS =
  'JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow';

/** Where a value stands, which some messages tell. */
export type Place = 'root' | 'Array' | 'Object';

/**
 * The text of the number at a place; undefined where none begins there.
 * @throws JsonError
 */
export function readNumber(bytes: string, at: number, place: Place): string | undefined {
  const [text] = match(/-?\d*/y, bytes, at);
  if (text === '') {
    return undefined;
  }
  if (text === '-') {
    throw noDigit(bytes, at, place);
  }
  if (/^-?0\d/.test(text)) {
    throw new JsonError('Invalid numeric value: Leading zeroes not allowed');
  }
  const [fraction] = match(/\.\d*/y, bytes, at + text.length);
  const whole = text + fraction;
  if (fraction === '.') {
    throw notFollowed(bytes, at + whole.length, 'Decimal point', place);
  }
  const [exponent] = match(/[eE][+-]?\d*/y, bytes, at + whole.length);
  const all = whole + exponent;
  if (/[eE+-]$/.test(exponent)) {
    throw notFollowed(bytes, at + all.length, 'Exponent indicator', place);
  }
  const next = bytes.charAt(at + all.length);
  if (place === 'root' && !/^[ \t\r\n]?$/.test(next)) {
    throw unexpected(next, 'Expected space separating root-level values');
  }
  return all;
}

function noDigit(bytes: string, at: number, place: Place): JsonError {
  const [name] = match(/-(Infinity|INF)/y, bytes, at);
  return name === ''
    ? inNumber(bytes, at + 1, 'expected digit (0-9) to follow minus sign, for valid numeric value', place)
    : new JsonError(`Non-standard token '${name}': ${NUMBERS}`);
}

function notFollowed(bytes: string, at: number, what: string, place: Place): JsonError {
  return inNumber(bytes, at, `${what} not followed by a digit`, place);
}

function inNumber(bytes: string, at: number, reason: string, place: Place): JsonError {
  const found = bytes.charAt(at);
  if (found === '' && bytes.charAt(at - 1) === '.' && place === 'root') {
    // The point is told where the text ends with it.
    return new JsonError(`Unexpected character (${described('.')}) in numeric value: ${reason}`);
  }
  return found === ''
    ? ended(place === 'root' ? ' in null' : place === 'Object' ? ' in FIELD_NAME' : ' in START_ARRAY')
    : new JsonError(`Unexpected character (${described(found)}) in numeric value: ${reason}`);
}

/**
 * One of the three words at a place.
 * @throws JsonError for anything else
 */
export function readWord(bytes: string, at: number, place: Place): 'true' | 'false' | 'null' {
  const word = wordAt(bytes, at);
  if (word === 'true' || word === 'false' || word === 'null') {
    return word;
  }
  const found = bytes.charAt(at);
  if (word === 'NaN' || word === 'Infinity') {
    throw new JsonError(`Non-standard token '${word}': ${NUMBERS}`);
  }
  if (found === '+') {
    throw new JsonError(`Unexpected character (${described(found)}) in numeric value: ${PLUS}`);
  }
  if (word !== '') {
    throw new JsonError(`Unrecognized token '${word}': was expecting (${TOKENS})`);
  }
  const isValue = found === ',' || found === '}' || (found === ']' && place === 'Array');
  throw unexpected(found, isValue ? 'expected a value' : `expected a valid value (${TOKENS})`);
}

/** How much of an unknown word is told. */
const TOLD = 256;

/** The name at a place, as Java has names: its first byte is taken for a character. */
function wordAt(bytes: string, start: number): string {
  let word = bytes.charAt(start);
  if (!/^[\p{L}\p{Sc}_]/u.test(word)) {
    return '';
  }
  for (let at = start + 1; at < bytes.length; ) {
    const { text, size } = characterAt(bytes, at);
    if (!/^[\p{L}\p{Nd}\p{Nl}\p{Sc}\p{Pc}\p{Mn}\p{Mc}]/u.test(text)) {
      break;
    }
    word += text;
    at += size;
    if (word.length >= TOLD) {
      return `${word}...`;
    }
  }
  return word;
}

function match(pattern: RegExp, bytes: string, at: number): readonly [string] {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = at;
  return [sticky.exec(bytes)?.[0] ?? ''];
}
