import { JsonCursor } from './json-cursor.ts';
import type { Member, Read, ReadFailure, Reading } from './json-reading.ts';
import { type Place, readNumber, readWord } from './json-scalars.ts';
import { characterAt, ended, JsonError, readString, unexpected } from './json-text.ts';

/** Reads a JSON text (RFC 8259) as Jackson does; its characters stand for bytes of UTF-8. */
export function readJson(bytes: string): Reading {
  return new JsonReader(bytes).read();
}

class JsonReader {
  readonly #cursor: JsonCursor;
  #failure: ReadFailure | undefined;

  constructor(bytes: string) {
    this.#cursor = new JsonCursor(bytes);
  }

  read(): Reading {
    const value = this.#attempt(() => {
      this.#cursor.skipBlanks();
      return this.#cursor.at < this.#cursor.bytes.length ? this.#value() : undefined;
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
      this.#failure ??= { class: name, message, isInText, depth: this.#cursor.depth };
      return undefined;
    }
  }

  #trailing(): string | undefined {
    this.#cursor.skipBlanks();
    const found = this.#cursor.next;
    switch (found) {
      case '':
        return undefined;
      case '}':
      case ']':
        throw this.#cursor.mismatched(found);
      case '{':
        return 'START_OBJECT';
      case '[':
        return 'START_ARRAY';
      case '"':
        return 'VALUE_STRING';
      default: {
        const number = readNumber(this.#cursor.bytes, this.#cursor.at, 'root');
        const word = number === undefined ? readWord(this.#cursor.bytes, this.#cursor.at, 'root') : '';
        return `VALUE_${word.toUpperCase() || (/[.eE]/.test(number ?? '') ? 'NUMBER_FLOAT' : 'NUMBER_INT')}`;
      }
    }
  }

  #value(): Read {
    const cut = (isText: boolean): Read => ({ kind: 'cut', isText });
    switch (this.#cursor.next) {
      case '{':
        return this.#object();
      case '[':
        return this.#list();
      case '"': {
        const places = { where: ' in VALUE_STRING', place: 'string value' };
        const read = this.#attempt(() => readString(this.#cursor.bytes, this.#cursor.at + 1, places), true);
        this.#cursor.at = read?.end ?? this.#cursor.at;
        return read ? { kind: 'text', text: read.text } : cut(true);
      }
      default:
        return this.#attempt(() => this.#scalar()) ?? cut(false);
    }
  }

  #scalar(): Read {
    if (this.#cursor.place === 'root' && /^[}\]]/.test(this.#cursor.next)) {
      throw this.#cursor.mismatched(this.#cursor.next);
    }
    const number = readNumber(this.#cursor.bytes, this.#cursor.at, this.#cursor.place);
    if (number !== undefined) {
      this.#cursor.at += number.length;
      return { kind: 'number', text: number };
    }
    const word = readWord(this.#cursor.bytes, this.#cursor.at, this.#cursor.place);
    this.#cursor.at += word.length;
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
    this.#attempt(() => this.#cursor.enter(place));
    if (this.#failure) {
      return;
    }
    this.#attempt(read);
    this.#cursor.leave();
  }

  /** Comes to the next entry; false after the end of the list or object. */
  #next(isFirst: boolean, end: string): boolean {
    const { place } = this.#cursor;
    this.#cursor.skipBlanks();
    const found = this.#cursor.next;
    if (found === '') {
      throw ended(`: expected close marker for ${place} (start marker at ${this.#cursor.start})`);
    }
    if (found === end) {
      this.#cursor.at += 1;
      return false;
    }
    if (found === '}' || found === ']') {
      throw this.#cursor.mismatched(found);
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
    this.#cursor.at += 1;
    this.#cursor.skipBlanks();
    if (this.#cursor.next === '') {
      throw new JsonError(`Unexpected end-of-input within/between ${place} entries`);
    }
  }

  #name(): string {
    if (this.#cursor.next !== '"') {
      const { text } = characterAt(this.#cursor.bytes, this.#cursor.at);
      // Only the lower half of a large one is kept.
      const kept = String.fromCharCode(text.codePointAt(0) ?? 0);
      throw unexpected(kept, 'was expecting double-quote to start field name');
    }
    const start = this.#cursor.at + 1;
    const where =
      start === this.#cursor.bytes.length ? ": was expecting closing '\"' for name" : ' in field name';
    const { text, end } = readString(this.#cursor.bytes, start, { where, place: 'name' });
    this.#cursor.at = end;
    return text;
  }

  #colon(): void {
    const found = this.#nextToken();
    if (found !== ':') {
      throw unexpected(found, 'was expecting a colon to separate field name and value');
    }
    this.#cursor.at += 1;
    this.#nextToken();
  }

  /** The character of an object that is next; it must have one. */
  #nextToken(): string {
    this.#cursor.skipBlanks();
    const found = this.#cursor.next;
    if (found === '') {
      throw ended(' within/between Object entries');
    }
    return found;
  }
}
