import { styleText } from 'node:util';
import type { Finding, Report, Untested, Waived } from '../contract/verdict.ts';
import { summaryOf } from './coverage.ts';
import { counted, evidenceOf, healedOf, titleOf, waiverOf } from './finding.ts';
import { headlineOf, sentence } from './headline.ts';
import { printable } from './printable.ts';

export interface ConsoleOptions {
  /** Whether to colour words with escape sequences. */
  readonly colour: boolean;
  /** Whether warnings fail the run; the first line says so. */
  readonly strict: boolean;
}

/** So many findings are shown with their evidence, and so many more as a line: the files that a report is written to hold all. */
const IN_FULL = 3;
const AS_LINES = 12;

/** What is never seen, waived or healed: the first of it. */
const LISTED = 6;

/** Characters of what is to be one line on a screen. */
const WIDTH = 120;

const COLOURS = {
  error: 'red',
  warning: 'yellow',
  conforms: 'green',
  violates: 'red',
  'no-verdict': 'yellow',
} as const;

type Paint = (meaning: keyof typeof COLOURS, word: string) => string;

/** The report for a person, on a screen: the verdict and what it was made on, the worst findings, what is waived, what could not be tested. */
export function formatReport(report: Report, { colour, strict }: ConsoleOptions): string {
  const { findings, waived = [], healed = [], untested, notes } = report;
  const paint: Paint = (meaning, word) =>
    colour ? styleText(['bold', COLOURS[meaning]], word, { validateStream: false }) : word;
  const blocks = [
    summary(report, strict, paint),
    ...findings.slice(0, IN_FULL).map((finding) => describe(finding, paint)),
    listed(
      findings.slice(IN_FULL).map((finding) => line(finding, paint)),
      AS_LINES,
      'findings',
    ),
    titled(`Waived (${waived.length})`, listed(waived.map(describeWaived), LISTED, 'waived findings')),
    titled(`Healed (${healed.length})`, listed(healed.map(healedOf), LISTED, 'waivers')),
    titled(`Untested (${untested.length})`, groupByReason(untested)),
    titled('Notes', notes.map(sentence)),
  ];
  return blocks.flatMap((lines) => (lines.length > 0 ? [`${lines.join('\n')}\n`] : [])).join('\n');
}

function summary(report: Report, strict: boolean, paint: Paint): readonly string[] {
  const { meaning, word, text } = headlineOf(report, strict);
  return [
    `${paint(meaning, word)}: ${text}`,
    `target       ${sentence(report.target)}`,
    `description  ${sentence(report.description)}`,
    `judged       ${counted(report.requests, 'exchange')} in ${(report.durationMs / 1000).toFixed(1)} s, ` +
      `${counted(report.kept.length, 'rule')} kept, ${report.untested.length} untested`,
    ...coverageLines(report),
  ];
}

function coverageLines({ coverage = [] }: Report): readonly string[] {
  const { tallies, unseen } = summaryOf(coverage);
  const counts = tallies.map(({ kind, seen, all }) => `${seen} of ${all} ${kind}`);
  const names = unseen.slice(0, LISTED).map((each) => printable(each, WIDTH));
  const more = unseen.length > LISTED ? ` and ${unseen.length - LISTED} more` : '';
  return [
    ...(counts.length > 0 ? [`coverage     ${counts.join(', ')}`] : []),
    ...(unseen.length > 0 ? [`never seen   ${names.join('; ')}${more}`] : []),
  ];
}

function describe(finding: Finding, paint: Paint): readonly string[] {
  return [`${paint(finding.severity, finding.severity)} ${titleOf(finding)}`, ...evidenceOf(finding)];
}

function line({ severity, check, message }: Finding, paint: Paint): string {
  return `${paint(severity, severity)} ${printable(`${check}: ${message}`, WIDTH)}`;
}

function describeWaived(waived: Waived): readonly string[] {
  return [`${waived.finding.severity} ${titleOf(waived.finding)}`, `  ${waiverOf(waived)}`];
}

/** One line for all rules that share a reason: a target without data leaves many untested by one cause. */
function groupByReason(untested: readonly Untested[]): readonly string[] {
  const checks = new Map<string, readonly string[]>();
  for (const { check, reason } of untested) {
    checks.set(reason, [...(checks.get(reason) ?? []), check]);
  }
  return [...checks].map(
    ([reason, names]) => `${names.map((name) => printable(name)).join(', ')}: ${sentence(reason)}`,
  );
}

/** The lines of the first entries, and how many more there are. */
function listed(
  entries: readonly (string | readonly string[])[],
  limit: number,
  nouns: string,
): readonly string[] {
  const rest = entries.length - limit;
  return [
    ...entries.slice(0, limit).flat(),
    ...(rest > 0 ? [`… and ${rest} more ${nouns}: write the report to a file for all of them`] : []),
  ];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
}
