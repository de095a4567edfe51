import type { Call } from './call.ts';
import { type Group, judgeBy } from './judge.ts';
import type { LiveRun } from './live.ts';
import type { Evidence, Violation } from './rules/rule.ts';

/** How often what two answers seem to show must show again. */
const TIMES = 2;

/** How many violations of a group are tried. */
const TRIED = 3;

/**
 * Leaves out the groups that a change of the data may explain: claims about two answers are broken only where they are
 * broken each time that the same requests are sent again.
 */
export async function confirmed(
  groups: readonly Group[],
  evidence: Evidence,
  again: LiveRun['again'],
): Promise<readonly Group[]> {
  const kept: Group[] = [];
  for (const group of groups) {
    if (!group.rule.confirmed || (await isConfirmed(group, evidence, again))) {
      kept.push(group);
    }
  }
  return kept;
}

async function isConfirmed(group: Group, evidence: Evidence, again: LiveRun['again']): Promise<boolean> {
  for (const violation of group.violations.slice(0, TRIED)) {
    if (await happensAgain(group, violation, evidence, again)) {
      return true;
    }
  }
  return false;
}

async function happensAgain(
  { rule }: Group,
  { call, calls = [call], kind }: Violation,
  evidence: Evidence,
  again: LiveRun['again'],
): Promise<boolean> {
  // The first request once more at the end, for servers whose answers take turns.
  const requests = [...calls, ...calls.slice(0, 1)];
  for (let count = 0; count < TIMES; count += 1) {
    const repeated: Call[] = [];
    for (const each of requests) {
      const answer = await again(each);
      repeated.push(...(answer ? [answer] : []));
    }
    const { violations } = judgeBy(rule, { ...evidence, calls: repeated });
    if (!violations.some((violation) => violation.kind === kind)) {
      return false;
    }
  }
  return true;
}
