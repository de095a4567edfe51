import { type Group, judgeBy } from './judge.ts';
import type { LiveRun } from './live.ts';
import type { Evidence, Violation } from './rules/rule.ts';
import type { Untested } from './verdict.ts';

/** How often what two answers seem to show must show again. */
const TIMES = 2;

/** How many violations of a group are tried. */
const TRIED = 3;

/** How often a request is repeated to see whether its answer is always as bad. */
const REPEATS = 4;

/** How many findings are repeated so. */
const REPEATED = 20;

/** Requests that took longer than this, in milliseconds, are not repeated just to count. */
const LONG = 1000;

/** What is left of what was judged. */
interface Confirmed {
  readonly groups: readonly Group[];
  /** What may be broken but could not be tried again. */
  readonly unconfirmed: readonly Untested[];
}

/**
 * Leaves out the groups that a change of the data may explain: claims about two answers are broken only where they are
 * broken each time that the same requests are sent again. Errors that one answer proves are counted again.
 */
export async function confirmed(
  groups: readonly Group[],
  evidence: Evidence,
  again: LiveRun['again'],
): Promise<Confirmed> {
  const kept: Group[] = [];
  const unconfirmed: Untested[] = [];
  for (const group of groups) {
    const proofs = group.violations.filter(({ calls }) => !group.rule.confirmed || !calls);
    if (proofs.length > 0) {
      const few = kept.length < REPEATED && group.rule.severity === 'error';
      kept.push(few ? await counted({ ...group, violations: proofs }, evidence, again) : group);
      continue;
    }
    const isSure = await isConfirmed(group, evidence, again);
    if (isSure) {
      kept.push(group);
    } else if (isSure === undefined) {
      const reason =
        'it seems broken, but could not be seen a second time; give a longer budget, or less data';
      unconfirmed.push({ check: group.rule.id, reason });
    }
  }
  return { groups: kept, unconfirmed };
}

/** Undefined where no more requests are sent. */
async function isConfirmed(
  group: Group,
  evidence: Evidence,
  again: LiveRun['again'],
): Promise<boolean | undefined> {
  for (const violation of group.violations.slice(0, TRIED)) {
    const happens = await happensAgain(group, violation, evidence, again);
    if (happens !== false) {
      return happens;
    }
  }
  return false;
}

/** Undefined where no more requests are sent. */
async function happensAgain(
  group: Group,
  violation: Violation,
  evidence: Evidence,
  again: LiveRun['again'],
): Promise<boolean | undefined> {
  for (let count = 0; count < TIMES; count += 1) {
    const shows = await showsAgain(group, violation, evidence, again);
    if (!shows) {
      return shows;
    }
  }
  return true;
}

/** The group with how often its first violation shows when the request is repeated. */
async function counted(group: Group, evidence: Evidence, again: LiveRun['again']): Promise<Group> {
  const [violation] = group.violations;
  const { durationMs = 0, failure, hungOnReuse } = violation?.call.exchange ?? {};
  if (!violation || durationMs > LONG || failure?.kind === 'timeout' || hungOnReuse) {
    return group;
  }
  let times = 1;
  let tries = 1;
  for (let count = 0; count < REPEATS; count += 1) {
    const shows = await showsAgain(group, violation, evidence, again);
    tries += shows === undefined ? 0 : 1;
    times += shows ? 1 : 0;
  }
  return { ...group, shown: { times, tries } };
}

/** Whether the requests of a violation break the rule in the same way once more; undefined where they are not sent. */
async function showsAgain(
  { rule }: Group,
  { call, calls, kind }: Violation,
  evidence: Evidence,
  again: LiveRun['again'],
): Promise<boolean | undefined> {
  // The first request once more at the end, for servers whose answers take turns.
  const repeated = await again(calls ? [...calls, ...calls.slice(0, 1)] : [call]);
  const judged = repeated && judgeBy(rule, { ...evidence, calls: repeated });
  return judged?.violations.some((violation) => violation.kind === kind);
}
