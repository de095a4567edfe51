import { randomUUID } from 'node:crypto';
import { sourcesOf } from '../description/lookup.ts';
import type { Description } from '../description/model.ts';
import { KitError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { type Call, isSuccess } from './call.ts';
import { conclude, concludeNothing } from './conclusion.ts';
import { confirmed } from './confirm.ts';
import { coverageOf } from './coverage.ts';
import { curlOf } from './curl.ts';
import type { HeaderLine, SentRequest } from './exchange.ts';
import { isUnreachable } from './failure.ts';
import { judge } from './judge.ts';
import { type LiveOptions, type Progress, runLive } from './live.ts';
import { reasonForNoVerdict, reasonForSilence } from './no-verdict.ts';
import { type PlanOptions, planOf } from './plan/plan.ts';
import { type Fixed, invent, namesFor } from './plan/targets.ts';
import type { Evidence, Rule } from './rules/rule.ts';
import { chosenRules, type Severities } from './rules/severities.ts';
import { endAfter } from './run-end.ts';
import { noConnection, notAsked, notesOn } from './run-remarks.ts';
import { createSender, type Sender } from './send.ts';
import { type SetUp, setUp } from './set-up/set-up.ts';
import { withThings } from './set-up/things.ts';
import { nameIn, takesNames } from './subject.ts';
import { type Address, checkHeaders, parseAddress, toBasePath } from './target.ts';
import { noteOnTrust, type TrustOptions, trustInCurl, trustOf } from './trust.ts';
import type { Report } from './verdict.ts';

/** How long a run may take, in seconds, and the share of it for which things are watched until they end. */
const BUDGET = 60;
const WATCHED = 1 / 6;

/** Seconds that the server has for an answer. */
const TIMEOUT = 10;

export interface VerifyOptions extends TrustOptions {
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
  /** How long asking may take in all, waiting included; default 60. */
  readonly budgetSeconds?: number;
  /** What made-up names are made of; by default something new for each run. */
  readonly seed?: string;
  /** Values that are given to parameters of any operation, by the parameter's name. */
  readonly params?: Readonly<Record<string, string>>;
  /** Severities in place of those of the rules, by the rule's id; `off` leaves one out. */
  readonly severities?: Severities;
  /** Sends other methods than GET, HEAD and OPTIONS, too, without a body and towards a name that nothing has; default false. */
  readonly unsafeMethods?: boolean;
  /**
   * Makes things of its own on the server, as the description says how, tries what can be done with them, judges by them
   * too, and removes them whatever happens; default false.
   */
  readonly setUp?: boolean;
  /** Sends the most telling requests alone; default false. */
  readonly smoke?: boolean;
  /** Told of every answer, or of every few. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the run early; what is known by then is judged. */
  readonly signal?: AbortSignal;
}

/**
 * Judges a running server by a description. Sends only reads. What goes wrong on the way is part of the report.
 * @throws KitError USAGE for a URL, a header or a name that no request can be made of, an unknown parameter or rule
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { url, headers = [], names = [], timeoutSeconds = TIMEOUT } = options;
  const start = performance.now();
  const address = parseAddress(url);
  checkHeaders(headers);
  checkNames(names);
  checkParams(options);
  const rules = chosenRules(options.severities ?? {});
  const newSender = () =>
    createSender({
      origin: address.origin,
      headers: [...address.headers, ...headers],
      timeoutSeconds,
      tls: trustOf(options),
    });
  const sender = newSender();
  const end = endAfter(options.budgetSeconds ?? BUDGET, options.signal);
  end.signal.addEventListener('abort', sender.close, { once: true });
  try {
    const means = { sender, end };
    const { report, sent } = options.setUp
      ? await withSetUp(options, address, { ...means, newSender }, rules)
      : { report: await judgeServer(options, address, means, rules), sent: 0 };
    return { ...report, requests: sender.sent() + sent, durationMs: performance.now() - start };
  } finally {
    end.clear();
    sender.close();
  }
}

type Outcome = Omit<Report, 'requests' | 'durationMs'>;

/** Judges a server with things of the run's own, which are removed whatever comes of it. */
async function withSetUp(
  options: VerifyOptions,
  address: Address,
  means: Pick<LiveOptions, 'sender' | 'end'> & { readonly newSender: () => Sender },
  rules: readonly Rule[],
): Promise<{ readonly report: Outcome; readonly sent: number }> {
  const { description, waitSeconds = 0, timeoutSeconds = TIMEOUT, params = {} } = options;
  const basePaths = basePathsFor(options, address);
  const fixed: Fixed = new Map(Object.entries(params));
  const patienceSeconds = (options.budgetSeconds ?? BUDGET) * WATCHED;
  const own = await setUp({
    ...means,
    description,
    basePaths,
    fixed,
    waitSeconds,
    patienceSeconds,
    timeoutSeconds,
  });
  let left: readonly string[] = [];
  let report: Outcome;
  try {
    report = await judgeServer(options, address, means, rules, own);
  } finally {
    left = await own.remove();
  }
  return { report: { ...report, notes: [...report.notes, ...own.notes, ...left] }, sent: own.sent() };
}

async function judgeServer(
  given: VerifyOptions,
  address: Address,
  means: Pick<LiveOptions, 'sender' | 'end'>,
  rules: readonly Rule[],
  own?: SetUp,
): Promise<Outcome> {
  const options = own ? withThings(given, own) : given;
  const { description, names = [], waitSeconds = 0, seed = randomUUID() } = options;
  const fixed: Fixed = new Map(Object.entries(options.params ?? {}));
  const basePaths = own ? [own.base] : basePathsFor(options, address);
  const run = await runLive({
    ...means,
    description,
    basePaths,
    planFor: (base) => planOf({ ...wishesOf(options, address), base, names, seed, fixed }),
    waitSeconds,
    onProgress: options.onProgress,
  });
  const target = `${address.origin}${run.base}`;
  const notes = [...noteOnTrust(options, address.origin), ...notesOn(run, basePaths)];
  const facts = { target, description: sourcesOf(description), notes };
  const calls = [...(own?.story.calls ?? []), ...run.calls];
  const [first] = calls;
  if (first?.exchange.failure && isUnreachable(first.exchange.failure)) {
    const reason = noConnection(address, first.exchange.failure);
    return { ...facts, target: `${address.origin}${address.path}`, notes: [], ...concludeNothing(reason) };
  }
  const evidence = { ...liveEvidence(calls, description, names, seed, fixed), story: own?.story };
  const judged = judge(evidence, rules);
  const { groups, unconfirmed } = await confirmed(judged.groups, evidence, run.again);
  const untested = [...judged.untested, ...unconfirmed, ...notAsked(options, run, calls)];
  const curl = (request: SentRequest) => curlOf(request, options.headers ?? [], trustInCurl(options));
  const conclusion = conclude({ ...judged, groups, untested }, curl);
  const reason =
    calls.length === 0 && run.cutShort
      ? `No request was answered: ${run.cutShort}.`
      : (reasonForNoVerdict(calls, description, names.length === 0 && !own) ??
        (conclusion.verdict === 'conforms' ? reasonForSilence(calls) : undefined));
  const coverage = coverageOf(description, calls);
  return { ...facts, ...conclusion, coverage, ...(reason ? { verdict: 'no-verdict', reason } : {}) };
}

/** What exists there is what the user named, and each example of the description that was found. */
function liveEvidence(
  calls: readonly Call[],
  description: Description,
  names: readonly string[],
  seed: string,
  fixed: Fixed,
): Evidence {
  const { operations } = description;
  const found = operations
    .filter((operation) => names.length === 0 || !takesNames(operation, description))
    .flatMap((operation) => {
      const answered = calls.filter((call) => call.operation === operation && isSuccess(call)).map(nameIn);
      return namesFor(operation, [], fixed).filter((name) => answered.includes(name));
    });
  return {
    kind: 'live',
    description,
    calls,
    existing: [...names, ...found],
    invented: operations.map(({ id }) => invent(seed, id)),
  };
}

function basePathsFor({ base, description }: VerifyOptions, { path }: Address): readonly string[] {
  if (base !== undefined) {
    return [toBasePath(base)];
  }
  return path === '' ? description.basePaths : [path];
}

function wishesOf(
  { description, headers = [], smoke = false, unsafeMethods = false }: VerifyOptions,
  address: Address,
): Omit<PlanOptions, 'base' | 'names' | 'seed'> {
  const isGiven = [...headers, ...address.headers].some(([name]) => name.toLowerCase() === 'authorization');
  return { description, smoke, unsafeMethods, mayAuthorize: !isGiven };
}

/** Only a parameter of the description can be given a value. */
function checkParams({ description, params = {} }: VerifyOptions): void {
  const known = description.operations.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  for (const name of Object.keys(params)) {
    if (!known.includes(name)) {
      throw KitError.of('USAGE', {
        reason: `no operation has a parameter called "${name}"`,
        advice: didYouMean(name, known) || 'The description has no parameters.',
      });
    }
  }
}

/** A name stands for one segment of a path. */
function checkNames(names: readonly string[]): void {
  if (names.includes('')) {
    throw KitError.of('USAGE', { reason: 'a name is empty', advice: 'Name something that exists.' });
  }
}
