import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Report } from '../contract/verdict.ts';
import { KitError } from '../errors.ts';

/** The files that a report is written to, beside the console. */
export interface ReportArguments {
  readonly json?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly html?: string;
  readonly writeWaivers?: string;
  readonly strict: boolean;
}

/** Adds the options that say where reports go. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--json <file>', 'write the report as JSON')
    .option('--junit <file>', 'write the report as JUnit XML')
    .option('--sarif <file>', 'write the report as SARIF 2.1.0')
    .option('--html <file>', 'write the report as a page for people')
    .option('--write-waivers <file>', 'draft waivers for the findings in a new file')
    .option('--strict', 'let warnings fail the run', false);
}

/**
 * Writes a report in every form that was asked for.
 * @throws KitError FILE_UNWRITABLE
 */
export async function writeReports(report: Report, options: ReportArguments): Promise<void> {
  const { json, junit, sarif, html, writeWaivers, strict } = options;
  const { RULES } = await import('../contract/rules/index.ts');
  if (json !== undefined) {
    const { reportToJson } = await import('../report/json.ts');
    await write(json, reportToJson(report));
  }
  if (junit !== undefined) {
    const { reportToJunit } = await import('../report/junit.ts');
    await write(junit, reportToJunit(report, { strict }));
  }
  if (sarif !== undefined) {
    const { reportToSarif } = await import('../report/sarif.ts');
    await write(sarif, reportToSarif(report, RULES));
  }
  if (html !== undefined) {
    const { reportToHtml } = await import('../report/html.ts');
    await write(html, reportToHtml(report, RULES, { strict, now: new Date() }));
  }
  if (writeWaivers !== undefined) {
    const { draftWaivers } = await import('../report/draft-waivers.ts');
    // A ledger that somebody keeps is never overwritten.
    await write(writeWaivers, draftWaivers(report), 'wx');
  }
}

async function write(file: string, text: string, flag = 'w'): Promise<void> {
  try {
    await writeFile(file, text, { flag });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw KitError.of('FILE_UNWRITABLE', { file, reason });
  }
}
