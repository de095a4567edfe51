import commonJs, { type Builder, type TestCase, type TestSuite } from 'junit-report-builder';
import type { Finding, Report, Waived } from '../contract/verdict.ts';
import { summaryOf } from './coverage.ts';
import { evidenceOf, healedOf, locationOf, titleOf, waiverOf } from './finding.ts';
import { printable } from './printable.ts';

export interface JunitOptions {
  /** Whether warnings fail the run. */
  readonly strict: boolean;
}

/** The types of the package are those of an ES module; what Node loads is CommonJS, and its one export the builder. */
const junit = commonJs as unknown as Builder;

/**
 * The report for CI servers: JUnit XML with one test case a rule. Findings are a failure (warnings only when `strict`,
 * else output), a rule that is waived or of which nothing was tested is skipped with the reason as output, no verdict is
 * an error.
 */
export function reportToJunit(report: Report, { strict }: JunitOptions): string {
  const builder = junit.newBuilder();
  const suite = builder.testSuite().name(text(report.target));
  suite.time(report.durationMs / 1000);
  for (const [name, value] of factsOf(report)) {
    suite.property(name, text(value));
  }
  if (report.verdict === 'no-verdict') {
    addCase(suite, 'verdict').error(text(report.reason ?? 'there is no verdict'));
  }
  const waived = report.waived?.map(({ finding }) => finding) ?? [];
  const checks = [...report.findings, ...waived, ...report.untested].map(({ check }) => check);
  for (const check of new Set([...checks, ...report.kept])) {
    fillCase(addCase(suite, check), check, report, strict);
  }
  const healed = report.healed ?? [];
  if (healed.length > 0) {
    addCase(suite, 'waivers').standardOutput(healed.map((waiver) => text(healedOf(waiver))).join('\n'));
  }
  return builder.build();
}

/** What a run was about, as CI servers show beside its test cases. */
function factsOf({ verdict, description, requests, coverage = [] }: Report) {
  const tallies = summaryOf(coverage).tallies.map(({ kind, seen, all }) => `${seen} of ${all} ${kind}`);
  return [
    ['verdict', verdict],
    ['description', description],
    ['requests', String(requests)],
    ...(tallies.length > 0 ? [['coverage', tallies.join(', ')] as const] : []),
  ] as const;
}

function addCase(suite: TestSuite, name: string): TestCase {
  return suite.testCase().className('jobs-kit verify').name(text(name));
}

/** A test case has but one failure and one output: findings are listed in either. */
function fillCase(testCase: TestCase, check: string, report: Report, strict: boolean): void {
  const findings = report.findings.filter((finding) => finding.check === check);
  const waived = report.waived?.filter(({ finding }) => finding.check === check) ?? [];
  const untested = report.untested.filter((each) => each.check === check);
  const fails = ({ severity }: Finding) => strict || severity === 'error';
  const failures = findings.filter(fails);
  const where = findings.map(locationOf)[0];
  if (where) {
    testCase.file(text(where.file));
  }
  if (failures.length > 0) {
    testCase.failure(text(failures.map(titleOf).join('; '))).stacktrace(failures.map(describe).join('\n\n'));
  }
  if (findings.length === 0 && !report.kept.includes(check)) {
    testCase.skipped();
  }
  const remarks = findings.filter((finding) => !fails(finding)).map(describe);
  const reasons = untested.map(({ reason }) => text(`untested: ${reason}`));
  testCase.standardOutput([...remarks, ...waived.map(describeWaived), ...reasons].join('\n\n'));
}

function describe(finding: Finding): string {
  return [`${finding.severity} ${titleOf(finding)}`, ...evidenceOf(finding, Number.POSITIVE_INFINITY)]
    .map(text)
    .join('\n');
}

function describeWaived(waived: Waived): string {
  return `${describe(waived.finding)}\n  ${text(waiverOf(waived))}`;
}

/** One line as XML takes it, in CDATA too: of several `]]>` the builder would escape but the first. */
function text(line: string): string {
  return printable(line, Number.POSITIVE_INFINITY).replaceAll(']]>', ']]\\u003e');
}
