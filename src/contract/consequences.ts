import type { Call } from './call.ts';
import type { Group } from './judge.ts';

/** The rules about what an answer holds. */
const CONTENT = [
  'media-type',
  'json-encoding',
  'json-syntax',
  'json-characters',
  'schema',
  'always-present',
  'required-header',
  'empty-text',
  'error-code',
];

/** What follows from breaking a rule, for the same answers: one root cause, one finding. */
const EXPLAINED: ReadonlyMap<string, readonly string[]> = new Map([
  ['answer', ['dropped-request', 'head-differs']],
  ['message-syntax', ['bodiless-answer']],
  ['message-length', [...CONTENT, 'answer', 'content-coding', 'head-differs']],
  ['content-coding', [...CONTENT, 'unasked-coding', 'vary', 'head-differs']],
  ['server-error', CONTENT],
  ['documented-status', [...CONTENT, 'status-header', 'not-modified']],
  ['absent-name', CONTENT],
  ['header-injection', ['message-syntax']],
]);

/** What says nothing more of an operation, whatever the request was, once a rule is broken. */
const MUTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['repeat', ['filter', 'empty-filter', 'trimmed-filter', 'plus-sign', 'same-data', 'order']],
  ['filter', ['trimmed-filter', 'plus-sign']],
  ['json-encoding', ['charset']],
  ['unique-key', ['immutable-value']],
  ['existing-name', ['absolute-form', 'head']],
  ['absent-name', ['head']],
]);

/** The rules of which one violation explains whatever else is wrong where nearly every request breaks them. */
const OVERWHELMING = ['answer', 'server-error', 'documented-status', 'content-coding'];

/** The share of an operation's requests that have to fail in one way. */
const NEARLY_ALL = 0.9;

/** Leaves out the groups that follow from others. */
export function withoutConsequences(groups: readonly Group[], calls: readonly Call[]): readonly Group[] {
  const overwhelming = groups.filter((group) => isOverwhelming(group, calls));
  return groups.filter((group) => {
    const cause = overwhelming.find(({ operation }) => operation === group.operation);
    const isExplained = groups.some((each) => explains(each, group));
    return group === cause || !(isExplained || (cause && covers(cause, group)));
  });
}

/** Leaves out what confirmed findings make meaningless. */
export function withoutMuted(groups: readonly Group[]): readonly Group[] {
  const isMutedBy = (cause: Group, { operation, rule }: Group) =>
    cause.operation === operation && MUTED.get(cause.rule.id)?.includes(rule.id) === true;
  return groups.filter((group) => !groups.some((each) => isMutedBy(each, group)));
}

function explains(cause: Group, group: Group): boolean {
  return EXPLAINED.get(cause.rule.id)?.includes(group.rule.id) === true && covers(cause, group);
}

function isOverwhelming({ rule, operation, violations }: Group, calls: readonly Call[]): boolean {
  const all = calls.filter((call) => call.operation === operation && !call.beside);
  return (
    OVERWHELMING.includes(rule.id) && all.length > 1 && callsOf(violations).size >= all.length * NEARLY_ALL
  );
}

/** Whether every answer that shows the one group shows the other, too. */
function covers(cause: Group, { violations }: Group): boolean {
  const affected = callsOf(cause.violations);
  return [...callsOf(violations)].every((call) => affected.has(call));
}

function callsOf(violations: Group['violations']): ReadonlySet<Call> {
  return new Set(violations.map(({ call }) => call));
}
