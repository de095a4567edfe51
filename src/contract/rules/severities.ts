import { KitError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
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
        advice: `${didYouMean(id, ids)} The rules are listed in docs/rules.md.`,
      });
    }
  }
  return RULES.flatMap((rule) => {
    const severity = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
    return severity === 'off' ? [] : [severity ? { ...rule, severity } : rule];
  });
}
