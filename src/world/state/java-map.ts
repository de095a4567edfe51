/**
 * Entries in the order in which a Java HashMap shows them that was copied from some entries, and changed then: by the places
 * of their hashes, which depend on how much room there is.
 */
export function hashed<T>(
  entries: Readonly<Record<string, T>>,
  changes: (map: JavaMap<T>) => void = () => undefined,
): Readonly<Record<string, T>> {
  const map = new JavaMap(entries);
  changes(map);
  return map.entries();
}

/** How full it may be. */
const LOAD = 0.75;

export class JavaMap<T> {
  readonly #values = new Map<string, T>();
  #room: number;

  constructor(entries: Readonly<Record<string, T>>) {
    const given = Object.entries(entries);
    this.#room = given.length === 0 ? 16 : roomFor(given.length);
    for (const [key, value] of given) {
      this.put(key, value);
    }
  }

  put(key: string, value: T): void {
    this.#values.set(key, value);
    while (this.#values.size > this.#room * LOAD) {
      this.#room *= 2;
    }
  }

  remove(key: string): void {
    this.#values.delete(key);
  }

  entries(): Readonly<Record<string, T>> {
    const placed = [...this.#values].map(([key, value]) => ({ key, value, place: placeOf(key, this.#room) }));
    const sorted = placed.sort((a, b) => a.place - b.place);
    return Object.fromEntries(sorted.map(({ key, value }) => [key, value]));
  }
}

function roomFor(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.floor(size / LOAD + 1)));
}

function placeOf(key: string, room: number): number {
  let hash = 0;
  for (let index = 0; index < key.length; index += 1) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  }
  return (hash ^ (hash >>> 16)) & (room - 1);
}
