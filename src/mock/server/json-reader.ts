/** A value as it stands in a JSON text: numbers keep their digits, objects their order and their doubles. */
export type Read =
  | { readonly kind: 'text' | 'number'; readonly text: string }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly Read[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  /** Reading ended here. */
  | { readonly kind: 'cut' };

export interface Member {
  readonly name: string;
  readonly value: Read;
}

/** Why a text is no JSON, in the words of the Java library that servers read it with. */
export interface ReadFailure {
  readonly class: string;
  readonly message: string;
  /** Whether it lies in the text of a string, which is read only when somebody asks for it. */
  readonly isInText: boolean;
  /** How many lists and objects it lies in. */
  readonly depth: number;
}

/** What was read until the end, or until a failure; undefined for an empty text. */
export interface Reading {
  readonly value: Read | undefined;
  readonly failure: ReadFailure | undefined;
}

/** Reads a JSON text (RFC 8259) as Jackson does. */
export function readJson(text: string): Reading {
  const reader = new JsonReader(text);
  return reader.read();
}

const CORE = 'com.fasterxml.jackson.core';
const TOKENS = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'";
const SOURCE = 'org.glassfish.jersey.message.internal.ReaderInterceptorExecutor$UnCloseableInputStream';
/** How deep lists and objects may be nested. */
const DEEPEST = 1000;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #failure: ReadFailure | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Reading {
    this.#skipBlanks();
    if (this.#at === this.#text.length) {
      return { value: undefined, failure: undefined };
    }
    const value = this.#value();
    this.#skipBlanks();
    if (!this.#failure && this.#at < this.#text.length) {
      this.#value();
    }
    return { value, failure: this.#failure };
  }

  #value(): Read {
    const start = this.#peek();
    if (this.#depth >= DEEPEST && '[{'.includes(start || ' ')) {
      const limit = `the maximum allowed (${DEEPEST}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`;
      const message = `Document nesting depth (${DEEPEST + 1}) exceeds ${limit}`;
      return this.#cut(this.#fail('exc.StreamConstraintsException', message, false));
    }
    switch (start) {
      case '{':
        return this.#object();
      case '[':
        return this.#list();
      case '"':
        return this.#string();
      default:
        return /[-0-9]/.test(start) ? this.#number() : this.#word();
    }
  }

  #object(): Read {
    const from = this.#open();
    const members: Member[] = [];
    for (let isFirst = true; this.#next(isFirst, '}', 'Object', from); isFirst = false) {
      if (this.#peek() !== '"') {
        this.#unexpected('was expecting double-quote to start field name');
        break;
      }
      const name = this.#string(true);
      if (name.kind !== 'text' || !this.#colon()) {
        break;
      }
      members.push({ name: name.text, value: this.#value() });
    }
    this.#close();
    return { kind: 'object', members };
  }

  #list(): Read {
    const from = this.#open();
    const items: Read[] = [];
    for (let isFirst = true; this.#next(isFirst, ']', 'Array', from); isFirst = false) {
      items.push(this.#value());
    }
    this.#close();
    return { kind: 'list', items };
  }

  #open(): number {
    this.#depth += 1;
    this.#at += 1;
    return this.#at;
  }

  #close(): void {
    this.#depth -= 1;
  }

  /** Comes to the next entry; false at the end of the list or object, and after a failure. */
  #next(isFirst: boolean, end: string, type: string, from: number): boolean {
    if (this.#failure) {
      return false;
    }
    this.#skipBlanks();
    const found = this.#peek();
    if (found === '') {
      const where = `start marker at [Source: (${SOURCE}); ${this.#place(from)}]`;
      return this.#ended(`: expected close marker for ${type} (${where})`);
    }
    if (found === end) {
      this.#at += 1;
      return false;
    }
    if (isFirst) {
      return true;
    }
    if (found !== ',') {
      return this.#unexpected(`was expecting comma to separate ${type} entries`);
    }
    this.#at += 1;
    this.#skipBlanks();
    return this.#peek() === '' ? this.#ended(` within/between ${type} entries`) : true;
  }

  #colon(): boolean {
    this.#skipBlanks();
    if (this.#peek() !== ':') {
      return this.#peek() === ''
        ? this.#ended(' within/between Object entries')
        : this.#unexpected('was expecting a colon to separate field name and value');
    }
    this.#at += 1;
    this.#skipBlanks();
    return this.#peek() === '' ? this.#ended(' within/between Object entries') : true;
  }

  #string(isName = false): Read {
    let text = '';
    for (this.#at += 1; this.#peek() !== '"'; this.#at += 1) {
      const read = this.#character(isName);
      if (read === undefined) {
        return { kind: 'cut' };
      }
      text += read;
    }
    this.#at += 1;
    return { kind: 'text', text };
  }

  /** A character of a string, or undefined where there is none. What is wrong in a text shows only when it is used. */
  #character(isName: boolean): string | undefined {
    const found = this.#peek();
    if (found === '\\') {
      return this.#escape(!isName);
    }
    if (found >= ' ') {
      return found;
    }
    if (found === '') {
      this.#ended(isName ? ' in field name' : ': was expecting closing quote for a string value', !isName);
      return undefined;
    }
    const character = `Illegal unquoted character ((CTRL-CHAR, code ${found.charCodeAt(0)}))`;
    const where = isName ? 'name' : 'string value';
    this.#illegal(`${character}: has to be escaped using backslash to be included in ${where}`, !isName);
    return undefined;
  }

  #escape(isInText: boolean): string | undefined {
    this.#at += 1;
    const found = this.#peek();
    if (found === 'u') {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5);
      if (/^[0-9a-f]{4}$/i.test(digits)) {
        this.#at += 4;
        return String.fromCharCode(Number.parseInt(digits, 16));
      }
      const bad = /[^0-9a-f]/i.exec(digits)?.[0] ?? '';
      this.#illegal(
        `Unexpected character ${shown(bad)}: expected a hex-digit for character escape sequence`,
        isInText,
      );
      return undefined;
    }
    const meant = ESCAPES[found];
    if (meant === undefined) {
      this.#illegal(`Unrecognized character escape ${shown(found)}`, isInText);
    }
    return meant;
  }

  #number(): Read {
    const text = this.#match(/-?\d*(\.\d+)?([eE][+-]?\d+)?/y);
    if (/^-?0\d/.test(text)) {
      return this.#cut(this.#illegal('Invalid numeric value: Leading zeroes not allowed'));
    }
    this.#at += text.length;
    return text === '-'
      ? this.#cut(this.#unexpected('expected digit (0-9) to follow minus sign, for valid numeric value'))
      : { kind: 'number', text };
  }

  #word(): Read {
    const word = this.#match(/[\p{L}\p{N}_$]+/uy);
    const known = WORDS.get(word);
    if (known) {
      this.#at += word.length;
      return known;
    }
    const found = this.#peek();
    if (/^[a-z_$]/i.test(found)) {
      return this.#cut(this.#illegal(`Unrecognized token '${word}': was expecting (${TOKENS})`));
    }
    return this.#cut(this.#unexpected(HINTS.get(found) ?? `expected a valid value (${TOKENS})`));
  }

  /** Remembers the first failure; nothing counts after it. */
  #fail(name: string, message: string, isInText: boolean): false {
    this.#failure ??= { class: `${CORE}.${name}`, message, isInText, depth: this.#depth };
    this.#at = this.#text.length;
    return false;
  }

  #ended(where: string, isInText = false): false {
    return this.#fail('io.JsonEOFException', `Unexpected end-of-input${where}`, isInText);
  }

  #illegal(message: string, isInText = false): false {
    return this.#fail('JsonParseException', message, isInText);
  }

  #unexpected(reason: string): false {
    return this.#illegal(`Unexpected character ${shown(this.#peek())}: ${reason}`);
  }

  #cut(_failed: false): Read {
    return { kind: 'cut' };
  }

  /** What a sticky pattern finds here. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? '';
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #skipBlanks(): void {
    while (/^[ \t\r\n]/.test(this.#peek())) {
      this.#at += 1;
    }
  }

  #place(at: number): string {
    const before = this.#text.slice(0, at).split('\n');
    return `line: ${before.length}, column: ${before.at(-1)?.length}`;
  }
}

const WORDS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['true', { kind: 'flag', value: true }],
  ['false', { kind: 'flag', value: false }],
  ['null', { kind: 'null' }],
]);

const HINTS: ReadonlyMap<string, string> = new Map([
  [
    '/',
    "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
  ],
  ['}', 'expected a value'],
  [']', 'expected a value'],
  [',', `expected a valid value (${TOKENS})`],
]);

function shown(character: string): string {
  const code = character.charCodeAt(0);
  return `('${character}' (code ${code}${code > 255 ? ` / 0x${code.toString(16)}` : ''}))`;
}
