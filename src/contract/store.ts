/** The smallest buffer that a store begins with, in bytes. */
const SMALL = 1024;

/** Bytes that come piece by piece: kept up to a limit, and counted beyond it. */
export class Store {
  #limit: number;
  /** Copies, since a piece may be a small part of a large buffer that would stay with it. */
  #kept: Buffer = Buffer.alloc(0);
  /** How many came, the dropped ones included. */
  size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Makes room for so many bytes at once. */
  expect(bytes: number): void {
    this.#kept = Buffer.allocUnsafeSlow(Math.min(bytes, this.#limit));
  }

  add(bytes: Buffer): void {
    const end = Math.min(this.size + bytes.length, this.#limit);
    if (end > this.#kept.length) {
      const room = Buffer.allocUnsafeSlow(Math.min(this.#limit, Math.max(SMALL, end, this.#kept.length * 2)));
      this.bytes().copy(room);
      this.#kept = room;
    }
    if (this.size < end) {
      bytes.copy(this.#kept, this.size, 0, end - this.size);
    }
    this.size += bytes.length;
  }

  /** Keeps nothing any more. */
  drop(): void {
    this.#limit = 0;
    this.#kept = Buffer.alloc(0);
  }

  /** What was kept. More may be added behind it. */
  bytes(): Buffer {
    return this.#kept.subarray(0, Math.min(this.size, this.#limit));
  }
}
