import { appendToken } from '../documents/pointer.ts';

/** Deeper nesting than this is too much for the usual JSON libraries of other languages. */
export const DEEP = 1000;

/** Half of a surrogate pair. */
const HALF = /\p{Surrogate}/u;

/** How many oddities of one text are told. */
const TOLD = 20;

/** Something in a JSON text that its parsed value does not show any more. */
export interface Oddity {
  readonly kind: 'duplicate-key' | 'lone-surrogate' | 'imprecise-number' | 'depth';
  /** JSON pointer. */
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
 * escapes that are half a character, numbers that a double cannot hold, and how deep it is. Not recursive, so that depth
 * does no harm.
 */
export function scanJson(text: string): readonly Oddity[] {
  const scan = new Scan();
  for (const token of tokensOf(text)) {
    scan.take(token);
  }
  return scan.oddities();
}

class Scan {
  readonly #oddities: Oddity[] = [];
  readonly #frames: Frame[] = [];
  #deepest = 0;

  take(token: string): void {
    const frame = this.#frames.at(-1);
    switch (token[0]) {
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
        this.#readString(token, frame);
        break;
      default:
        if (isImprecise(token)) {
          this.#tell('imprecise-number', token);
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

  #readString(token: string, frame: Frame | undefined): void {
    const value = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
    if (frame?.names && frame.expectsName) {
      frame.at = value;
      frame.expectsName = false;
      // The same letters composed and decomposed look alike (Unicode normalization form C).
      const name = value.normalize('NFC');
      if (frame.names.has(name)) {
        this.#tell('duplicate-key', token);
      }
      frame.names.add(name);
    }
    if (token.includes('\\u') && HALF.test(value)) {
      this.#tell('lone-surrogate', token);
    }
  }

  #tell(kind: Oddity['kind'], raw: string): void {
    if (this.#oddities.length < TOLD) {
      const pointer = this.#frames.slice(0, DEEP).reduce((path, { at }) => appendToken(path, at), '');
      this.#oddities.push({ kind, pointer, text: raw.length > 60 ? `${raw.slice(0, 60)}…` : raw });
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

/** Structure, strings and other scalars, without the blanks and colons between them. */
function* tokensOf(text: string): Generator<string, undefined> {
  for (let index = 0; index < text.length; ) {
    const char = text[index] ?? '';
    if (char === '"') {
      const end = endOfString(text, index);
      yield text.slice(index, end);
      index = end;
    } else if ('{}[],'.includes(char)) {
      yield char;
      index += 1;
    } else if (isOfWord(char)) {
      const end = endOfWord(text, index);
      yield text.slice(index, end);
      index = end;
    } else {
      index += 1;
    }
  }
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) {
    end = text.indexOf('"', end + 1);
  }
  return end < 0 ? text.length : end + 1;
}

function isEscaped(text: string, index: number): boolean {
  let count = 0;
  while (text[index - count - 1] === '\\') {
    count += 1;
  }
  return count % 2 === 1;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (isOfWord(text[end] ?? '')) {
    end += 1;
  }
  return end;
}

function isOfWord(char: string): boolean {
  return /[-+.\w]/.test(char);
}

/**
 * Whether a number becomes another one as a double: an integer that is not exact, a fraction that becomes an integer,
 * or one too large or small. The last digits of a fraction are nobody's loss.
 */
function isImprecise(token: string): boolean {
  if (/^-?\d{1,15}$/.test(token) || /^[tfn]/.test(token)) {
    return false;
  }
  const value = Number(token);
  const { digits, exponent } = decimalOf(token);
  if (!Number.isFinite(value) || digits === '') {
    return digits !== '';
  }
  if (exponent < 0) {
    return Number.isInteger(value);
  }
  const read = decimalOf(String(value));
  return read.digits !== digits || read.exponent !== exponent;
}

/** A decimal number as digits without zeros around them and a power of ten. */
function decimalOf(token: string): { digits: string; exponent: number } {
  const [, whole = '', fraction = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(token) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return { digits, exponent: Number(power) - fraction.length + (all.length - digits.length) };
}
