import type { Finding, Report } from '../contract/verdict.ts';
import { sourceOf } from './finding.ts';

/**
 * The report for programs: JSON in the shape of `spec/report.schema.json`, which describes every member. Whatever a
 * target sent stands in it unchanged and uncut.
 */
export function reportToJson(report: Report): string {
  const { verdict, reason = null, target, description, untested, kept, notes, requests } = report;
  const findings = report.findings.map(toJson);
  const durationMs = Math.round(report.durationMs);
  return `${JSON.stringify(
    { verdict, reason, target, description, findings, untested, kept, notes, requests, durationMs },
    undefined,
    2,
  )}\n`;
}

function toJson(finding: Finding) {
  const { severity, check, message, expected, actual, pointer = null, curl, count } = finding;
  return { severity, check, message, expected, actual, pointer, source: sourceOf(finding), curl, count };
}
