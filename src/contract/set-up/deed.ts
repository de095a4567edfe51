import type { Location } from '../../errors.ts';
import type { Json } from '../../json.ts';
import type { Call } from '../call.ts';

/** The claims that set-up puts to the test: ids of rules. */
export type Claim =
  | 'created'
  | 'created-read'
  | 'created-listed'
  | 'taken-name'
  | 'changed'
  | 'absent-thing'
  | 'in-use'
  | 'ended'
  | 'removed';

/** What a request of set-up must get. */
export type Expectation =
  /** A success. */
  | { readonly kind: 'success' }
  /** A success that shows a thing: its key, or any, at one of the pointers, and beside it the values that it was made with. */
  | {
      readonly kind: 'shows';
      readonly pointers: readonly string[];
      readonly key: string | undefined;
      readonly like: Json;
    }
  /** A success whose list has the key at one of the pointers as often as told, with such values beside it. */
  | {
      readonly kind: 'lists';
      readonly pointers: readonly string[];
      readonly key: string;
      readonly times: 0 | 1;
      readonly like: Json;
    }
  /** A success with this value at the pointer. */
  | { readonly kind: 'says'; readonly pointer: string; readonly value: Json }
  /** This status. */
  | { readonly kind: 'refused'; readonly status: number; readonly where: Location }
  /** A success that shows one of these states at the pointer. */
  | { readonly kind: 'state'; readonly pointer: string; readonly states: readonly string[] };

/** A request that set-up sent, and what it shows. */
export interface Deed {
  readonly claim: Claim;
  readonly call: Call;
  readonly expected: Expectation;
  /** What makes this case special, for people: `a second time`. */
  readonly words: string;
}

/** What set-up did, in order. */
export interface Story {
  /** Every request that it sent. */
  readonly calls: readonly Call[];
  readonly deeds: readonly Deed[];
  /** What it could not try, and why. */
  readonly untried: readonly { readonly claim: Claim | 'lifecycle'; readonly reason: string }[];
}
