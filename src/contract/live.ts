import type { Description } from '../description/model.ts';
import { asOdd, type Call, callBeside, callOf } from './call.ts';
import { Contents } from './content.ts';
import type { Exchange } from './exchange.ts';
import { sendPatiently } from './patience.ts';
import type { Plan, Probe, Step } from './plan/probe.ts';
import { createRouter } from './routes.ts';
import type { Sender } from './send.ts';
import { askUntilReady, fitOf, PERFECT_FIT } from './target.ts';

/** So many requests without any answer, one after another, end a run: the others would get none either. */
const SILENCE = 2;

/** Answers that take longer than this, in milliseconds, are waited for several at a time. */
const SLOW = 120;

/** How many are waited for at the same time then. */
const LANES = 8;

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
  /** How long requests are sent once it is. */
  readonly budgetSeconds: number;
  /** Ends the run where it is aborted. */
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What a live run brought in. */
export interface LiveRun {
  /** The base path that was used. */
  readonly base: string;
  readonly calls: readonly Call[];
  /** Why the plan was not followed to its end; undefined where it was. */
  readonly cutShort: string | undefined;
  /**
   * Sends the request of a call once more, among the others that it was sent with; undefined where no more requests are
   * to be sent.
   */
  readonly again: (call: Call) => Promise<Call | undefined>;
}

/** Finds the API on the server and follows the plan. */
export async function runLive(options: LiveOptions): Promise<LiveRun> {
  const read = createReader(options);
  const first = await findApi(options, read);
  const trip: Trip = {
    read: (exchange, probe) => read(exchange, probe, first.base),
    stopped: stopper(options),
    steps: new WeakMap(),
  };
  const run = await follow(options, first, trip);
  return { base: first.base, ...run, again: (call) => repeat(options, trip, call) };
}

/** An answer to the first request of the plan, below a base path. */
interface FirstCall {
  readonly base: string;
  readonly call: Call | undefined;
}

/** Where a probe stood in the plan. */
interface Place {
  readonly probe: Probe;
  readonly step: Step;
}

/** What a run has on its way. */
interface Trip {
  readonly read: (exchange: Exchange, probe: Probe) => Call;
  /** The reason why no more requests are to be sent. */
  readonly stopped: () => string | undefined;
  readonly steps: WeakMap<Call, Place>;
}

/** Reads an exchange as a call below a base path. */
type Reader = (exchange: Exchange, probe: Probe, base: string) => Call;

function createReader({ description, basePaths }: LiveOptions): Reader {
  const contents = new Contents();
  const routers = new Map(basePaths.map((base) => [base, createRouter(description, [base])]));
  return (exchange, { operation, beside, odd }, base) => {
    const route = routers.get(base)?.(exchange.request.method, exchange.request.target);
    if (beside || !route) {
      return callBeside(exchange, operation, beside ?? 'path', contents);
    }
    const call = callOf(exchange, route, 0, contents);
    return odd ? asOdd(call) : call;
  };
}

/** Sends the first request of the plan below one base path after another; the one whose answer fits the API best is used. */
async function findApi(options: LiveOptions, read: Reader): Promise<FirstCall> {
  const { sender, basePaths, planFor, waitSeconds, signal } = options;
  const end = performance.now() + waitSeconds * 1000;
  const tried: { base: string; call: Call; fit: number }[] = [];
  for (const base of basePaths) {
    const [probe] = planFor(base).next().value?.probes ?? [];
    if (!probe) {
      return { base, call: undefined };
    }
    const ask = () => sendPatiently(() => sender.send(probe));
    const exchange = await askUntilReady(ask, () => performance.now() < end && !signal?.aborted);
    const call = read(exchange, probe, base);
    const fit = fitOf(call);
    tried.push({ base, call, fit });
    if (fit === PERFECT_FIT || exchange.failure?.kind === 'refused') {
      break;
    }
  }
  const [best = { base: '', call: undefined }] = tried.toSorted((a, b) => b.fit - a.fit);
  return best;
}

async function follow(
  options: LiveOptions,
  first: FirstCall,
  trip: Trip,
): Promise<Pick<LiveRun, 'calls' | 'cutShort'>> {
  const plan = options.planFor(first.base);
  const calls: Call[] = [];
  let known = first.call;
  let step = plan.next();
  while (!step.done) {
    const { calls: answers, cutShort } = await take(options, trip, step.value, { known, calls });
    known = undefined;
    calls.push(...answers);
    if (cutShort) {
      return { calls, cutShort };
    }
    step = plan.next(answers);
  }
  return { calls, cutShort: undefined };
}

/** What is known when a step is taken. */
interface Before {
  /** The answer to the first request, where it was asked already. */
  readonly known: Call | undefined;
  readonly calls: readonly Call[];
}

/** Sends the requests of one step, as many at a time as it is worth. */
async function take(
  options: LiveOptions,
  trip: Trip,
  step: Step,
  { known, calls: before }: Before,
): Promise<Pick<LiveRun, 'calls' | 'cutShort'>> {
  const calls: Call[] = [];
  const width = step.atOnce ? step.probes.length : isSlow(before) ? LANES : 1;
  for (let index = 0; index < step.probes.length; index += width) {
    const cutShort = trip.stopped() ?? (isSilent([...before, ...calls]) ? SILENT : undefined);
    if (cutShort) {
      return { calls, cutShort };
    }
    const probes = step.probes.slice(index, index + width);
    const answers = await Promise.all(probes.map((probe) => known ?? ask(options, trip, { probe, step })));
    const ended = trip.stopped();
    // The end of the run may have caused a failure.
    calls.push(...answers.filter(({ exchange }) => !(ended && exchange.failure)));
    if (ended && calls.length < answers.length) {
      return { calls, cutShort: ended };
    }
    const last = answers.at(-1);
    if (last) {
      options.onProgress?.({ requests: before.length + calls.length, purpose: last.exchange.id });
    }
  }
  return { calls, cutShort: undefined };
}

async function ask({ sender }: LiveOptions, trip: Trip, place: Place): Promise<Call> {
  const { probe } = place;
  const call = trip.read(await sendPatiently(() => sender.send(probe)), probe);
  trip.steps.set(call, place);
  return call;
}

async function repeat(options: LiveOptions, trip: Trip, call: Call): Promise<Call | undefined> {
  const { exchange, operation, beside } = call;
  if (trip.stopped()) {
    return undefined;
  }
  const { id, request } = exchange;
  const headers = request.headers.filter(([name]) => name !== 'Host');
  const odd = !call.plain;
  const same: Probe = { ...request, id, headers, operation, odd, ...(beside && { beside }) };
  const { probe, step } = trip.steps.get(call) ?? { probe: same, step: { probes: [same], atOnce: false } };
  const probes = step.atOnce ? step.probes : [probe];
  const answers = await Promise.all(probes.map((each) => ask(options, trip, { probe: each, step })));
  return answers[probes.indexOf(probe)];
}

const SILENT = 'the server stopped answering';

/** A server that does not answer the very first request, tried twice, is not asked any further. */
function isSilent(calls: readonly Call[]): boolean {
  const last = calls.slice(-SILENCE);
  const enough = last.length === SILENCE || calls.length === 1;
  return (
    enough &&
    last.every(({ exchange: { failure } }) => failure?.kind === 'timeout' || failure?.kind === 'refused')
  );
}

/** The first answer may be that of a cold server. */
function isSlow(calls: readonly Call[]): boolean {
  const times = calls.slice(1, 9).flatMap(({ exchange: { durationMs } }) => durationMs ?? []);
  const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
  return middle !== undefined && middle > SLOW;
}

/** Gives the reason why no more requests are to be sent, from now on. */
function stopper({ signal, budgetSeconds }: LiveOptions): () => string | undefined {
  const end = performance.now() + budgetSeconds * 1000;
  return () => {
    if (signal?.aborted) {
      return 'it was interrupted';
    }
    return performance.now() > end ? `its ${budgetSeconds} s were over` : undefined;
  };
}
