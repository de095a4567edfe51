import { scalarText } from './binding-scalars.ts';
import type { JavaType, JavaTypes } from './habits.ts';
import type { Read } from './json-reading.ts';
import { CutShort, failed, mismatch } from './misfits.ts';

/** Which of its types a value is; the member that says so may stand anywhere. Of a list, the first item is to say it. */
export function subtypeOf(read: Read, type: JavaType, types: JavaTypes, property = ''): JavaType {
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
      if (read.isText) {
        return undefined;
      }
      throw new CutShort();
    case 'list':
      return idInList(read.items, read.isCut, base);
    case 'object': {
      const ids = read.members.filter(({ name, value }) => name === by || value.kind === 'cut');
      const found = ids.map(({ value }) => scalarText(value)).find((text) => text !== undefined);
      if (found === undefined && read.isCut) {
        throw new CutShort();
      }
      return found;
    }
    default:
      return undefined;
  }
}

function idInList([first, ...others]: readonly Read[], isCut: boolean, base: string): string | undefined {
  if (isCut && others.length === 0) {
    throw new CutShort();
  }
  const token = first ? STARTS.get(first.kind) : 'END_ARRAY';
  if (token !== undefined) {
    const needed = 'need String, Number of Boolean value that contains type id';
    throw mismatch(`Unexpected token (${token}), expected VALUE_STRING: ${needed} (for subtype of ${base})`);
  }
  return !first || first.kind === 'null' ? 'null' : scalarText(first);
}

const STARTS: ReadonlyMap<Read['kind'], string> = new Map([
  ['list', 'START_ARRAY'],
  ['object', 'START_OBJECT'],
]);
