import type { Description } from '../description/model.ts';
import { type Call, callOf } from './call.ts';
import { Contents } from './content.ts';
import type { Exchange } from './exchange.ts';
import { sendPatiently } from './patience.ts';
import type { Plan } from './plan.ts';
import { createRouter } from './routes.ts';
import type { Draft, Sender } from './send.ts';
import { askUntilReady, fitOf, PERFECT_FIT } from './target.ts';

/** So many requests without any answer, one after another, end a run: the others would get none either. */
const SILENCE = 2;

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
}

/** What a live run brought in. */
export interface LiveRun {
  /** The base path that was used. */
  readonly base: string;
  readonly calls: readonly Call[];
  /** Why the plan was not followed to its end; undefined where it was. */
  readonly cutShort: string | undefined;
  /** Sends the request of a call once more; undefined where no more requests are to be sent. */
  readonly again: (call: Call) => Promise<Call | undefined>;
}

/** Finds the API on the server and follows the plan. */
export async function runLive(options: LiveOptions): Promise<LiveRun> {
  const read = createReader(options);
  const first = await findApi(options, read);
  const stopped = stopper(options);
  const run = await follow(options, first, read, stopped);
  const again = async ({ exchange: { id, request } }: Call): Promise<Call | undefined> => {
    const headers = request.headers.filter(([name]) => name !== 'Host');
    return stopped() ? undefined : read(await options.sender.send({ ...request, id, headers }), first.base);
  };
  return { base: first.base, ...run, again };
}

/** An answer to the first request of the plan, below a base path. */
interface FirstCall {
  readonly base: string;
  readonly call: Call | undefined;
}

/** Reads an exchange as a call below a base path. */
type Reader = (exchange: Exchange, base: string) => Call;

function createReader({ description, basePaths }: LiveOptions): Reader {
  const contents = new Contents();
  const routers = new Map(basePaths.map((base) => [base, createRouter(description, [base])]));
  return (exchange, base) => {
    const route = routers.get(base)?.(exchange.request.method, exchange.request.target);
    if (!route) {
      throw new Error(`the plan has a request that calls no operation: ${exchange.request.target}`);
    }
    return callOf(exchange, route, 0, contents);
  };
}

/** Sends the first request of the plan below one base path after another; the one whose answer fits the API best is used. */
async function findApi(options: LiveOptions, read: Reader): Promise<FirstCall> {
  const { sender, basePaths, planFor, waitSeconds, signal } = options;
  const end = performance.now() + waitSeconds * 1000;
  const tried: { base: string; call: Call; fit: number }[] = [];
  for (const base of basePaths) {
    const draft = planFor(base).next().value;
    if (!draft) {
      return { base, call: undefined };
    }
    const ask = () => sendPatiently(() => sender.send(draft));
    const exchange = await askUntilReady(ask, () => performance.now() < end && !signal?.aborted);
    const call = read(exchange, base);
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
  { sender, planFor }: LiveOptions,
  first: FirstCall,
  read: Reader,
  stopped: () => string | undefined,
): Promise<Pick<LiveRun, 'calls' | 'cutShort'>> {
  const send = async (draft: Draft) => read(await sendPatiently(() => sender.send(draft)), first.base);
  const plan = planFor(first.base);
  const calls: Call[] = [];
  let step = plan.next();
  while (!step.done) {
    const cutShort = stopped() ?? (isSilent(calls) ? 'the server stopped answering' : undefined);
    if (cutShort) {
      return { calls, cutShort };
    }
    const call = calls.length === 0 && first.call ? first.call : await send(step.value);
    if (call.exchange.failure && stopped()) {
      // The end of the run may have caused it.
      return { calls, cutShort: stopped() };
    }
    calls.push(call);
    step = plan.next(call);
  }
  return { calls, cutShort: undefined };
}

/** A server that does not answer the very first request, tried twice, is not asked any further. */
function isSilent(calls: readonly Call[]): boolean {
  const last = calls.slice(-SILENCE);
  const enough = last.length === SILENCE || calls.length === 1;
  return (
    enough &&
    last.every(({ exchange: { failure } }) => failure?.kind === 'timeout' || failure?.kind === 'refused')
  );
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
