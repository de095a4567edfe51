import { KitError } from '../../errors.ts';
import type { Severity } from '../verdict.ts';
import { RULES } from './index.ts';
import type { Rule } from './rule.ts';

/** Severities in place of those of the rules, by the rule's id; `off` leaves one out. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

/**
 * The rules with the severities that the user chose.
 * @throws KitError USAGE for a rule that there is not; it names the nearest one
 */
export function chosenRules(severities: Severities): readonly Rule[] {
  const ids = RULES.map(({ id }) => id);
  for (const id of Object.keys(severities)) {
    if (!ids.includes(id)) {
      throw KitError.of('USAGE', {
        reason: `no rule is called "${id}"`,
        advice: `Did you mean "${nearest(id, ids)}"? The rules are listed in docs/rules.md.`,
      });
    }
  }
  return RULES.flatMap((rule) => {
    const severity = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
    return severity === 'off' ? [] : [severity ? { ...rule, severity } : rule];
  });
}

function nearest(text: string, known: readonly string[]): string {
  const [first = ''] = known.toSorted((a, b) => distance(text, a) - distance(text, b));
  return first;
}

/** How many letters have to be changed, put in or left out. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
