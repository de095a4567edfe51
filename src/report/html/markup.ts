/** HTML that is safe to show. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Value = Markup | string | number | undefined | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML from a template: what is put in is escaped, unless it is markup itself; of lists each item, and `undefined` is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const parts = strings.map((string, index) => `${string}${textOf(values[index])}`);
  return new Markup(parts.join(''));
}

function textOf(value: Value): string {
  if (value === undefined || value instanceof Markup) {
    return String(value ?? '');
  }
  return typeof value === 'object'
    ? value.map(textOf).join('')
    : String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** Text that is markup already. */
export function raw(text: string): Markup {
  return new Markup(text);
}
