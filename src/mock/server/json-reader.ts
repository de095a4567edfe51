import { type Place, readNumber, readWord } from './json-scalars.ts';
import { characterAt, described, ended, JsonError, readString, unexpected } from './json-text.ts';

/** A value as it stands in a JSON text: numbers keep their digits, objects their order and their doubles. */
export type Read =
  | { readonly kind: 'text' | 'number'; readonly text: string }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly Read[]; readonly isCut: boolean }
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly isCut: boolean }
  /** Reading ended here; in a text, which is only read when somebody asks for it. */
  | { readonly kind: 'cut'; readonly isText: boolean };

export interface Member {
  readonly name: string;
  readonly value: Read;
}

/** Why a text is no JSON, in the words of the Java library that servers read it with. */
export interface ReadFailure {
  readonly class: string;
  readonly message: string;
  /** Whether it lies in the text of a string. */
  readonly isInText: boolean;
  /** How many lists and objects it lies in. */
  readonly depth: number;
}

/** What was read until the end, or until a failure; undefined for an empty text. */
export interface Reading {
  readonly value: Read | undefined;
  readonly failure: ReadFailure | undefined;
  /** The kind of token that follows the value. */
  readonly trailing: string | undefined;
}

/** Reads a JSON text (RFC 8259) as Jackson does; its characters stand for bytes of UTF-8. */
export function readJson(bytes: string): Reading {
  return new JsonReader(bytes).read();
}

const SOURCE = 'org.glassfish.jersey.message.internal.ReaderInterceptorExecutor$UnCloseableInputStream';
/** How deep lists and objects may be nested. */
const DEEPEST = 1000;
const COMMENT =
  "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)";

class JsonReader {
  readonly #bytes: string;
  #at = 0;
  readonly #open: { readonly place: Place; readonly from: number }[] = [];
  #failure: ReadFailure | undefined;

  constructor(bytes: string) {
    this.#bytes = bytes;
  }

  read(): Reading {
    const value = this.#attempt(() => {
      this.#skipBlanks();
      return this.#at < this.#bytes.length ? this.#value() : undefined;
    });
    const trailing = this.#failure ? undefined : this.#attempt(() => this.#trailing());
    return { value, failure: this.#failure, trailing };
  }

  /** What goes wrong is kept, where nothing did before. */
  #attempt<T>(read: () => T, isInText = false): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof JsonError)) {
        throw error;
      }
      const { class: name, message } = error;
      this.#failure ??= { class: name, message, isInText, depth: this.#open.length };
      return undefined;
    }
  }

  #trailing(): string | undefined {
    this.#skipBlanks();
    const found = this.#peek();
    switch (found) {
      case '':
        return undefined;
      case '}':
      case ']':
        throw this.#mismatched(found);
      case '{':
        return 'START_OBJECT';
      case '[':
        return 'START_ARRAY';
      case '"':
        return 'VALUE_STRING';
      default: {
        const number = readNumber(this.#bytes, this.#at, 'root');
        const word = number === undefined ? readWord(this.#bytes, this.#at, 'root') : '';
        return `VALUE_${word.toUpperCase() || (/[.eE]/.test(number ?? '') ? 'NUMBER_FLOAT' : 'NUMBER_INT')}`;
      }
    }
  }

  #value(): Read {
    const cut = (isText: boolean): Read => ({ kind: 'cut', isText });
    switch (this.#peek()) {
      case '{':
        return this.#object();
      case '[':
        return this.#list();
      case '"': {
        const places = { where: ' in VALUE_STRING', place: 'string value' };
        const read = this.#attempt(() => readString(this.#bytes, this.#at + 1, places), true);
        this.#at = read?.end ?? this.#at;
        return read ? { kind: 'text', text: read.text } : cut(true);
      }
      default:
        return this.#attempt(() => this.#scalar()) ?? cut(false);
    }
  }

  #scalar(): Read {
    const number = readNumber(this.#bytes, this.#at, this.#place);
    if (number !== undefined) {
      this.#at += number.length;
      return { kind: 'number', text: number };
    }
    const word = readWord(this.#bytes, this.#at, this.#place);
    this.#at += word.length;
    return word === 'null' ? { kind: 'null' } : { kind: 'flag', value: word === 'true' };
  }

  #object(): Read {
    const members: Member[] = [];
    this.#enter('Object', () => {
      while (this.#next(members.length === 0, '}')) {
        const name = this.#name();
        this.#colon();
        members.push({ name, value: this.#value() });
        if (this.#failure) {
          return;
        }
      }
    });
    return { kind: 'object', members, isCut: this.#failure !== undefined };
  }

  #list(): Read {
    const items: Read[] = [];
    this.#enter('Array', () => {
      while (this.#next(items.length === 0, ']')) {
        items.push(this.#value());
        if (this.#failure) {
          return;
        }
      }
    });
    return { kind: 'list', items, isCut: this.#failure !== undefined };
  }

  /** Reads what is in an object or a list. */
  #enter(place: Place, read: () => void): void {
    this.#attempt(() => {
      if (this.#open.length >= DEEPEST) {
        const limit = `the maximum allowed (${DEEPEST}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`;
        const message = `Document nesting depth (${DEEPEST + 1}) exceeds ${limit}`;
        throw new JsonError(message, 'exc.StreamConstraintsException');
      }
    });
    if (this.#failure) {
      return;
    }
    this.#at += 1;
    this.#open.push({ place, from: this.#at });
    this.#attempt(read);
    this.#open.pop();
  }

  /** Comes to the next entry; false after the end of the list or object. */
  #next(isFirst: boolean, end: string): boolean {
    const { place, from } = this.#open.at(-1) ?? { place: 'root', from: 0 };
    this.#skipBlanks();
    const found = this.#peek();
    if (found === '') {
      throw ended(`: expected close marker for ${place} (start marker at ${this.#source(from)})`);
    }
    if (found === end) {
      this.#at += 1;
      return false;
    }
    if (found === '}' || found === ']') {
      throw this.#mismatched(found);
    }
    if (!isFirst) {
      this.#comma(found, place);
    }
    return true;
  }

  #comma(found: string, place: Place): void {
    if (found !== ',') {
      throw unexpected(found, `was expecting comma to separate ${place} entries`);
    }
    this.#at += 1;
    this.#skipBlanks();
    if (this.#peek() === '') {
      throw new JsonError(`Unexpected end-of-input within/between ${place} entries`);
    }
  }

  #name(): string {
    if (this.#peek() !== '"') {
      const { text } = characterAt(this.#bytes, this.#at);
      // Only the lower half of a large one is kept.
      const kept = String.fromCharCode(text.codePointAt(0) ?? 0);
      throw unexpected(kept, 'was expecting double-quote to start field name');
    }
    const start = this.#at + 1;
    const where = start === this.#bytes.length ? ": was expecting closing '\"' for name" : ' in field name';
    const { text, end } = readString(this.#bytes, start, { where, place: 'name' });
    this.#at = end;
    return text;
  }

  #colon(): void {
    this.#skipBlanks();
    if (this.#peek() !== ':') {
      throw this.#peek() === ''
        ? ended(' within/between Object entries')
        : unexpected(this.#peek(), 'was expecting a colon to separate field name and value');
    }
    this.#at += 1;
    this.#skipBlanks();
    if (this.#peek() === '') {
      throw ended(' within/between Object entries');
    }
  }

  #mismatched(found: string): JsonError {
    const { place, from } = this.#open.at(-1) ?? { place: 'root', from: 0 };
    const expected = found === '}' ? ']' : '}';
    return new JsonError(
      `Unexpected close marker '${found}': expected '${expected}' (for ${place} starting at ${this.#source(from)})`,
    );
  }

  get #place(): Place {
    return this.#open.at(-1)?.place ?? 'root';
  }

  #peek(): string {
    return this.#bytes.charAt(this.#at);
  }

  #skipBlanks(): void {
    while (/^[ \t\r\n]/.test(this.#peek())) {
      this.#at += 1;
    }
    const found = this.#peek();
    if (found === '/') {
      throw unexpected(found, COMMENT);
    }
    if (found !== '' && found < ' ') {
      const reason = 'only regular white space (\\r, \\n, \\t) is allowed between tokens';
      throw new JsonError(`Illegal character (${described(found)}): ${reason}`);
    }
  }

  #source(at: number): string {
    const before = this.#bytes.slice(0, at).split('\n');
    return `[Source: (${SOURCE}); line: ${before.length}, column: ${before.at(-1)?.length}]`;
  }
}
