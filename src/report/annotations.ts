import type { Finding, Report } from '../contract/verdict.ts';
import { evidenceOf, healedOf, locationOf, titleOf } from './finding.ts';
import { printable } from './printable.ts';

/**
 * The report as workflow commands of GitHub Actions, a line each, which show findings at the lines of the description
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands). What is waived is not shown.
 */
export function reportToAnnotations({ reason, findings, healed = [] }: Report): string {
  const lines = [
    ...(reason === undefined ? [] : [command('error', { title: 'No verdict' }, printable(reason, 1000))]),
    ...findings.map(annotation),
    ...healed.map((waiver) => command('notice', { ...placeOf(waiver), title: 'Healed' }, healedOf(waiver))),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(finding: Finding): string {
  const where = locationOf(finding);
  const place = where ? placeOf({ where }) : {};
  const text = [titleOf(finding), ...evidenceOf(finding)].join('\n');
  return command(finding.severity, { ...place, title: printable(finding.check) }, text);
}

function placeOf({
  where: { file, line },
}: {
  readonly where: { readonly file: string; readonly line: number };
}) {
  return { file, line: String(line) };
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${pairs.join(',')}::${escapeMessage(message)}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
