import type { Rule } from '../contract/rules/rule.ts';
import type { Finding, Report, Waived, Waiver } from '../contract/verdict.ts';
import { describeLocation, type Location } from '../errors.ts';
import { printable } from './printable.ts';

/** A command line is of use only whole: it is cut where it would drown the rest, and a file has it. */
const COMMAND_LIMIT = 600;

/** What a report says of a rule. */
export type RuleWords = Pick<Rule, 'id' | 'claim' | 'severity' | 'basis' | 'fix'>;

/** One line: the rule, what is wrong, and how often it was seen. */
export function titleOf(finding: Finding): string {
  const { check, message, count } = finding;
  const seen = count > 0 ? ` (in ${counted(count, 'exchange')})` : '';
  return `${printable(check)}: ${printable(message)}${seen}`;
}

/** Indented lines: what was expected and seen, where, what says so, and how to repeat it. */
export function evidenceOf(finding: Finding, commandLimit = COMMAND_LIMIT): readonly string[] {
  const facts: readonly (readonly [label: string, value: string])[] = [
    ['expected', printable(finding.expected)],
    ['seen', printable(finding.actual)],
    ['at', printable(finding.pointer ?? '')],
    ['source', printable(sourceOf(finding))],
    ['repeat', printable(finding.curl, commandLimit)],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => `  ${label.padEnd(8)}  ${value}`);
}

/** What convicts: `file:line` of the description, or the section of a standard. */
export function sourceOf({ source }: Finding): string {
  return typeof source === 'string' ? source : describeLocation(source);
}

/** The line that a finding is shown at: what convicts, or the operation that a standard convicts. */
export function locationOf({ source, operation }: Finding): Location | undefined {
  return typeof source === 'string' ? operation?.where : source;
}

/** How many errors and warnings there are: `1 error, 2 warnings`, and what is waived, if anything is. */
export function countsOf({ findings, waived = [] }: Report): string {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const counts = [counted(findings.length - warnings, 'error'), counted(warnings, 'warning')];
  return [...counts, ...(waived.length > 0 ? [`${waived.length} waived`] : [])].join(', ');
}

/** One line: why a finding is put up with, until when, and where that is written. */
export function waiverOf({ waiver: { reason, link, expires, where } }: Waived): string {
  const end = expires === undefined ? '' : ` until ${expires}`;
  const more = link === undefined ? '' : ` (${link})`;
  return `${printable(`waived${end} at ${describeLocation(where)}: ${reason}`)}${printable(more)}`;
}

/** One line: a waiver that can go. */
export function healedOf({ rule, operation, pointer, where }: Waiver): string {
  const place = `${operation === undefined ? '' : ` of ${operation}`}${pointer ? ` at ${pointer}` : ''}`;
  return printable(`${rule}${place} no longer occurs: delete the waiver at ${describeLocation(where)}`);
}

/** `1 error`, `2 errors` */
export function counted(count: number, noun: string): string {
  return `${count} ${nounFor(count, noun)}`;
}

/** `error` for one, `errors` for any other number. */
export function nounFor(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
