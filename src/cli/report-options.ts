import type { Command } from 'commander';
import type { Report } from '../contract/verdict.ts';
import { writeText } from './write-file.ts';

/** The files that a report is written to, beside the console, and what they call a failure. */
export interface ReportArguments {
  readonly json?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly html?: string;
  readonly writeWaivers?: string;
  readonly strict?: boolean;
}

/** Adds the options that say where reports go. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--json <file>', 'write the report as JSON')
    .option('--junit <file>', 'write the report as JUnit XML')
    .option('--sarif <file>', 'write the report as SARIF 2.1.0')
    .option('--html <file>', 'write the report as a page for people')
    .option('--write-waivers <file>', 'draft waivers for the findings in a new file');
}

/**
 * Writes a report in every form that was asked for.
 * @throws KitError FILE_UNWRITABLE
 */
export async function writeReports(report: Report, options: ReportArguments): Promise<void> {
  const { json, junit, sarif, html, writeWaivers, strict = false } = options;
  const { RULES } = await import('../contract/rules/index.ts');
  if (json !== undefined) {
    const { reportToJson } = await import('../report/json.ts');
    await writeText(json, reportToJson(report));
  }
  if (junit !== undefined) {
    const { reportToJunit } = await import('../report/junit.ts');
    await writeText(junit, reportToJunit(report, { strict }));
  }
  if (sarif !== undefined) {
    const { reportToSarif } = await import('../report/sarif.ts');
    await writeText(sarif, reportToSarif(report, RULES));
  }
  if (html !== undefined) {
    const { reportToHtml } = await import('../report/html.ts');
    await writeText(html, reportToHtml(report, RULES, { strict, now: new Date() }));
  }
  if (writeWaivers !== undefined) {
    const { draftWaivers } = await import('../report/draft-waivers.ts');
    // A ledger that somebody keeps is never overwritten.
    await writeText(writeWaivers, draftWaivers(report), { isNew: true });
  }
}
