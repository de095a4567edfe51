import type { Operation } from '../description/model.ts';
import { withAnyIndex } from '../documents/pointer.ts';
import { withoutConsequences } from './consequences.ts';
import type { SentRequest } from './exchange.ts';
import { states } from './extensions.ts';
import { RULES } from './rules/index.ts';
import type { Evidence, Judgement, Rule, Violation } from './rules/rule.ts';
import { namingOption } from './subject.ts';
import { transcriptOf } from './transcript.ts';
import type { Finding, Untested } from './verdict.ts';

/** How many different values a finding shows. */
const SHOWN = 3;

/** How many characters of a value a finding shows. */
const LONGEST = 1000;

/** Violations that have one root cause. */
export interface Group {
  readonly rule: Rule;
  readonly operation: Operation;
  /** In the order in which they were seen, at least one. */
  readonly violations: readonly Violation[];
  /** How often it showed again when its request was repeated; absent where nobody tried. */
  readonly shown?: { readonly times: number; readonly tries: number };
}

export interface Judged {
  readonly groups: readonly Group[];
  readonly untested: readonly Untested[];
  /** The ids of the rules that were put to the test. */
  readonly tested: readonly string[];
}

/** Judges evidence by every rule. */
export function judge(evidence: Evidence, rules: readonly Rule[] = RULES): Judged {
  const judgements = rules.map((rule) => [rule, judgeBy(rule, evidence)] as const);
  const groups = judgements.flatMap(([rule, { violations }]) => groupsOf(rule, violations));
  return {
    groups: withoutConsequences(groups, evidence.calls),
    untested: judgements.flatMap(([rule, judgement]) => untestedOf(rule, judgement, evidence)),
    tested: judgements.filter(([, { tests }]) => tests > 0).map(([{ id }]) => id),
  };
}

/** What one rule says, in groups. */
export function judgeBy(rule: Rule, evidence: Evidence): Judgement {
  return rule.needs && evidence.kind === 'recorded' ? { violations: [], tests: 0 } : rule.judge(evidence);
}

/**
 * Puts violations with one root cause together: the same rule, operation, kind, and place of the answer. What was
 * broken most often comes first.
 */
export function groupsOf(rule: Rule, violations: readonly Violation[]): readonly Group[] {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    const place = violation.pointer && withAnyIndex(violation.pointer);
    const key = JSON.stringify([violation.call.operation.id, violation.kind, place]);
    const group = groups.get(key) ?? [];
    group.push(violation);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].toSorted((a, b) => b.length - a.length);
  return sorted.flatMap((group) => {
    const operation = group[0]?.call.operation;
    const violations = group.toSorted((a, b) => effort(a) - effort(b));
    return operation ? [{ rule, operation, violations }] : [];
  });
}

/** The simplest request shows a fault best: an ordinary one, and a short one. */
function effort({ call: { plain, exchange } }: Violation): number {
  const { target, headers } = exchange.request;
  const extra = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return target.length + (plain ? 0 : 1e6 + extra);
}

/** The groups as findings, the worst first: errors, then in the order of the rules. */
export function findingsOf(
  groups: readonly Group[],
  curl: (request: SentRequest) => string,
): readonly Finding[] {
  const findings = groups.flatMap((group) => findingOf(group, curl) ?? []);
  return findings.toSorted((a, b) => weight(b) - weight(a));
}

function findingOf(
  { rule, operation, violations, shown }: Group,
  curl: (request: SentRequest) => string,
): Finding | undefined {
  const [first] = violations;
  if (!first) {
    return undefined;
  }
  const { pointer, source = rule.basis, call } = first;
  const expected = cut(first.expected);
  const values = [...new Set(violations.map((each) => cut(each.actual)))];
  const actual = listed(values);
  return {
    severity: rule.severity,
    check: rule.id,
    message: `${fill(rule.message, {
      operation: operation.id,
      expected,
      actual,
      pointer: pointer || 'the body',
    })}${saySeen(shown)}`,
    expected,
    actual,
    pointer,
    source,
    curl: curl(call.exchange.request),
    count: new Set(violations.map((each) => each.call)).size,
    operation: { id: operation.id, where: operation.where },
    values,
    evidence: transcriptOf(call.exchange, first),
  };
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Nothing where it showed every time. */
function saySeen(shown: Group['shown']): string {
  return shown && shown.times < shown.tries ? ` (seen in ${shown.times} of ${shown.tries} tries)` : '';
}

/** Sorting keeps the order of the rules among equals. */
function weight({ severity }: Finding): number {
  return severity === 'error' ? 1 : 0;
}

function listed(values: readonly string[]): string {
  const shown = values.slice(0, SHOWN).join(', ');
  return values.length > SHOWN ? `${shown} and ${values.length - SHOWN} more` : shown;
}

function untestedOf(rule: Rule, judgement: Judgement, evidence: Evidence): readonly Untested[] {
  const reason = reasonOf(rule, judgement, evidence);
  const reasons = reason ? [reason] : (judgement.untested ?? []);
  return reasons.map((each) => ({ check: rule.id, reason: each }));
}

/** Why a claim was not tested at all; undefined where it was, or where there was nothing to claim. */
function reasonOf(rule: Rule, { tests, violations }: Judgement, evidence: Evidence): string | undefined {
  if (rule.extension && !states(evidence.description, rule.extension)) {
    return `the description does not say it: it has no ${rule.extension}`;
  }
  if (rule.needs && evidence.kind === 'recorded') {
    return rule.needs === 'bytes'
      ? 'recorded traffic does not hold the bytes; judge a running server'
      : 'recorded traffic does not show it; judge a running server';
  }
  const isProven = tests > 0 || violations.length > 0 || rule.unproven === undefined;
  return isProven ? undefined : fill(rule.unproven ?? '', { option: namingOption(evidence.description) });
}

function fill(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
}
