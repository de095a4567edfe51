import type { Report } from '../contract/verdict.ts';
import { countsOf } from './finding.ts';
import { printable } from './printable.ts';

const WORDS = { conforms: 'CONFORMS', violates: 'VIOLATES', 'no-verdict': 'NO VERDICT' } as const;

/** Enough for the sentences of the kit itself, which say what to do. */
const SENTENCE_LIMIT = 1000;

/** What a report comes to, in a word and in a sentence. */
export interface Headline {
  readonly meaning: Report['verdict'];
  readonly word: string;
  readonly text: string;
}

/** What a run comes to. With `strict` a warning fails it, which the headline says. */
export function headlineOf(report: Report, strict: boolean): Headline {
  const { verdict, reason, findings } = report;
  if (reason !== undefined) {
    return { meaning: verdict, word: WORDS[verdict], text: sentence(reason) };
  }
  const text = countsOf(report);
  return verdict === 'conforms' && strict && findings.length > 0
    ? { meaning: 'violates', word: 'FAILS', text: `${text}; with --strict a warning fails the run` }
    : { meaning: verdict, word: WORDS[verdict], text };
}

/** A sentence of the kit as one line. */
export function sentence(text: string): string {
  return printable(text, SENTENCE_LIMIT);
}
