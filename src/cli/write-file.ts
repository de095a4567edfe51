import { writeFile } from 'node:fs/promises';
import { KitError } from '../errors.ts';

/**
 * Writes a text to a file that the user named; `isNew` refuses one that is there already.
 * @throws KitError FILE_UNWRITABLE
 */
export async function writeText(file: string, text: string, { isNew = false } = {}): Promise<void> {
  try {
    await writeFile(file, text, { flag: isNew ? 'wx' : 'w' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw KitError.of('FILE_UNWRITABLE', { file, reason });
  }
}
