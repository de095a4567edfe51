import { sourcesOf } from '../description/lookup.ts';
import type { Description } from '../description/model.ts';
import { type Call, callOf } from './call.ts';
import { conclude, concludeNothing } from './conclusion.ts';
import { Contents } from './content.ts';
import { coverageOf } from './coverage.ts';
import { curlOf } from './curl.ts';
import type { Exchange } from './exchange.ts';
import { judge } from './judge.ts';
import { denialOf } from './no-verdict.ts';
import type { Recording } from './recorded/recording.ts';
import { createRouter } from './routes.ts';
import { chosenRules, type Severities } from './rules/severities.ts';
import { toBasePath } from './target.ts';
import type { Report } from './verdict.ts';

/** Methods that change nothing (RFC 9110 9.2.1). */
const READS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

export interface JudgeRecordedOptions {
  readonly description: Description;
  readonly recording: Recording;
  /** Names of things that existed all the time. */
  readonly names?: readonly string[];
  /** The base path in the recorded traffic, in place of those of the description. */
  readonly base?: string;
  /** Severities in place of those of the rules, by the rule's id; `off` leaves one out. */
  readonly severities?: Severities;
}

/**
 * Judges traffic that already happened. Sends nothing.
 * @throws KitError USAGE for a rule that there is not
 */
export function judgeRecorded(options: JudgeRecordedOptions): Report {
  const { description, recording, names = [], base, severities = {} } = options;
  const start = performance.now();
  const rules = chosenRules(severities);
  const basePaths = base === undefined ? description.basePaths : [toBasePath(base)];
  const calls = callsIn(recording.exchanges, description, basePaths);
  const evidence = { kind: 'recorded', description, calls, existing: names, invented: [] } as const;
  const reason = calls.length === 0 ? nothingJudged(description, basePaths) : nobodyLetIn(calls);
  const conclusion = reason
    ? concludeNothing(reason)
    : conclude(judge(evidence, rules), (request) => curlOf(request, []));
  return {
    ...conclusion,
    coverage: coverageOf(description, calls),
    target: recording.source,
    description: sourcesOf(description),
    notes: passedOver(recording, calls.length),
    requests: calls.length,
    durationMs: performance.now() - start,
  };
}

/** The exchanges with an answer that call an operation. */
function callsIn(
  exchanges: readonly Exchange[],
  description: Description,
  basePaths: readonly string[],
): readonly Call[] {
  const route = createRouter(description, basePaths);
  const contents = new Contents();
  let epoch = 0;
  return exchanges.flatMap((exchange) => {
    const { method, target } = exchange.request;
    epoch += READS.includes(method) ? 0 : 1;
    const found = exchange.response && route(method, target);
    return found ? [callOf(exchange, found, epoch, contents)] : [];
  });
}

function passedOver(recording: Recording, judged: number): readonly string[] {
  const answered = recording.exchanges.filter(({ response }) => response).length;
  const others = { reason: 'it calls no operation of the description', count: answered - judged };
  return [...recording.passedOver, others]
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => `${count} passed over: ${reason}`);
}

function nobodyLetIn(calls: readonly Call[]): string | undefined {
  const denied = denialOf(calls);
  return denied === undefined
    ? undefined
    : `Every recorded request was answered ${denied}. Record traffic of somebody who has access.`;
}

function nothingJudged({ operations }: Description, basePaths: readonly string[]): string {
  const paths = operations.map(({ method, path }) => `${method} ${path}`).join(', ');
  const places = basePaths.map((path) => path || '/').join(' or ');
  return `Nothing to judge: no recorded request calls ${paths} below ${places}. Give the path in front of it with --base.`;
}
