import type { Command } from 'commander';
import type { AuditFinding } from '../description/audit.ts';
import { displayName, toUrl } from '../documents/read.ts';
import { describeLocation } from '../errors.ts';
import { packageFile } from '../package-files.ts';
import { counted } from '../report/finding.ts';
import { printable } from '../report/printable.ts';
import { EXIT, type Surroundings } from './io.ts';
import { overlayOption } from './options.ts';
import { writeText } from './write-file.ts';

interface AuditArguments {
  readonly overlay?: readonly string[];
  readonly json?: string;
  readonly strict?: boolean;
}

/** The findings of one description, and how many there are of each severity. */
interface Audit {
  readonly file: string;
  readonly findings: readonly AuditFinding[];
  readonly errors: number;
  readonly warnings: number;
}

/** A finding about a choice names every branch. */
const MESSAGE_LIMIT = 2000;

const EXAMPLES = `
Examples:
  jobs-kit audit                                     the shipped description
  jobs-kit audit openapi.yaml --strict               your own; warnings count too
  jobs-kit audit openapi.yaml --overlay next.yaml    with an OpenAPI overlay on it
  jobs-kit audit https://example.org/openapi.yaml --json audit.json

Exit codes:
  0  no error (with --strict, no warning either)
  1  the description breaks a rule; docs/audit.md lists them
  2  wrong arguments, or a file that cannot be read
`;

/** Adds `jobs-kit audit` to the program; `finish` gets the exit code of the verdict. */
export function addAuditCommand(
  program: Command,
  surroundings: Surroundings,
  finish: (exitCode: number) => void,
): void {
  program
    .command('audit')
    .description('judge a description itself')
    .argument('[file|url]', 'the OpenAPI description (default: the shipped one)')
    .addOption(overlayOption())
    .option('--json <file>', 'write the findings as JSON')
    .option('--strict', 'let warnings fail the run')
    .addHelpText('after', EXAMPLES)
    .action(async (source: string | undefined, options: AuditArguments) => {
      finish(await judge(source ?? packageFile('spec/openapi.yaml'), options, surroundings));
    });
}

async function judge(source: string, options: AuditArguments, { out }: Surroundings): Promise<number> {
  const { auditDescription } = await import('../description/audit.ts');
  const findings = await auditDescription(source, { overlays: options.overlay ?? [] });
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const audit = { file: displayName(toUrl(source)), findings, errors, warnings: findings.length - errors };
  out(toText(audit));
  if (options.json !== undefined) {
    await writeText(options.json, toJson(audit));
  }
  const failures = options.strict ? findings.length : errors;
  return failures > 0 ? EXIT.violates : EXIT.conforms;
}

function toText({ file, findings, errors, warnings }: Audit): string {
  const lines = findings.map(
    ({ severity, rule, where, message }) =>
      `${severity} ${rule} ${printable(describeLocation(where))}: ${printable(message, MESSAGE_LIMIT)}`,
  );
  const counts = `${file}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return `${[...lines, counts].join('\n')}\n`;
}

/** The form of `spec/audit.schema.json`. */
function toJson({ file, findings, errors, warnings }: Audit): string {
  const report = {
    verdict: errors > 0 ? 'unsound' : 'sound',
    description: file,
    errors,
    warnings,
    findings: findings.map(({ severity, rule, message, where, source }) => ({
      severity,
      check: rule,
      message,
      ...where,
      source,
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
