import type { Change } from './change.ts';

/** Transport, headers, status, body of 200, errors, filter and names, consistency, request envelope; and conforming. */
export type Family = 'T' | 'H' | 'S' | 'B' | 'E' | 'F' | 'G' | 'R' | 'C';

/** What convicts a server; `suspicious`: nothing, but a warning is due; `none`: it conforms. */
export type Convicts = 'description' | 'semantics' | 'standard' | 'suspicious' | 'none';

/** One server. */
export interface Case {
  readonly id: string;
  /** What the server does. */
  readonly sentence: string;
  readonly family: Family;
  readonly convicts: Convicts;
  readonly change: readonly Change[];
  /** The longest time that one of its answers takes on purpose, in seconds: the judge gets its usual patience. */
  readonly slow?: true;
  /** Shows only where methods are tried that may change data. */
  readonly unsafe?: true;
}

type Extra = Pick<Case, 'slow' | 'unsafe'>;

/** A case as a row of a table. */
export type Row = readonly [
  id: string,
  convicts: Convicts,
  sentence: string,
  change: Change | readonly Change[],
  extra?: Extra,
];

/** Makes cases of rows. */
export function casesOf(family: Family, rows: readonly Row[]): readonly Case[] {
  return rows.map(([id, convicts, sentence, change, extra]) => ({
    id: `${family}-${id}`,
    sentence,
    family,
    convicts,
    change: [change].flat(),
    ...extra,
  }));
}

/** A conforming case as a row. */
export type ConformingRow = readonly [
  id: string,
  sentence: string,
  change: Change | readonly Change[],
  extra?: Extra,
];

/** Makes cases of rows of servers that conform. */
export function conformingOf(rows: readonly ConformingRow[]): readonly Case[] {
  return casesOf(
    'C',
    rows.map(([id, sentence, change, extra]) => [id, 'none', sentence, change, extra ?? {}] as const),
  );
}
