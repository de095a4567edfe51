import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { displayName, readText } from '../../documents/read.ts';
import { KitError } from '../../errors.ts';
import { readSaved } from './read-saved.ts';
import type { SavedState } from './saved-state.ts';

/** The file of a state, which one program at a time may write. */
export class StateFile {
  /** What the file held when it was opened; undefined where there was none. */
  readonly saved: SavedState | undefined;
  readonly #path: string;
  /** Which version of the file is the one that was last read or written here; undefined where there was none. */
  #version: string | undefined;

  private constructor(path: string, version: string | undefined, saved: SavedState | undefined) {
    this.#path = path;
    this.#version = version;
    this.saved = saved;
  }

  /**
   * Reads the file, if there is one.
   * @throws KitError STATE_INVALID with the line of what is wrong, DOCUMENT_UNREADABLE
   */
  static async open(file: string): Promise<StateFile> {
    const path = resolve(file);
    const version = await versionOf(path);
    if (version === undefined) {
      return new StateFile(path, undefined, undefined);
    }
    const url = pathToFileURL(path);
    return new StateFile(path, version, readSaved(await readText(url), displayName(url)));
  }

  /**
   * Puts a state in the place of the last one. Whatever happens meanwhile, the file holds the one or the other.
   * @throws KitError FILE_UNWRITABLE; STATE_INVALID where somebody else has written, which stays
   */
  async write(state: SavedState): Promise<void> {
    const draft = `${this.#path}.${process.pid}.new`;
    try {
      await writeThrough(draft, `${JSON.stringify(state, null, 1)}\n`);
      if ((await versionOf(this.#path)) !== this.#version) {
        throw this.#changed();
      }
      await rename(draft, this.#path);
      await syncFolder(dirname(this.#path));
      this.#version = await versionOf(this.#path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw error instanceof KitError ? error : unwritable(this.#path, error);
    }
  }

  #changed(): KitError {
    const reason = `${this.#path} was changed by another program, so this one does not write to it any more`;
    return KitError.of('STATE_INVALID', {
      reason,
      advice: 'Give each mock a state file of its own, and start again.',
    });
  }
}

/** Writes a file and waits until it is on the disk. */
async function writeThrough(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Waits until the names in a folder are on the disk, where the system can say so. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Two versions of a file differ in this; undefined where there is none. */
async function versionOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.ino} ${found.size} ${found.mtimeNs}`;
}

function unwritable(file: string, error: unknown): KitError {
  const reason = error instanceof Error ? error.message : String(error);
  return KitError.of('FILE_UNWRITABLE', { file, reason });
}
