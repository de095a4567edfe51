import type { Finding, Report, Transcript, Waiver } from '../contract/verdict.ts';
import { describeLocation } from '../errors.ts';
import { sourceOf } from './finding.ts';
import { jsonText } from './printable.ts';

/**
 * The report for programs: JSON in the shape of `spec/report.schema.json`, which describes every member. Whatever a
 * target sent stands in it unchanged and uncut.
 */
export function reportToJson(report: Report): string {
  const { verdict, reason = null, target, description, untested, kept, notes, coverage, requests } = report;
  const findings = report.findings.map(toJson);
  const waived = report.waived?.map(({ finding, waiver }) => ({
    finding: toJson(finding),
    waiver: waiverToJson(waiver),
  }));
  const healed = report.healed?.map(waiverToJson);
  const durationMs = Math.round(report.durationMs);
  const json = {
    verdict,
    reason,
    target,
    description,
    findings,
    waived: waived ?? [],
    healed: healed ?? [],
    untested,
    kept,
    notes,
    coverage: coverage ?? [],
    requests,
    durationMs,
  };
  return `${jsonText(json, 2)}\n`;
}

function toJson(finding: Finding) {
  const { severity, check, message, expected, actual, pointer = null, curl, count } = finding;
  const source = sourceOf(finding);
  const operation = finding.operation?.id ?? null;
  const evidence = finding.evidence ? transcriptToJson(finding.evidence) : null;
  return { severity, check, operation, message, expected, actual, pointer, source, curl, count, evidence };
}

function transcriptToJson({ request, response, marked }: Transcript) {
  return { request, response, marked: marked ?? null };
}

function waiverToJson(waiver: Waiver) {
  const {
    rule,
    operation = null,
    pointer = null,
    values = null,
    reason,
    link = null,
    expires = null,
  } = waiver;
  const source = describeLocation(waiver.where);
  return { rule, operation, pointer, values, reason, link, expires, source };
}
