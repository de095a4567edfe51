import type { Call } from './call.ts';
import type { Exchange } from './exchange.ts';
import { isUnreachable } from './failure.ts';
import type { Plan, Probe } from './plan/probe.ts';
import { askUntilReady, fitOf, PERFECT_FIT } from './target.ts';

/** An answer to the first request of a plan, below a base path. */
export interface FirstCall {
  readonly base: string;
  /** Undefined where the plan has no request. */
  readonly call: Call | undefined;
}

export interface Search {
  /** Where the API may be on the server, in the order in which that is tried. */
  readonly basePaths: readonly string[];
  readonly planFor: (base: string) => Plan;
  readonly ask: (probe: Probe) => Promise<Exchange | undefined>;
  readonly read: (exchange: Exchange, probe: Probe, base: string) => Call;
  /** How long the server may take to get ready. */
  readonly waitSeconds: number;
  /** Whether to stop searching. */
  readonly isOver: () => boolean;
}

/** Sends the first request of the plan below one base path after another; the one whose answer fits the API best is used. */
export async function findApi({
  basePaths,
  planFor,
  ask,
  read,
  waitSeconds,
  isOver,
}: Search): Promise<FirstCall> {
  const end = performance.now() + waitSeconds * 1000;
  const mayWait = () => performance.now() < end && !isOver();
  const tried: { base: string; call: Call; fit: number }[] = [];
  for (const base of basePaths) {
    const [probe] = planFor(base).next().value?.probes ?? [];
    if (!probe) {
      return { base, call: undefined };
    }
    const exchange = await askUntilReady(() => ask(probe), mayWait);
    if (!exchange) {
      break;
    }
    const call = read(exchange, probe, base);
    const fit = fitOf(call);
    tried.push({ base, call, fit });
    if (fit === PERFECT_FIT || isUnreachable(exchange.failure) || isOver()) {
      break;
    }
  }
  const [best = { base: basePaths[0] ?? '', call: undefined }] = tried.toSorted((a, b) => b.fit - a.fit);
  return best;
}
