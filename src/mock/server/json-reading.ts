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
