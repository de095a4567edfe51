import { appendToken } from '../documents/pointer.ts';
import { isImprecise } from './json-number.ts';
import { eachToken } from './json-tokens.ts';

/** Deeper nesting than this is too much for the usual JSON libraries of other languages. */
export const DEEP = 1000;

/** Half of a surrogate pair. */
const HALF = /\p{Surrogate}/u;

const BEYOND_ASCII = /[^\0-\x7f]/;

/** How many oddities of one text are told. */
const TOLD = 20;

/** Characters of a pointer, and of what stands there, that are told. */
const POINTER_TOLD = 1000;
const TEXT_TOLD = 60;

/** Something in a JSON text that its parsed value does not show any more. */
export interface Oddity {
  readonly kind: 'duplicate-key' | 'lone-surrogate' | 'imprecise-number' | 'depth';
  /** JSON pointer, cut at 1000 characters. */
  readonly pointer: string;
  /** The text, cut at 60 characters. */
  readonly text: string;
}

/** An array or object around the place that is being read. */
interface Frame {
  /** The names so far; undefined for an array. */
  readonly names: Set<string> | undefined;
  /** The name or index of the value that is being read. */
  at: string | number;
  /** Whether the next text is a name. */
  expectsName: boolean;
}

/**
 * Reads a text that JSON.parse has taken once more, for what is lost by parsing: names that stand twice in an object,
 * escapes that are half a character, numbers that a double cannot hold, and how deep it is.
 */
export function scanJson(text: string): readonly Oddity[] {
  const scan = new Scan(text);
  eachToken(text, (char, start, end) => {
    scan.take(char, start, end);
    return true;
  });
  return scan.oddities();
}

class Scan {
  readonly #text: string;
  readonly #oddities: Oddity[] = [];
  readonly #frames: Frame[] = [];
  #deepest = 0;

  constructor(text: string) {
    this.#text = text;
  }

  take(char: string, start: number, end: number): void {
    const frame = this.#frames.at(-1);
    switch (char) {
      case '{':
        this.#open({ names: new Set(), at: '', expectsName: true });
        break;
      case '[':
        this.#open({ names: undefined, at: 0, expectsName: false });
        break;
      case '}':
      case ']':
        this.#frames.pop();
        break;
      case ',':
        advance(frame);
        break;
      case '"':
        this.#readString(start, end, frame);
        break;
      default:
        if (isImprecise(this.#text.slice(start, end))) {
          this.#tell('imprecise-number', start, end);
        }
    }
  }

  oddities(): readonly Oddity[] {
    const depth: Oddity = { kind: 'depth', pointer: '', text: `${this.#deepest} levels` };
    return this.#deepest > DEEP ? [...this.#oddities, depth] : this.#oddities;
  }

  #open(frame: Frame): void {
    this.#frames.push(frame);
    this.#deepest = Math.max(this.#deepest, this.#frames.length);
  }

  #readString(start: number, end: number, frame: Frame | undefined): void {
    const token = this.#text.slice(start, end);
    const value = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
    if (frame?.names && frame.expectsName) {
      frame.at = value;
      frame.expectsName = false;
      // The same letters composed and decomposed look alike (Unicode normalization form C).
      const name = BEYOND_ASCII.test(value) ? value.normalize('NFC') : value;
      if (frame.names.has(name)) {
        this.#tell('duplicate-key', start, end);
      }
      frame.names.add(name);
    }
    if (token.includes('\\u') && HALF.test(value)) {
      this.#tell('lone-surrogate', start, end);
    }
  }

  #tell(kind: Oddity['kind'], start: number, end: number): void {
    if (this.#oddities.length < TOLD) {
      const path = this.#frames
        .slice(0, DEEP)
        .reduce(
          (sum, { at }) => appendToken(sum, typeof at === 'string' ? at.slice(0, POINTER_TOLD) : at),
          '',
        );
      const raw = this.#text.slice(start, Math.min(end, start + TEXT_TOLD + 1));
      this.#oddities.push({
        kind,
        pointer: path.slice(0, POINTER_TOLD),
        text: raw.length > TEXT_TOLD ? `${raw.slice(0, TEXT_TOLD)}…` : raw,
      });
    }
  }
}

function advance(frame: Frame | undefined): void {
  if (frame?.names) {
    frame.expectsName = true;
  } else if (frame) {
    frame.at = Number(frame.at) + 1;
  }
}
