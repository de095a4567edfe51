import { isDeepStrictEqual } from 'node:util';
import { describeProblem, type Location } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { auditAnswers } from './audit/answers.ts';
import { auditChoices } from './audit/choices.ts';
import { auditComponents } from './audit/components.ts';
import { auditExamples } from './audit/documented.ts';
import { auditKeywords } from './audit/keywords.ts';
import { auditRequests } from './audit/requests.ts';
import { subjectOf } from './audit/subject.ts';
import { type LoadOptions, readDescription } from './load.ts';
import type { Mistake } from './reading.ts';
import { DESCRIPTION_RULES, type RuleId, type Severity } from './rules.ts';

/** One thing that is wrong with a description. */
export interface AuditFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly where: Location;
  /** What is wrong and what to do, as sentences. */
  readonly message: string;
  /** The section of the standard that says so. */
  readonly source: string;
}

/**
 * Judges a description itself: what the loader refuses, and what is valid OpenAPI yet cannot be meant. Findings come the
 * worst first, then in the order of the document.
 * @throws KitError where there is nothing to judge, as `readDescription` does.
 */
export async function auditDescription(
  source: string | URL | JsonObject,
  options: LoadOptions = {},
): Promise<readonly AuditFinding[]> {
  const draft = await readDescription(source, options);
  const subject = subjectOf(draft);
  for (const audit of [
    auditExamples,
    auditKeywords,
    auditChoices,
    auditRequests,
    auditAnswers,
    auditComponents,
  ]) {
    audit(subject);
  }
  const file = draft.description.source;
  const findings = withoutConsequences(draft.reading.problems).map((problem) => toFinding(problem, file));
  // What is used twice is looked at twice: the same words about the same line are one finding.
  const unique = new Map(
    findings.map((finding) => [`${finding.where.file}:${finding.where.line} ${finding.message}`, finding]),
  );
  return [...unique.values()].sort(byWeight);
}

/** Where nothing satisfies a choice, no example can: one cause, one finding. */
function withoutConsequences(problems: readonly Mistake[]): readonly Mistake[] {
  const hopeless = problems.filter(({ rule }) => rule === 'choice-none').map(({ where }) => where);
  return problems.filter(
    ({ choice }) => !choice || hopeless.every((where) => !isDeepStrictEqual(where, choice)),
  );
}

function toFinding({ rule, where, ...problem }: Mistake, file: string): AuditFinding {
  const { severity, source } = DESCRIPTION_RULES[rule];
  return { rule, severity, where: where ?? { file, line: 1 }, message: describeProblem(problem), source };
}

function byWeight(a: AuditFinding, b: AuditFinding): number {
  if (a.severity !== b.severity) {
    return a.severity === 'error' ? -1 : 1;
  }
  return a.where.file.localeCompare(b.where.file) || a.where.line - b.where.line;
}
