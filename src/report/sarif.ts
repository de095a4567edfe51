import { createHash } from 'node:crypto';
import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Report, Waiver } from '../contract/verdict.ts';
import { withAnyIndex } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';
import { documentUrl, packageVersion } from '../package-files.ts';
import { evidenceOf, healedOf, locationOf, type RuleWords } from './finding.ts';
import { jsonText, printable } from './printable.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The report for code scanning: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) with one
 * run. A waived finding is a suppressed result; what was untested, waivers that can go and remarks are notifications.
 */
export function reportToSarif(report: Report, rules: readonly RuleWords[]): string {
  const { verdict, findings, waived = [] } = report;
  const results = [
    ...findings.map((finding) => ({ finding, suppressions: [] })),
    ...waived.map(({ finding, waiver }) => ({ finding, suppressions: [suppressionOf(waiver)] })),
  ];
  const helpUri = documentUrl('docs/rules.md');
  const fingerprints = fingerprintsOf(results.map(({ finding }) => finding));
  const run = {
    tool: {
      driver: {
        name: 'jobs-kit verify',
        semanticVersion: packageVersion(),
        informationUri: documentUrl('README.md'),
        rules: rules.map((rule) => ruleToSarif(rule, helpUri)),
      },
    },
    invocations: [
      {
        executionSuccessful: verdict !== 'no-verdict',
        toolExecutionNotifications: notificationsOf(report),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: results.map(({ finding, suppressions }, index) => ({
      ...resultOf(finding, report, rules),
      // Code scanning knows the latter alone, and makes it of the line where it is not given.
      partialFingerprints: {
        'finding/v1': fingerprints[index],
        primaryLocationLineHash: fingerprints[index],
      },
      suppressions,
    })),
    properties: { target: report.target, requests: report.requests, verdict },
  };
  return `${jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, 2)}\n`;
}

/** All that the table of the rules says of one, since code scanning shows it beside each result. */
function ruleToSarif({ id, claim, severity, basis, fix }: RuleWords, helpUri: string) {
  const uri = rfcUri(basis);
  const convicts = uri === undefined ? basis : `[${basis}](${uri})`;
  return {
    id,
    shortDescription: { text: claim },
    fullDescription: { text: `${claim} What convicts: ${basis}.` },
    help: {
      text: fix,
      markdown: `${fix}\n\nWhat convicts: ${convicts}.\n\n[All rules](${helpUri})`,
    },
    helpUri,
    defaultConfiguration: { level: severity },
  };
}

function resultOf(finding: Finding, { description }: Report, rules: readonly RuleWords[]) {
  const { severity, check, message, count, expected, actual, pointer, curl } = finding;
  const ruleIndex = rules.findIndex(({ id }) => id === check);
  const where = locationOf(finding) ?? { file: description, line: 1 };
  return {
    ruleId: check,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: severity,
    message: { text: [printable(message), ...evidenceOf(finding)].join('\n') },
    locations: [physicalLocation(where)],
    ...(count > 0 && { occurrenceCount: count }),
    properties: { expected, actual, pointer, curl },
  };
}

function physicalLocation({ file, line }: Location) {
  return { physicalLocation: { artifactLocation: { uri: toUri(file) }, region: { startLine: line } } };
}

/** A file below the working directory is a relative URI: code scanning takes it from the root of the repository. */
function toUri(file: string): string {
  if (/^https?:/i.test(file)) {
    return new URL(file).href;
  }
  return isAbsolute(file) ? pathToFileURL(file).href : file.split(sep).map(encodeURIComponent).join('/');
}

/** The section of the first RFC that a text names. */
function rfcUri(text: string): string | undefined {
  const [, number, section] = /\bRFC (\d+)(?: section ([\d.]*\d))?/.exec(text) ?? [];
  const anchor = section === undefined ? '' : `#section-${section}`;
  return number === undefined ? undefined : `https://www.rfc-editor.org/rfc/rfc${number}${anchor}`;
}

function suppressionOf({ reason, link, expires, where }: Waiver) {
  return {
    kind: 'external',
    status: 'accepted',
    justification: reason,
    location: physicalLocation(where),
    ...((link || expires) && { properties: { link, expires } }),
  };
}

/**
 * The same for the same fault at the next run: neither values nor lines count, nor which item of a list it was. Findings
 * that are alike beyond that are numbered.
 */
function fingerprintsOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ check, operation, pointer, source }) => {
    const place = pointer && withAnyIndex(pointer);
    const convicting = typeof source === 'string' ? source : source.file;
    const key = JSON.stringify([check, operation?.id, place, convicting]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}:${count}`;
  });
}

function notificationsOf({ reason, untested, healed = [], notes }: Report) {
  return [
    ...(reason === undefined ? [] : [{ level: 'error', message: { text: reason } }]),
    ...untested.map((each) => ({
      level: 'note',
      message: { text: `untested: ${each.reason}` },
      associatedRule: { id: each.check },
    })),
    ...healed.map((waiver) => ({ level: 'note', message: { text: healedOf(waiver) } })),
    ...notes.map((note) => ({ level: 'note', message: { text: note } })),
  ];
}
