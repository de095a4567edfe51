import { withoutMuted } from './consequences.ts';
import type { SentRequest } from './exchange.ts';
import { findingsOf, type Judged } from './judge.ts';
import type { Report } from './verdict.ts';

/** What a run concludes: the part of a report that its evidence decides. */
export type Conclusion = Pick<Report, 'verdict' | 'reason' | 'findings' | 'untested' | 'kept'>;

/** The conclusion from what was judged. */
export function conclude(
  { groups, untested, tested }: Judged,
  curl: (request: SentRequest) => string,
): Conclusion {
  const findings = findingsOf(withoutMuted(groups), curl);
  const violates = findings.some(({ severity }) => severity === 'error');
  return {
    verdict: violates ? 'violates' : 'conforms',
    reason: undefined,
    findings,
    untested,
    kept: tested.filter((id) => groups.every(({ rule }) => rule.id !== id)),
  };
}

/** The conclusion where nothing was judged; the reason is a sentence that also says what to do. */
export function concludeNothing(reason: string): Conclusion {
  return { verdict: 'no-verdict', reason, findings: [], untested: [], kept: [] };
}

/** 0 conforms, 1 violates (with `strict`, a warning is enough), 3 no verdict. */
export function exitCode(
  { verdict, findings }: Report,
  options: { readonly strict?: boolean } = {},
): 0 | 1 | 3 {
  if (verdict === 'no-verdict') {
    return 3;
  }
  return verdict === 'violates' || (options.strict && findings.length > 0) ? 1 : 0;
}
