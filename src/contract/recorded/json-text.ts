import { readFile } from 'node:fs/promises';
import { type Node, parseTree, visit } from 'jsonc-parser';
import { tokensOf } from '../../documents/pointer.ts';
import { KitError } from '../../errors.ts';
import type { Json } from '../../json.ts';

/**
 * The text of a recorded file, without a byte order mark.
 * @throws KitError DOCUMENT_UNREADABLE
 */
export async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw KitError.of('DOCUMENT_UNREADABLE', { source: file, reason: reasonOf(error) });
  }
}

/** The value of a JSON text (RFC 8259); undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * The line on which `text` stops being JSON. The words of JSON.parse are no help: they do not always say where, and they
 * quote the text, which may hold secrets.
 */
export function lineOfSyntaxError(text: string): number {
  let line: number | undefined;
  const onError = (_error: number, _offset: number, _length: number, startLine: number) => {
    line ??= startLine + 1;
  };
  try {
    visit(text, { onError }, { disallowComments: true });
  } catch {
    // Nested too deeply for the library, which recurses: nobody's recording.
  }
  return line ?? 1;
}

/**
 * Where in a JSON text, or in the beginning of one, the value at a pointer stands, in UTF-16 code units: that of the
 * nearest value around it where there is none. Undefined where that is the whole text.
 */
export function rangeOf(text: string, pointer: string): { start: number; end: number } | undefined {
  const root = treeOf(text);
  let found = root;
  for (const token of tokensOf(pointer)) {
    const child: Node | undefined = found && childOf(found, token);
    if (!child) {
      break;
    }
    found = child;
  }
  return found && found !== root ? { start: found.offset, end: found.offset + found.length } : undefined;
}

function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { disallowComments: true });
  } catch {
    return undefined; // Nested too deeply for the library, which recurses.
  }
}

/** Of several properties with one name the last counts, as it does for JSON.parse. */
function childOf({ type, children = [] }: Node, token: string): Node | undefined {
  return type === 'array'
    ? children[Number(token)]
    : children.findLast((property) => property.children?.[0]?.value === token)?.children?.[1];
}

/** What the system says, without its code and call: `no such file or directory`. */
function reasonOf(error: unknown): string {
  return String(error)
    .replace(/^Error: (E[A-Z]+: )?/, '')
    .replace(/, \w+( '.*')?$/, '');
}
