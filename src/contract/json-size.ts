import { eachToken } from './json-tokens.ts';
import { sizeText } from './limits.ts';

/** Bytes of memory that an array or object takes with what is remembered of it, and any other value or a name; roughly. */
const CONTAINER = 100;
const SCALAR = 16;

/** The most memory that the values of one text may take to be read: 64 MiB. */
const VALUES_LIMIT = 64 * 1024 * 1024;

/** The most names of one object, and the longest text in characters, that are read. */
const NAMES_LIMIT = 100_000;
const TEXT_LIMIT = 8 * 1024 * 1024;

/** How large a JSON text is once it is read. */
export interface JsonSize {
  /** Bytes of memory that its values take, roughly. */
  readonly bytes: number;
  /** Why it is too much to be read; undefined where it is not. */
  readonly excess: string | undefined;
}

/** Measures a text without reading it into anything. */
export function sizeOfJson(text: string): JsonSize {
  const meter = new Meter();
  eachToken(text, (char, start, end) => {
    meter.take(char, end - start);
    return meter.excess === undefined;
  });
  return { bytes: meter.bytes, excess: meter.excess };
}

class Meter {
  bytes = 0;
  excess: string | undefined;
  /** For each array or object around the place, how many names it has so far; arrays have none. */
  readonly #names: number[] = [];

  take(char: string, length: number): void {
    switch (char) {
      case '{':
      case '[':
        this.#names.push(char === '{' ? 1 : Number.NEGATIVE_INFINITY);
        this.#count(CONTAINER);
        break;
      case '}':
      case ']':
        this.#names.pop();
        break;
      case ',':
        this.#countName();
        break;
      default:
        this.#count(SCALAR);
        if (length > TEXT_LIMIT) {
          this.excess = `it has a text of more than the ${TEXT_LIMIT} characters that are read`;
        }
    }
  }

  #count(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > VALUES_LIMIT) {
      this.excess = `it has more values than fit into the ${sizeText(VALUES_LIMIT)} that they may take`;
    }
  }

  #countName(): void {
    const names = (this.#names.pop() ?? 0) + 1;
    this.#names.push(names);
    if (names > NAMES_LIMIT) {
      this.excess = `it has an object of more than the ${NAMES_LIMIT} names that are read`;
    }
  }
}
