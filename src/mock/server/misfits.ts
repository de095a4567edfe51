import { isWholeNumber, javaDouble } from './java-numbers.ts';
import type { Read } from './json-reading.ts';

/** Why a body is not of the type that it is read into: the first line of the exception. */
export class BindingError extends Error {}

/** Thrown where reading had come to an end: what was read so far is as it should be. */
export class CutShort extends Error {}

const DATABIND = 'com.fasterxml.jackson.databind.exc';

/** What Jackson says of a value of the wrong kind: most things that it could make an object of make none here. */
export function misfit(read: Read, type: string, constructed: string): Error {
  const isBean = constructed === type && type !== 'boolean' && type !== 'java.lang.String';
  switch (read.kind) {
    case 'cut':
      return new CutShort();
    case 'text':
      if (constructed === '') {
        return undeserialized(read, type);
      }
      return isBlank(read.text)
        ? failed(
            'InvalidFormatException',
            `Cannot coerce empty String ("") to ${isBean ? `\`${type}\` value` : `element of \`${constructed}\``} (but could if coercion was enabled using \`CoercionConfig\`)`,
          )
        : unconstructed(constructed, 'String', `String value ('${read.text}')`);
    case 'number':
      return isBean ? unconstructed(constructed, ...numberOf(read.text)) : undeserialized(read, type);
    case 'flag':
      return isBean
        ? unconstructed(constructed, 'boolean/Boolean', `boolean value (${read.value})`)
        : undeserialized(read, type);
    default:
      return undeserialized(read, type);
  }
}

/** Whether nothing is in a text but characters up to the blank, as Java's `trim` has it. */
export function isBlank(text: string): boolean {
  return [...text].every((character) => character <= ' ');
}

function numberOf(text: string): readonly [kind: string, from: string] {
  if (!isWholeNumber(text)) {
    return ['double/Double', `Number value (${javaDouble(Number(text))})`];
  }
  const value = BigInt(text);
  const kind = isWithin(value, 31n) ? 'int/Int' : isWithin(value, 63n) ? 'long/Long' : 'BigInteger';
  return [kind, `Number value (${value})`];
}

function isWithin(value: bigint, bits: bigint): boolean {
  return value >= -(2n ** bits) && value < 2n ** bits;
}

export function undeserialized(read: Read, type: string): BindingError {
  const [kind, token] = tokenOf(read);
  return mismatch(
    `Cannot deserialize value of type \`${type}\` from ${kind} value (token \`JsonToken.${token}\`)`,
  );
}

function tokenOf(read: Read): readonly [kind: string, token: string] {
  switch (read.kind) {
    case 'number':
      return isWholeNumber(read.text)
        ? ['Integer', 'VALUE_NUMBER_INT']
        : ['Floating-point', 'VALUE_NUMBER_FLOAT'];
    case 'flag':
      return ['Boolean', `VALUE_${String(read.value).toUpperCase()}`];
    case 'list':
      return ['Array', 'START_ARRAY'];
    case 'text':
      return ['String', 'VALUE_STRING'];
    default:
      return ['Object', 'START_OBJECT'];
  }
}

function unconstructed(type: string, kind: string, from: string): BindingError {
  return mismatch(
    `Cannot construct instance of \`${type}\` (although at least one Creator exists): no ${kind}-argument constructor/factory method to deserialize from ${from}`,
  );
}

export function unknownProperty(name: string, type: string, known: readonly string[]): BindingError {
  const count = known.length === 1 ? 'one known property' : `${known.length} known properties`;
  const names = known.map((each) => `"${each}"`).join(', ');
  return failed(
    'UnrecognizedPropertyException',
    `Unrecognized field "${name}" (class ${type}), not marked as ignorable (${count}: ${names}])`,
  );
}

export function mismatch(message: string): BindingError {
  return failed('MismatchedInputException', message);
}

export function failed(name: string, message: string): BindingError {
  return new BindingError(`${DATABIND}.${name}: ${message}`);
}
