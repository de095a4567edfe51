import type { Finding } from '../contract/verdict.ts';
import { describeLocation } from '../errors.ts';
import { printable } from './printable.ts';

/** A command line is of use only whole: it is cut where it would drown the rest. */
const COMMAND_LIMIT = 2000;

/** One line: the rule, what is wrong, and how often it was seen. */
export function titleOf(finding: Finding): string {
  return `${printable(finding.check)}: ${printable(finding.message)} (in ${counted(finding.count, 'exchange')})`;
}

/** Indented lines: what was expected and seen, where, what says so, and how to repeat it. */
export function evidenceOf(finding: Finding): readonly string[] {
  const facts: readonly (readonly [label: string, value: string])[] = [
    ['expected', printable(finding.expected)],
    ['seen', printable(finding.actual)],
    ['at', printable(finding.pointer ?? '')],
    ['source', printable(sourceOf(finding))],
    ['repeat', printable(finding.curl, COMMAND_LIMIT)],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => `  ${label.padEnd(8)}  ${value}`);
}

/** What convicts: `file:line` of the description, or the section of a standard. */
export function sourceOf({ source }: Finding): string {
  return typeof source === 'string' ? source : describeLocation(source);
}

/** `1 error`, `2 errors` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
