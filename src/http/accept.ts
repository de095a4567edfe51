import { elementsOf } from './grammar.ts';
import { type MediaTypeValue, parseMediaType } from './media-type.ts';

/** What an `Accept` field says. */
export type AcceptValue =
  | { readonly kind: 'absent' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'ranges'; readonly ranges: readonly MediaRange[] };

/** A media range and its weight from 0 (never) to 1. `type` and `subtype` may be `*`. */
export interface MediaRange extends MediaTypeValue {
  readonly q: number;
}

/** A qvalue (RFC 9110 12.4.2). */
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * Reads an `Accept` field (RFC 9110 12.5.1), several lines joined with commas. One without any range counts as absent.
 * A parameter named `q` is the weight wherever it stands, as the RFC asks of recipients.
 */
export function parseAccept(field: string | undefined): AcceptValue {
  const texts = elementsOf(field ?? '', ',');
  const ranges = texts.flatMap((text) => parseRange(text) ?? []);
  if (ranges.length < texts.length) {
    return { kind: 'malformed' };
  }
  return ranges.length === 0 ? { kind: 'absent' } : { kind: 'ranges', ranges };
}

/** Whether an answer of this media type is acceptable. Absent and malformed fields admit everything. */
export function admits(accept: AcceptValue, mediaType: string): boolean {
  return weightOf(accept, mediaType) > 0;
}

/**
 * The offered media type with the greatest weight, the first of several; undefined where none is acceptable.
 * Absent and malformed fields admit everything, so the first that is offered.
 */
export function preferred(accept: AcceptValue, offered: readonly string[]): string | undefined {
  const weights = offered.map((mediaType) => weightOf(accept, mediaType));
  const greatest = Math.max(0, ...weights);
  return greatest > 0 ? offered[weights.indexOf(greatest)] : undefined;
}

function parseRange(text: string): MediaRange | undefined {
  const range = parseMediaType(text);
  const weight = range?.parameters.get('q') ?? '1';
  if (range === undefined || !WEIGHT.test(weight) || (range.type === '*' && range.subtype !== '*')) {
    return undefined;
  }
  const parameters = new Map([...range.parameters].filter(([name]) => name !== 'q'));
  return { ...range, parameters, q: Number(weight) };
}

/** The weight that the most specific matching range gives, of equally specific ones the greatest; 0 without any. */
function weightOf(accept: AcceptValue, mediaType: string): number {
  if (accept.kind !== 'ranges') {
    return 1;
  }
  const type = parseMediaType(mediaType);
  const matches = type ? accept.ranges.flatMap((range) => match(range, type) ?? []) : [];
  matches.sort((a, b) => b.specificity - a.specificity || b.q - a.q);
  return matches[0]?.q ?? 0;
}

/**
 * How specifically a range matches a media type (RFC 9110 12.5.1); undefined where it does not. A parameter that the
 * media type does not have is no hindrance, since a server may add it to its answer; one with another value is.
 */
function match(range: MediaRange, type: MediaTypeValue): { specificity: number; q: number } | undefined {
  const wildcards = [range.type, range.subtype].filter((part) => part === '*').length;
  const parameters = [...range.parameters].filter(([name]) => type.parameters.has(name));
  const sameParameters = parameters.every(([name, value]) => sameText(value, type.parameters.get(name)));
  if (!sameParameters || !covers(range.type, type.type) || !covers(range.subtype, type.subtype)) {
    return undefined;
  }
  return { specificity: parameters.length - 1000 * wildcards, q: range.q };
}

function covers(pattern: string, name: string): boolean {
  return pattern === '*' || pattern === name;
}

function sameText(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
