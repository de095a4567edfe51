import type { Description } from '../description/model.ts';
import { asOdd, type Call, callBeside, callOf } from './call.ts';
import { Contents, SHELF } from './content.ts';
import type { Exchange } from './exchange.ts';
import { isUnreachable } from './failure.ts';
import { type FirstCall, findApi } from './find-api.ts';
import { createAsker } from './patience.ts';
import type { Plan, Probe, Step } from './plan/probe.ts';
import { createRouter } from './routes.ts';
import type { RunEnd } from './run-end.ts';
import type { Sender } from './send.ts';
import { outcomeOf, repeat, type Trip, taken } from './trip.ts';

/** So many requests without any answer, one after another, end a run: the others would get none either. */
const SILENCE = 2;

const SILENT = 'the server stopped answering';

/** Answers that take longer than this, in milliseconds, are waited for several at a time. */
const SLOW = 120;

/** How many are waited for at the same time then, unless their bodies have more bytes than this in all. */
const LANES = 8;
const LOAD = 32 * 1024 * 1024;

/** How a run gets on. */
export interface Progress {
  /** Answers so far. */
  readonly requests: number;
  /** What the last request was for. */
  readonly purpose: string;
}

export interface LiveOptions {
  readonly description: Description;
  readonly sender: Sender;
  /** Where the API may be on the server; several are tried in this order. */
  readonly basePaths: readonly string[];
  readonly planFor: (base: string) => Plan;
  /** How long the server may take to get ready. */
  readonly waitSeconds: number;
  readonly end: RunEnd;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What a live run brought in. */
export interface LiveRun {
  /** The base path that was used. */
  readonly base: string;
  readonly calls: readonly Call[];
  /** Why the plan was not followed to its end; undefined where it was. */
  readonly cutShort: string | undefined;
  /** What of the plan was left out on the way, a reason each. */
  readonly leftOut: () => readonly string[];
  /**
   * Sends the requests of calls once more, in order, each among the others that it was sent with; undefined where no more
   * requests are to be sent, or the answers are too large.
   */
  readonly again: (calls: readonly Call[]) => Promise<readonly Call[] | undefined>;
}

/** Finds the API on the server and follows the plan. */
export async function runLive(options: LiveOptions): Promise<LiveRun> {
  const { end, sender } = options;
  const asker = createAsker(sender, end.signal);
  const contents = new Contents(SHELF);
  const read = createReader(options);
  const first = await findApi({
    ...options,
    ask: async (probe) => (await asker.ask(probe)).exchange,
    read: (exchange, probe, base) => read(exchange, probe, base, contents),
    isOver: () => end.reason() !== undefined,
  });
  const trip: Trip = {
    end,
    asker,
    contents,
    read: (exchange, probe, into) => read(exchange, probe, first.base, into),
    places: new WeakMap(),
    calls: [],
    leftOut: [],
    vain: 0,
  };
  const cutShort = await follow(options, first, trip);
  return {
    base: first.base,
    calls: trip.calls,
    cutShort,
    leftOut: () => [...trip.leftOut, ...asker.leftOut(), ...contents.leftOut()],
    again: (calls) => repeat(trip, calls),
  };
}

/** Reads an exchange as a call below a base path. */
type Reader = (exchange: Exchange, probe: Probe, base: string, contents: Contents) => Call;

function createReader({ description, basePaths }: LiveOptions): Reader {
  const routers = new Map(basePaths.map((base) => [base, createRouter(description, [base])]));
  return (exchange, { operation, beside, odd }, base, contents) => {
    const route = routers.get(base)?.(exchange.request.method, exchange.request.target);
    if (beside || !route) {
      return callBeside(exchange, operation, beside ?? 'path', contents);
    }
    const call = callOf(exchange, route, 0, contents);
    return odd ? asOdd(call) : call;
  };
}

/** Follows the plan; gives why not to its end. */
async function follow(options: LiveOptions, first: FirstCall, trip: Trip): Promise<string | undefined> {
  const plan = options.planFor(first.base);
  let { call: known } = first;
  for (let step = plan.next(); !step.done; ) {
    const answers: Call[] = [];
    const cutShort = await take(options, trip, step.value, { known, answers });
    if (cutShort) {
      return cutShort;
    }
    known = undefined;
    step = plan.next(answers);
  }
  return undefined;
}

/** What is known when a step is taken, and what it brought. */
interface Haul {
  /** The answer to the first request, where it was asked already. */
  readonly known: Call | undefined;
  readonly answers: Call[];
}

/** Sends the requests of one step, as many at a time as it is worth; gives why not all of them. */
async function take(
  options: LiveOptions,
  trip: Trip,
  step: Step,
  { known, answers }: Haul,
): Promise<string | undefined> {
  const { probes, atOnce, leftOut } = step;
  trip.leftOut.push(...(leftOut === undefined ? [] : [leftOut]));
  const width = atOnce ? probes.length : lanesFor(trip.calls);
  for (let index = 0; index < probes.length; index += width) {
    const cutShort = known ? undefined : (trip.end.reasonForPlan() ?? silenceOf(trip));
    if (cutShort) {
      return cutShort;
    }
    const some = probes.slice(index, index + width);
    const outcomes = await Promise.all(some.map((probe) => outcomeOf(trip, { probe, step }, known)));
    for (const call of outcomes.flatMap((outcome) => taken(outcome, trip) ?? [])) {
      answers.push(call);
      options.onProgress?.({ requests: trip.calls.length, purpose: call.exchange.id });
    }
  }
  return undefined;
}

/** A server that does not answer the very first request, tried twice, is not asked any further. */
function silenceOf({ calls, vain }: Trip): string | undefined {
  const [first] = calls;
  const failure = calls.length === 1 ? first?.exchange.failure : undefined;
  const isSilent = vain >= SILENCE || failure?.kind === 'timeout' || isUnreachable(failure);
  return isSilent ? SILENT : undefined;
}

/** How many requests are worth being sent at a time. */
function lanesFor(calls: readonly Call[]): number {
  // The first answer may be that of a cold server.
  const times = calls.slice(1, 9).flatMap(({ exchange: { durationMs } }) => durationMs ?? []);
  const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const largest = Math.max(1, ...calls.slice(0, 9).map(({ exchange: { wire } }) => wire?.contentSize ?? 0));
  return middle > SLOW ? Math.max(1, Math.min(LANES, Math.floor(LOAD / largest))) : 1;
}
