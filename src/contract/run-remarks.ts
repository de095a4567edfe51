import type { Description } from '../description/model.ts';
import type { Call } from './call.ts';
import type { Failure } from './exchange.ts';
import type { LiveRun } from './live.ts';
import { unplanned } from './plan/targets.ts';
import type { Address } from './target.ts';
import type { Untested } from './verdict.ts';

/** Why nothing could be asked, and what helps, as a sentence. */
export function noConnection({ origin }: Address, { kind, detail }: Failure): string {
  const advice =
    kind === 'untrusted'
      ? 'Give the certificate of the authority that signed it with --ca FILE, or accept any with --insecure.'
      : 'Start the server, or let the run wait for it with --wait SECONDS.';
  return `No connection to ${origin}: ${detail}. ${advice}`;
}

/** What a reader has to know of how a run went. */
export function notesOn({ base, cutShort }: LiveRun, basePaths: readonly string[]): readonly string[] {
  return [
    ...(basePaths.length > 1
      ? [`The base path ${base || '/'} was used, of ${basePaths.map((each) => each || '/').join(', ')}.`]
      : []),
    ...(cutShort ? [`The run ended early: ${cutShort}.`] : []),
  ];
}

/** What a run was asked for, as far as that leaves something out. */
interface Wishes {
  readonly description: Description;
  readonly params?: Readonly<Record<string, string>>;
  readonly smoke?: boolean;
}

/** What was left out of the plan stays untested whatever the rules say. */
export function notAsked(
  { description, params = {}, smoke }: Wishes,
  { cutShort, leftOut }: LiveRun,
  calls: readonly Call[],
): readonly Untested[] {
  const asked = new Set(calls.map(({ operation }) => operation));
  const operations = description.operations.filter((operation) => !asked.has(operation));
  const early = cutShort ? [`not all requests were sent: ${cutShort}`] : [];
  const short = smoke ? ['only the most telling requests were sent; leave out the smoke option for all'] : [];
  const fixed = new Map(Object.entries(params));
  return [...unplanned({ operations }, fixed), ...short, ...leftOut(), ...early].map((reason) => ({
    check: 'answer',
    reason,
  }));
}
