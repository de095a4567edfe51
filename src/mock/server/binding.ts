import type { Json, JsonObject } from '../../json.ts';
import { bindFlag, bindItem, bindText, bindTime } from './binding-scalars.ts';
import type { JavaType, JavaTypes } from './habits.ts';
import type { Read } from './json-reading.ts';
import { CutShort, misfit, unknownProperty } from './misfits.ts';
import { subtypeOf } from './subtypes.ts';

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
    case 'time':
      return bindTime(read);
    case 'texts':
      return bindList(read, 'java.lang.String', bindItem);
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
    return bindAlone(read, type);
  }
  return bindMembers(read, type, types);
}

/** Some types can be made of their only flag, which may be a text then. */
function bindAlone(read: Read, { class: name, madeOf }: JavaType): Json {
  const text = read.kind === 'flag' ? String(read.value) : read.kind === 'text' ? read.text.trim() : '';
  if (madeOf !== undefined && (text === 'true' || text === 'false')) {
    return { [madeOf]: text === 'true' };
  }
  throw misfit(read, name, name);
}

function bindMembers(read: Read, type: JavaType, types: JavaTypes, by?: string): JsonObject {
  const { properties = {}, ignoresOthers = false } = type;
  const { members, isCut } = read.kind === 'object' ? read : { members: [], isCut: true };
  const bound: Record<string, Json> = {};
  for (const { name, value } of members) {
    const form = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (name === by) {
      // The first one has said which type it is.
      bound[name] ??= bindText(value);
    } else if (form !== undefined) {
      bound[name] = bindForm(value, form, types, name);
    } else if (value.kind === 'cut' && !value.isText) {
      throw new CutShort();
    } else if (!ignoresOthers) {
      throw unknownProperty(name, type.class, Object.keys(properties));
    }
  }
  if (isCut) {
    throw new CutShort();
  }
  return bound;
}

function bindList(read: Read, item: string, bindEach: (read: Read) => Json): Json {
  if (read.kind === 'null') {
    return null;
  }
  if (read.kind !== 'list') {
    const constructed = item === 'java.lang.String' ? 'java.util.ArrayList' : '';
    throw misfit(read, `java.util.ArrayList<${item}>`, constructed);
  }
  const items = read.items.map(bindEach);
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
