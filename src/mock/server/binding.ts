import type { Json, JsonObject } from '../../json.ts';
import type { JavaType } from './habits.ts';
import type { Member, Read } from './json-reader.ts';

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
  if (read.kind !== 'object') {
    throw misfit(read, type.class, type.class);
  }
  return type.by === undefined
    ? bindMembers(read.members, type, types)
    : bindMembers(read.members, subtypeOf(read.members, type, types, property), types, type.by);
}

function bindMembers(members: readonly Member[], type: JavaType, types: JavaTypes, by?: string): JsonObject {
  const { properties = {} } = type;
  const bound = members.map(({ name, value }): readonly [string, Json] => {
    const form = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (form !== undefined) {
      return [name, bindForm(value, form, types, name)];
    }
    if (name === by) {
      return [name, bindText(value)];
    }
    throw unknownProperty(name, type.class, Object.keys(properties));
  });
  return Object.fromEntries(bound);
}

/** Which of its types an object is; the member that says so may stand anywhere. */
function subtypeOf(
  members: readonly Member[],
  { class: base, by = '', types: names = {} }: JavaType,
  types: JavaTypes,
  property = '',
): JavaType {
  const id = members.find(({ name }) => name === by)?.value;
  const where = property === '' ? '' : ` (for POJO property '${property}')`;
  if (id?.kind !== 'text') {
    throw members.some(({ value }) => value.kind === 'cut') || id?.kind === 'cut'
      ? new CutShort()
      : failed(
          'InvalidTypeIdException',
          `Could not resolve subtype of [simple type, class ${base}]: missing type id property '${by}'${where}`,
        );
  }
  const type = Object.hasOwn(names, id.text) ? types[names[id.text] ?? ''] : undefined;
  if (!type) {
    const known = Object.keys(names).sort().join(', ');
    throw failed(
      'InvalidTypeIdException',
      `Could not resolve type id '${id.text}' as a subtype of \`${base}\`: known type ids = [${known}]${where}`,
    );
  }
  return type;
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

/** A number is true unless it is 0, and null is false. */
function bindFlag(read: Read): Json {
  switch (read.kind) {
    case 'flag':
      return read.value;
    case 'number':
      return Number(read.text) !== 0;
    case 'null':
      return false;
    case 'text':
      if (/^(true|false|)$/i.test(read.text.trim())) {
        return read.text.trim().toLowerCase() === 'true';
      }
      throw failed(
        'InvalidFormatException',
        `Cannot deserialize value of type \`boolean\` from String "${read.text}": only "true" or "false" recognized`,
      );
    default:
      throw misfit(read, 'boolean', 'boolean');
  }
}

function bindList(read: Read, item: string, bindItem: (read: Read) => Json): Json {
  if (read.kind === 'null') {
    return null;
  }
  if (read.kind !== 'list') {
    throw misfit(read, `java.util.ArrayList<${item}>`, 'java.util.ArrayList');
  }
  return read.items.map(bindItem);
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
  return Object.fromEntries(read.members.map(({ name, value }) => [name, bindText(value)]));
}

/** What Jackson says of a value of the wrong kind: lists and objects do not fit, anything else constructs nothing. */
function misfit(read: Read, type: string, constructed: string): Error {
  const [kind, token] = KINDS[read.kind];
  switch (read.kind) {
    case 'cut':
      return new CutShort();
    case 'text':
      return read.text === ''
        ? mismatch(
            `Cannot coerce empty String ("") to \`${type}\` value (but could if coercion was enabled using \`CoercionConfig\`)`,
          )
        : unconstructed(constructed, 'String', `String value ('${read.text}')`);
    case 'number':
      if (type.startsWith('java.util.ArrayList')) {
        break;
      }
      return /^-?\d+$/.test(read.text)
        ? unconstructed(constructed, 'int/Int', `Number value (${read.text})`)
        : unconstructed(constructed, 'double/Double', `Number value (${read.text})`);
    case 'flag':
      if (type.startsWith('java.util.ArrayList')) {
        break;
      }
      return unconstructed(constructed, 'boolean/Boolean', `boolean value (${read.value})`);
    default:
  }
  return mismatch(
    `Cannot deserialize value of type \`${type}\` from ${kind} value (token \`JsonToken.${token}\`)`,
  );
}

const KINDS: Readonly<Record<Read['kind'], readonly [kind: string, token: string]>> = {
  text: ['String', 'VALUE_STRING'],
  number: ['Integer', 'VALUE_NUMBER_INT'],
  flag: ['Boolean', 'VALUE_TRUE'],
  null: ['Null', 'VALUE_NULL'],
  list: ['Array', 'START_ARRAY'],
  object: ['Object', 'START_OBJECT'],
  cut: ['', ''],
};

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
