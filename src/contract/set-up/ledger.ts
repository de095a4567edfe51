import type { Kind } from './kinds.ts';
import type { KeysByKind } from './session.ts';

/** A thing that may be on the server because of this run. */
export interface Entry {
  readonly kind: Kind;
  readonly key: string;
  /** Its own key and those of the things that it stands in. */
  readonly keys: KeysByKind;
}

/** What a run may have left on the server, written down before it is sent: an answer may be lost. */
export class Ledger {
  #entries: readonly Entry[] = [];

  add(entry: Entry): void {
    this.#entries = [...this.#entries, entry];
  }

  /** Strikes out what is known to be gone. */
  forget(kind: Kind, key: string): void {
    this.#entries = this.#entries.filter((entry) => entry.kind !== kind || entry.key !== key);
  }

  /** The latest first, those that stand in others before them. */
  entries(): readonly Entry[] {
    return this.#entries.toReversed().toSorted((a, b) => b.kind.within.length - a.kind.within.length);
  }
}
