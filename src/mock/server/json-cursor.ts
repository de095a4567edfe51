import type { Place } from './json-scalars.ts';
import { described, JsonError, unexpected } from './json-text.ts';

const SOURCE = 'org.glassfish.jersey.message.internal.ReaderInterceptorExecutor$UnCloseableInputStream';
/** How deep lists and objects may be nested. */
const DEEPEST = 1000;
const COMMENT =
  "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)";
const ROOT = { place: 'root', from: 0 } as const;

/** A place in a JSON text, and the lists and objects that it lies in. */
export class JsonCursor {
  readonly bytes: string;
  at = 0;
  readonly #open: { readonly place: Place; readonly from: number }[] = [];

  constructor(bytes: string) {
    this.bytes = bytes;
  }

  /** The next character; empty at the end. */
  get next(): string {
    return this.bytes.charAt(this.at);
  }

  get place(): Place {
    return this.#open.at(-1)?.place ?? ROOT.place;
  }

  /** How many lists and objects are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** Where the innermost list or object began, in words. */
  get start(): string {
    const { from } = this.#open.at(-1) ?? ROOT;
    const before = this.bytes.slice(0, from).split('\n');
    return `[Source: (${SOURCE}); line: ${before.length}, column: ${before.at(-1)?.length}]`;
  }

  /** @throws JsonError */
  skipBlanks(): void {
    while (/^[ \t\r\n]/.test(this.next)) {
      this.at += 1;
    }
    const found = this.next;
    if (found === '/') {
      throw unexpected(found, COMMENT);
    }
    if (found !== '' && found < ' ') {
      const reason = 'only regular white space (\\r, \\n, \\t) is allowed between tokens';
      throw new JsonError(`Illegal character (${described(found)}): ${reason}`);
    }
  }

  /** Goes into the list or object that begins here. @throws JsonError */
  enter(place: Place): void {
    if (this.depth >= DEEPEST) {
      const limit = `the maximum allowed (${DEEPEST}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`;
      const message = `Document nesting depth (${DEEPEST + 1}) exceeds ${limit}`;
      throw new JsonError(message, 'exc.StreamConstraintsException');
    }
    this.at += 1;
    this.#open.push({ place, from: this.at });
  }

  leave(): void {
    this.#open.pop();
  }

  /** What is wrong with a bracket that closes something else, or nothing. */
  mismatched(found: string): JsonError {
    const expected = found === '}' ? ']' : '}';
    return new JsonError(
      `Unexpected close marker '${found}': expected '${expected}' (for ${this.place} starting at ${this.start})`,
    );
  }
}
