import type { StateFile } from './state-file.ts';
import type { Store } from './store.ts';

/** Writes the state to its file, one time after the other. Changes that come meanwhile share the next time. */
export class Saver {
  readonly #file: StateFile;
  readonly #store: () => Store;
  /** The count of changes that the file has. */
  #saved: number;
  #writing: { readonly changes: number; readonly end: Promise<void> } | undefined;
  #next: Promise<void> | undefined;

  constructor(file: StateFile, store: () => Store) {
    this.#file = file;
    this.#store = store;
    this.#saved = file.saved ? 0 : -1;
  }

  /**
   * Resolves when the file has so many changes.
   * @throws KitError as `StateFile.write` does
   */
  async reach(changes: number): Promise<void> {
    if (changes <= this.#saved) {
      return;
    }
    if (this.#writing && changes <= this.#writing.changes) {
      await this.#writing.end;
      return;
    }
    this.#next ??= this.#after(this.#writing?.end);
    await this.#next;
  }

  async #after(end: Promise<void> | undefined): Promise<void> {
    // Who waits for that time is told of its failure.
    await end?.catch(() => undefined);
    this.#next = undefined;
    const store = this.#store();
    const { changes } = store;
    this.#writing = { changes, end: this.#file.write(store.save()) };
    try {
      await this.#writing.end;
      this.#saved = changes;
    } finally {
      this.#writing = undefined;
    }
  }
}
