import type { Call } from './call.ts';
import { Contents } from './content.ts';
import type { Exchange } from './exchange.ts';
import type { Asker } from './patience.ts';
import type { Probe, Step } from './plan/probe.ts';
import type { RunEnd } from './run-end.ts';

/** The most memory that the bodies of requests that are repeated together may take: 48 MiB. */
const ROUND = 48 * 1024 * 1024;

/** What a run has on its way. */
export interface Trip {
  readonly end: RunEnd;
  readonly asker: Asker;
  readonly contents: Contents;
  readonly read: (exchange: Exchange, probe: Probe, contents: Contents) => Call;
  readonly places: WeakMap<Call, Place>;
  /** In the order of the plan. */
  readonly calls: Call[];
  /** What the plan did not ask, a reason each. */
  readonly leftOut: string[];
  /** How many requests in a row got no answer though others like them do. */
  vain: number;
}

/** Where a probe stood in the plan. */
interface Place {
  readonly probe: Probe;
  readonly step: Step;
}

/** What became of a request of the plan. */
interface Outcome {
  /** Undefined where nothing is known. */
  readonly call: Call | undefined;
  readonly isInVain: boolean;
}

/** Asks, unless the answer is known. */
export async function outcomeOf(
  { asker, read, places, contents }: Trip,
  place: Place,
  known?: Call | undefined,
): Promise<Outcome> {
  const { exchange, isInVain } = known
    ? { exchange: undefined, isInVain: false }
    : await asker.ask(place.probe);
  const call = exchange ? read(exchange, place.probe, contents) : known;
  if (call) {
    places.set(call, place);
  }
  return { call, isInVain };
}

/** Puts an outcome down; gives its call, if that counts. */
export function taken({ call, isInVain }: Outcome, trip: Trip): Call | undefined {
  trip.vain = isInVain ? trip.vain + 1 : call ? 0 : trip.vain;
  if (!call || isCut(call, trip)) {
    return undefined;
  }
  trip.calls.push(call);
  return call;
}

/** Sends the requests of calls once more, as `LiveRun.again`. */
export async function repeat(trip: Trip, calls: readonly Call[]): Promise<readonly Call[] | undefined> {
  const round = { ...trip, contents: new Contents(ROUND, trip.contents) };
  const repeated: Call[] = [];
  for (const call of calls) {
    const answer = await repeatOne(round, call);
    if (!answer) {
      return undefined;
    }
    repeated.push(answer);
  }
  return round.contents.leftOut().length > 0 ? undefined : repeated;
}

async function repeatOne(trip: Trip, call: Call): Promise<Call | undefined> {
  const place = trip.places.get(call);
  if (!place || trip.end.reason()) {
    return undefined;
  }
  const { probe, step } = place;
  const probes = step.atOnce ? step.probes : [probe];
  const outcomes = await Promise.all(probes.map((each) => outcomeOf(trip, { probe: each, step })));
  const repeated = outcomes[probes.indexOf(probe)]?.call;
  return repeated && isCut(repeated, trip) ? undefined : repeated;
}

/** What the end of the run may have caused does not count, unless it is all that is known of the server. */
function isCut({ exchange: { failure }, status }: Call, { end, calls }: Trip): boolean {
  const isSuspect = end.reason() !== undefined && (failure !== undefined || status === 429);
  return isSuspect && (calls.length > 0 || end.isInterrupted());
}
