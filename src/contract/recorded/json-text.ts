import { readFile } from 'node:fs/promises';
import { visit } from 'jsonc-parser';
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

/** What the system says, without its code and call: `no such file or directory`. */
function reasonOf(error: unknown): string {
  return String(error)
    .replace(/^Error: (E[A-Z]+: )?/, '')
    .replace(/, \w+( '.*')?$/, '');
}
