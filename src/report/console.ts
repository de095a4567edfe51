import { styleText } from 'node:util';
import type { Finding, Report, Untested, Waived } from '../contract/verdict.ts';
import { counted, evidenceOf, healedOf, titleOf, waiverOf } from './finding.ts';
import { headlineOf, sentence } from './headline.ts';
import { printable } from './printable.ts';

export interface ConsoleOptions {
  /** Whether to colour words with escape sequences. */
  readonly colour: boolean;
  /** Whether warnings fail the run; the first line says so. */
  readonly strict: boolean;
}

const COLOURS = {
  error: 'red',
  warning: 'yellow',
  conforms: 'green',
  violates: 'red',
  'no-verdict': 'yellow',
} as const;

type Paint = (meaning: keyof typeof COLOURS, word: string) => string;

/** The report for a person: the verdict and what it was made on, the findings, what is waived, what could not be tested. */
export function formatReport(report: Report, { colour, strict }: ConsoleOptions): string {
  const { waived = [], healed = [], untested, notes } = report;
  const paint: Paint = (meaning, word) =>
    colour ? styleText(['bold', COLOURS[meaning]], word, { validateStream: false }) : word;
  const blocks = [
    summary(report, strict, paint),
    ...report.findings.map((finding) => describe(finding, paint)),
    titled(`Waived (${waived.length})`, waived.flatMap(describeWaived)),
    titled(`Healed (${healed.length})`, healed.map(healedOf)),
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
  ];
}

function describe(finding: Finding, paint: Paint): readonly string[] {
  return [`${paint(finding.severity, finding.severity)} ${titleOf(finding)}`, ...evidenceOf(finding)];
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

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
}
