import { styleText } from 'node:util';
import type { Finding, Report, Untested } from '../contract/verdict.ts';
import { counted, evidenceOf, titleOf } from './finding.ts';
import { printable } from './printable.ts';

export interface ConsoleOptions {
  /** Whether to colour words with escape sequences. */
  readonly colour: boolean;
  /** Whether warnings fail the run; the first line says so. */
  readonly strict: boolean;
}

const HEADLINES = { conforms: 'CONFORMS', violates: 'VIOLATES', 'no-verdict': 'NO VERDICT' } as const;

const COLOURS = {
  error: 'red',
  warning: 'yellow',
  conforms: 'green',
  violates: 'red',
  'no-verdict': 'yellow',
} as const;

/** Enough for the sentences of the kit itself, which say what to do. */
const SENTENCE_LIMIT = 1000;

type Paint = (meaning: keyof typeof COLOURS, word: string) => string;

/** The report for a person: the verdict and what it was made on, the findings, what could not be tested, remarks. */
export function formatReport(report: Report, { colour, strict }: ConsoleOptions): string {
  const paint: Paint = (meaning, word) =>
    colour ? styleText(['bold', COLOURS[meaning]], word, { validateStream: false }) : word;
  const blocks = [
    summary(report, strict, paint),
    ...report.findings.map((finding) => describe(finding, paint)),
    titled(`Untested (${report.untested.length})`, groupByReason(report.untested)),
    titled('Notes', report.notes.map(sentence)),
  ];
  return blocks.flatMap((lines) => (lines.length > 0 ? [`${lines.join('\n')}\n`] : [])).join('\n');
}

function summary(report: Report, strict: boolean, paint: Paint): readonly string[] {
  return [
    headline(report, strict, paint),
    `target       ${sentence(report.target)}`,
    `description  ${sentence(report.description)}`,
    `judged       ${counted(report.requests, 'exchange')} in ${(report.durationMs / 1000).toFixed(1)} s, ` +
      `${counted(report.kept.length, 'rule')} kept, ${report.untested.length} untested`,
  ];
}

function headline(report: Report, strict: boolean, paint: Paint): string {
  const { verdict, reason, findings } = report;
  if (reason !== undefined) {
    return `${paint(verdict, HEADLINES[verdict])}: ${sentence(reason)}`;
  }
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const counts = `${counted(findings.length - warnings, 'error')}, ${counted(warnings, 'warning')}`;
  return verdict === 'conforms' && strict && warnings > 0
    ? `${paint('violates', 'FAILS')}: ${counts}; with --strict a warning fails the run`
    : `${paint(verdict, HEADLINES[verdict])}: ${counts}`;
}

function describe(finding: Finding, paint: Paint): readonly string[] {
  return [`${paint(finding.severity, finding.severity)} ${titleOf(finding)}`, ...evidenceOf(finding)];
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

function sentence(text: string): string {
  return printable(text, SENTENCE_LIMIT);
}
