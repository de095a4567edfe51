import type { HeaderLine } from './exchange.ts';
import { BODIES_LIMIT, BODY_LIMIT, sizeText } from './limits.ts';
import { ChunkReader } from './raw-chunks.ts';
import type { BodyPlan } from './raw-length.ts';
import { Store } from './store.ts';
import type { WireFault } from './wire-fault.ts';

/** Bytes of the bodies that are being read now, over all connections. */
let underWay = 0;

/** Reads the body of one answer piece by piece, as its head says (RFC 9112 6.3). */
export class BodyReader {
  readonly #plan: BodyPlan;
  readonly #chunks = new ChunkReader((data) => this.#keep(data));
  readonly #content = new Store(BODY_LIMIT);
  /** How many of the bytes under way are its own. */
  #share = 0;
  /** Whether it had to make room for others. */
  #isCrowdedOut = false;

  constructor(plan: BodyPlan) {
    this.#plan = plan;
    if (plan.delimitation.by === 'length') {
      this.#content.expect(plan.delimitation.length);
    }
  }

  /** Gives what is behind the body once it is complete; undefined while it is not. */
  read(bytes: Buffer): Buffer | undefined {
    const { delimitation } = this.#plan;
    switch (delimitation.by) {
      case 'head':
        return bytes;
      case 'chunks':
        return this.#chunks.read(bytes);
      case 'length': {
        const left = delimitation.length - this.#content.size;
        this.#keep(bytes.subarray(0, left));
        return bytes.length < left ? undefined : bytes.subarray(left);
      }
      case 'close':
        this.#keep(bytes);
        return undefined;
    }
  }

  /** Whether the end of the connection is its end. */
  endsByClose(): boolean {
    return this.#plan.delimitation.by === 'close';
  }

  /** False after a fault that leaves no telling what is next. */
  isReadable(): boolean {
    return this.#chunks.isReadable();
  }

  /** Why the content is not kept, once that is known; undefined where it is. */
  excess(): string | undefined {
    const { delimitation } = this.#plan;
    if (this.#isCrowdedOut) {
      return `those that came at the same time are larger than the ${sizeText(BODIES_LIMIT)} that are read`;
    }
    const isTooLarge = (delimitation.by === 'length' ? delimitation.length : this.size()) > BODY_LIMIT;
    return isTooLarge ? `it is larger than the ${sizeText(BODY_LIMIT)} that are read` : undefined;
  }

  /** Whether it is said beforehand how long the content is. */
  isLengthGiven(): boolean {
    return this.#plan.delimitation.by === 'length';
  }

  /** Bytes of the content so far, the dropped ones included. */
  size(): number {
    return this.#content.size;
  }

  /** All that came; undefined where it is not kept. Ends the reading. */
  content(): Buffer | undefined {
    this.#claim(0);
    return this.excess() === undefined ? this.#content.bytes() : undefined;
  }

  codings(): readonly string[] {
    return this.#plan.codings;
  }

  trailers(): readonly HeaderLine[] {
    return this.#chunks.trailers;
  }

  faults(): readonly WireFault[] {
    return this.#chunks.faults;
  }

  #keep(data: Buffer): void {
    this.#content.add(data);
    this.#claim(this.size());
    this.#isCrowdedOut ||= underWay > BODIES_LIMIT;
    if (this.excess() !== undefined) {
      this.#content.drop();
      this.#claim(0);
    }
  }

  #claim(bytes: number): void {
    underWay += bytes - this.#share;
    this.#share = bytes;
  }

  /** What has not come yet, for people. */
  missing(): string {
    const { delimitation } = this.#plan;
    switch (delimitation.by) {
      case 'length':
        return `${delimitation.length - this.size()} of the ${delimitation.length} bytes of its body`;
      case 'chunks':
        return this.#chunks.missing();
      default:
        return 'the end of its body';
    }
  }
}
