import { randomUUID } from 'node:crypto';
import type { Description } from '../description/model.ts';
import { KitError } from '../errors.ts';
import { type Call, isSuccess } from './call.ts';
import { conclude, concludeNothing } from './conclusion.ts';
import { confirmed } from './confirm.ts';
import { curlOf } from './curl.ts';
import type { Failure, HeaderLine, SentRequest } from './exchange.ts';
import { judge } from './judge.ts';
import { type LiveRun, runLive } from './live.ts';
import { reasonForNoVerdict } from './no-verdict.ts';
import { invent, namesFor, planOf, unplanned } from './plan.ts';
import type { Evidence } from './rules/rule.ts';
import { createSender, type Sender } from './send.ts';
import { type Address, checkHeaders, parseAddress, toBasePath } from './target.ts';
import type { Report, Untested } from './verdict.ts';

export interface VerifyOptions {
  readonly description: Description;
  /** The base URL of the server. With a path it is taken as it is; without, the base paths of the description are tried. */
  readonly url: string;
  /** Names of things that exist there; by default the example of the description, which need not. */
  readonly names?: readonly string[];
  /** Sent with every request. */
  readonly headers?: readonly HeaderLine[];
  /** The base path on the server, such as `/api`, in place of those of the description. */
  readonly base?: string;
  /** How long the server may take until it listens and answers something else than 503; default 0. */
  readonly waitSeconds?: number;
  /** How long one answer may take; default 10. */
  readonly timeoutSeconds?: number;
  /** After so long no more requests are sent; default 60. */
  readonly budgetSeconds?: number;
  /** What made-up names are made of; by default something new for each run. */
  readonly seed?: string;
  /** Ends the run early; what is known by then is judged. */
  readonly signal?: AbortSignal;
}

/**
 * Judges a running server by a description. Sends only reads. What goes wrong on the way is part of the report.
 * @throws KitError USAGE for a URL, a header or a name that no request can be made of
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { url, headers = [], names = [], timeoutSeconds = 10 } = options;
  const start = performance.now();
  const address = parseAddress(url);
  checkHeaders(headers);
  checkNames(names);
  const sender = createSender({
    origin: address.origin,
    headers: [...address.headers, ...headers],
    timeoutSeconds,
  });
  options.signal?.addEventListener('abort', sender.close, { once: true });
  try {
    const report = await judgeServer(options, address, sender);
    return { ...report, requests: sender.sent(), durationMs: performance.now() - start };
  } finally {
    options.signal?.removeEventListener('abort', sender.close);
    sender.close();
  }
}

type Outcome = Omit<Report, 'requests' | 'durationMs'>;

async function judgeServer(options: VerifyOptions, address: Address, sender: Sender): Promise<Outcome> {
  const {
    description,
    names = [],
    waitSeconds = 0,
    budgetSeconds = 60,
    seed = randomUUID(),
    signal,
  } = options;
  const basePaths = basePathsFor(options, address);
  const run = await runLive({
    description,
    sender,
    basePaths,
    planFor: (base) => planOf({ description, base, names, seed }),
    waitSeconds,
    budgetSeconds,
    signal,
  });
  const target = `${address.origin}${run.base}`;
  const facts = { target, description: description.source, notes: notesOn(run, basePaths) };
  const [first] = run.calls;
  if (first?.exchange.failure?.kind === 'refused') {
    const reason = noConnection(address, first.exchange.failure);
    return { ...facts, target: `${address.origin}${address.path}`, notes: [], ...concludeNothing(reason) };
  }
  const evidence = liveEvidence(run.calls, description, names, seed);
  const judged = judge(evidence);
  const groups = await confirmed(judged.groups, evidence, run.again);
  const untested = [...judged.untested, ...notAsked(description, run)];
  const curl = (request: SentRequest) => curlOf(request, options.headers ?? []);
  const conclusion = conclude({ ...judged, groups, untested }, curl);
  const reason = reasonForNoVerdict(run.calls, description, names.length === 0);
  return { ...facts, ...conclusion, ...(reason ? { verdict: 'no-verdict', reason } : {}) };
}

function noConnection({ origin }: Address, { detail }: Failure): string {
  return `No connection to ${origin}: ${detail}. Start the server, or let the run wait for it with --wait SECONDS.`;
}

/** The default name is taken to exist once it was answered. */
function liveEvidence(
  calls: readonly Call[],
  description: Description,
  names: readonly string[],
  seed: string,
): Evidence {
  const defaults =
    calls[0] && isSuccess(calls[0]) ? description.operations.flatMap((each) => namesFor(each, [])) : [];
  return {
    kind: 'live',
    description,
    calls,
    existing: names.length > 0 ? names : defaults,
    invented: description.operations.map(({ id }) => invent(seed, id)),
  };
}

function basePathsFor({ base, description }: VerifyOptions, { path }: Address): readonly string[] {
  if (base !== undefined) {
    return [toBasePath(base)];
  }
  return path === '' ? description.basePaths : [path];
}

/** A name stands for one segment of a path. */
function checkNames(names: readonly string[]): void {
  if (names.includes('')) {
    throw KitError.of('USAGE', { reason: 'a name is empty', advice: 'Name something that exists.' });
  }
}

function notesOn({ base, cutShort }: LiveRun, basePaths: readonly string[]): readonly string[] {
  return [
    ...(basePaths.length > 1
      ? [`The base path ${base || '/'} was used, of ${basePaths.map((each) => each || '/').join(', ')}.`]
      : []),
    ...(cutShort ? [`The run ended early: ${cutShort}.`] : []),
  ];
}

/** What was left out of the plan stays untested whatever the rules say. */
function notAsked(description: Description, { cutShort }: LiveRun): readonly Untested[] {
  const early = cutShort ? [`not all requests were sent: ${cutShort}`] : [];
  return [...unplanned(description), ...early].map((reason) => ({ check: 'answer', reason }));
}
