import type { Json, JsonObject } from '../../json.ts';
import type { JavaType } from './habits.ts';
import type { Read } from './json-reader.ts';

/** The types that a property may refer to by name. */
export type JavaTypes = Readonly<Record<string, JavaType>>;

/** Why a body is not of the type that it is read into: the first line of the exception. */
export class BindingError extends Error {}

/** Thrown where reading had come to an end: what was read so far is as it should be. */
export class CutShort extends Error {}

const DATABIND = 'com.fasterxml.jackson.databind.exc';

/**
 * What a body says, read into a type as Jackson does it: texts may be numbers or flags, and the last of two members of the
 * same name counts.
 * @throws BindingError, CutShort
 */
export function bind(read: Read, name: string, types: JavaTypes): Json {
  return bindType(read, name, types, undefined);
}

function bindForm(read: Read, form: string, types: JavaTypes, property: string): Json {
  const [, item] = /^\[(\w+)\]$/.exec(form) ?? [];
  switch (form) {
    case 'text':
      return bindText(read);
    case 'flag':
      return bindFlag(read);
    case 'texts':
      return bindList(read, 'java.lang.String', bindText);
    case 'texts-by-name':
      return bindMap(read);
    default:
      return item === undefined
        ? bindType(read, form, types, property)
        : bindList(read, types[item]?.class ?? item, (each) => bindType(each, item, types, property));
  }
}

function bindType(read: Read, name: string, types: JavaTypes, property: string | undefined): Json {
  const type = types[name];
  if (read.kind === 'null' || !type) {
    return null;
  }
  if (type.by !== undefined) {
    return bindMembers(read, subtypeOf(read, type, types, property), types, type.by);
  }
  if (read.kind !== 'object') {
    throw misfit(read, type.class, type.class);
  }
  return bindMembers(read, type, types);
}

function bindMembers(read: Read, type: JavaType, types: JavaTypes, by?: string): JsonObject {
  const { properties = {} } = type;
  const { members, isCut } = read.kind === 'object' ? read : { members: [], isCut: true };
  const bound = members.map(({ name, value }): readonly [string, Json] => {
    const form = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (form !== undefined) {
      return [name, bindForm(value, form, types, name)];
    }
    if (name === by) {
      return [name, bindText(value)];
    }
    throw value.kind === 'cut' && !value.isText
      ? new CutShort()
      : unknownProperty(name, type.class, Object.keys(properties));
  });
  if (isCut) {
    throw new CutShort();
  }
  return Object.fromEntries(bound);
}

/** Which of its types a value is; the member that says so may stand anywhere. Of a list, the first item is to say it. */
function subtypeOf(read: Read, type: JavaType, types: JavaTypes, property = ''): JavaType {
  const { class: base, by = '', types: names = {} } = type;
  const where = property === '' ? '' : ` (for POJO property '${property}')`;
  const id = typeIdOf(read, base, by);
  if (id === undefined) {
    throw failed(
      'InvalidTypeIdException',
      `Could not resolve subtype of [simple type, class ${base}]: missing type id property '${by}'${where}`,
    );
  }
  const subtype = Object.hasOwn(names, id) ? types[names[id] ?? ''] : undefined;
  if (!subtype) {
    const known = Object.keys(names).sort().join(', ');
    throw failed(
      'InvalidTypeIdException',
      `Could not resolve type id '${id}' as a subtype of \`${base}\`: known type ids = [${known}]${where}`,
    );
  }
  return subtype;
}

function typeIdOf(read: Read, base: string, by: string): string | undefined {
  switch (read.kind) {
    case 'cut':
      throw new CutShort();
    case 'list': {
      const [first] = read.items;
      const token = first ? STARTS.get(first.kind) : read.isCut ? undefined : 'END_ARRAY';
      if (token !== undefined) {
        const needed = 'need String, Number of Boolean value that contains type id';
        throw mismatch(
          `Unexpected token (${token}), expected VALUE_STRING: ${needed} (for subtype of ${base})`,
        );
      }
      return first ? tokenText(first) : tokenText({ kind: 'cut', isText: false });
    }
    case 'object': {
      const found = read.members.find(({ name, value }) => name === by || value.kind === 'cut')?.value;
      if (!found && read.isCut) {
        throw new CutShort();
      }
      return found && tokenText(found);
    }
    default:
      return undefined;
  }
}

const STARTS: ReadonlyMap<Read['kind'], string> = new Map([
  ['list', 'START_ARRAY'],
  ['object', 'START_OBJECT'],
]);

/** The text of the first token of a value. */
function tokenText(read: Read): string {
  switch (read.kind) {
    case 'text':
    case 'number':
      return read.text;
    case 'flag':
      return String(read.value);
    case 'cut':
      throw new CutShort();
    default:
      return read.kind === 'null' ? 'null' : read.kind === 'list' ? '[' : '{';
  }
}

function bindText(read: Read): Json {
  switch (read.kind) {
    case 'text':
    case 'number':
      return read.text;
    case 'flag':
      return String(read.value);
    case 'null':
      return null;
    default:
      throw misfit(read, 'java.lang.String', 'java.lang.String');
  }
}

/** A whole number is true unless it is 0, and null is false. */
function bindFlag(read: Read): Json {
  const text = read.kind === 'text' ? read.text.trim() : '';
  switch (read.kind) {
    case 'flag':
      return read.value;
    case 'null':
      return false;
    case 'number':
      if (isWhole(read.text)) {
        return Number(read.text) !== 0;
      }
      throw misfit(read, 'boolean', 'boolean');
    case 'text':
      if (/^(true|True|TRUE|false|False|FALSE|)$/.test(text)) {
        return text.toLowerCase() === 'true';
      }
      throw failed(
        'InvalidFormatException',
        `Cannot deserialize value of type \`boolean\` from String "${read.text}": only "true"/"True"/"TRUE" or "false"/"False"/"FALSE" recognized`,
      );
    default:
      throw misfit(read, 'boolean', 'boolean');
  }
}

function isWhole(number: string): boolean {
  return /^-?\d+$/.test(number);
}

function bindList(read: Read, item: string, bindItem: (read: Read) => Json): Json {
  if (read.kind === 'null') {
    return null;
  }
  if (read.kind !== 'list') {
    const isOfTexts = item === 'java.lang.String';
    const constructed =
      isOfTexts || (read.kind === 'text' && isBlank(read.text)) ? 'java.util.ArrayList' : '';
    throw misfit(read, `java.util.ArrayList<${item}>`, constructed);
  }
  const items = read.items.map(bindItem);
  if (read.isCut) {
    throw new CutShort();
  }
  return items;
}

function bindMap(read: Read): Json {
  if (read.kind === 'null') {
    return null;
  }
  if (read.kind !== 'object') {
    throw misfit(
      read,
      'java.util.LinkedHashMap<java.lang.String,java.lang.String>',
      'java.util.LinkedHashMap',
    );
  }
  const members = read.members.map(({ name, value }): readonly [string, Json] => [name, bindText(value)]);
  if (read.isCut) {
    throw new CutShort();
  }
  return Object.fromEntries(members);
}

/** What Jackson says of a value of the wrong kind: most things that it could make an object of make none here. */
function misfit(read: Read, type: string, constructed: string): Error {
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
function isBlank(text: string): boolean {
  return [...text].every((character) => character <= ' ');
}

function numberOf(text: string): readonly [kind: string, from: string] {
  if (!isWhole(text)) {
    return ['double/Double', `Number value (${javaDouble(Number(text))})`];
  }
  const value = BigInt(text);
  const kind = isWithin(value, 31n) ? 'int/Int' : isWithin(value, 63n) ? 'long/Long' : 'BigInteger';
  return [kind, `Number value (${value})`];
}

function isWithin(value: bigint, bits: bigint): boolean {
  return value >= -(2n ** bits) && value < 2n ** bits;
}

/** A number as Java writes it, which has a digit after the point and an exponent from ten million on. */
function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || value === 0 || (size >= 1e-3 && size < 1e7)) {
    return Number.isInteger(value) ? value.toFixed(1) : String(value);
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

function undeserialized(read: Read, type: string): BindingError {
  const [kind, token] = tokenOf(read);
  return mismatch(
    `Cannot deserialize value of type \`${type}\` from ${kind} value (token \`JsonToken.${token}\`)`,
  );
}

function tokenOf(read: Read): readonly [kind: string, token: string] {
  switch (read.kind) {
    case 'number':
      return isWhole(read.text) ? ['Integer', 'VALUE_NUMBER_INT'] : ['Floating-point', 'VALUE_NUMBER_FLOAT'];
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

function unknownProperty(name: string, type: string, known: readonly string[]): BindingError {
  const count = known.length === 1 ? 'one known property' : `${known.length} known properties`;
  const names = known.map((each) => `"${each}"`).join(', ');
  return failed(
    'UnrecognizedPropertyException',
    `Unrecognized field "${name}" (class ${type}), not marked as ignorable (${count}: ${names}])`,
  );
}

function mismatch(message: string): BindingError {
  return failed('MismatchedInputException', message);
}

function failed(name: string, message: string): BindingError {
  return new BindingError(`${DATABIND}.${name}: ${message}`);
}
