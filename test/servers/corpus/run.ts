import type { Report } from '../../../src/contract/verdict.ts';
import { type VerifyOptions, verify } from '../../../src/contract/verify.ts';
import { loadDescription } from '../../../src/description/load.ts';
import type { Description } from '../../../src/description/model.ts';
import { packageFile } from '../../../src/package-files.ts';
import type { Case, Convicts, Family } from './case.ts';
import { startCase } from './server.ts';

/** What our judge says of a case. */
export interface Outcome {
  readonly id: string;
  readonly sentence: string;
  readonly family: Family;
  readonly expected: Convicts;
  /** `crash`: the judge threw, or the case itself; `hang`: it did not end in time. */
  readonly verdict: Report['verdict'] | 'crash' | 'hang';
  readonly errors: number;
  readonly warnings: number;
  /** The rules that have findings, each once. */
  readonly checks: readonly string[];
  /** `severity check: message [pointer] (count) curl` of each finding, or what went wrong. */
  readonly findings: readonly string[];
  readonly requests: number;
  readonly seconds: number;
}

/** Seconds after which a run sends no more requests, and those after which it has hung. */
const BUDGET = 14;
const BOUND = 20;
/** Seconds that one answer may take where nothing in a case is slow on purpose: hangs are noticed sooner. */
const HASTE = 2;

/** How a case is judged, where not by the description that the package ships and the severities of the rules. */
type Trial = Partial<Pick<VerifyOptions, 'description' | 'severities'>>;

let shipped: Promise<Description> | undefined;

/** Starts a case and has it judged. */
export async function runCase(tested: Case, seed: string, trial: Trial = {}): Promise<Outcome> {
  shipped ??= loadDescription(packageFile('spec/openapi.yaml'));
  const server = await startCase(tested, seed);
  const { id, sentence, family, convicts: expected } = tested;
  const start = performance.now();
  const facts = () => ({ id, sentence, family, expected, seconds: (performance.now() - start) / 1000 });
  const timer = new AbortController();
  try {
    const report = await Promise.race([
      verify({
        description: trial.description ?? (await shipped),
        url: server.url,
        names: server.names,
        seed,
        severities: trial.severities ?? {},
        budgetSeconds: BUDGET,
        unsafeMethods: tested.unsafe === true,
        ...(tested.slow ? {} : { timeoutSeconds: HASTE }),
      }),
      bound(timer.signal),
    ]);
    const failure = server.failure();
    if (failure !== undefined) {
      throw failure;
    }
    return report
      ? { ...facts(), ...summaryOf(report) }
      : { ...facts(), ...failed('hang', `no verdict within ${BOUND} s`, server.requests()) };
  } catch (error) {
    return {
      ...facts(),
      ...failed('crash', error instanceof Error ? (error.stack ?? '') : String(error), server.requests()),
    };
  } finally {
    timer.abort();
    await server.close();
  }
}

/** Whether the judge said what it should: error for a fault, at least a warning for what is suspicious, else no error. */
export function isRight({ expected, verdict, warnings }: Outcome): boolean {
  if (expected === 'none') {
    return verdict === 'conforms';
  }
  return verdict === 'violates' || (expected === 'suspicious' && warnings > 0);
}

type Summary = Pick<Outcome, 'verdict' | 'errors' | 'warnings' | 'checks' | 'findings' | 'requests'>;

function summaryOf({ verdict, findings, requests, reason }: Report): Summary {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const lines = findings.map(
    ({ severity, check, message, pointer = '', count: times, curl }) =>
      `${severity} ${check}: ${message.slice(0, 400)} [${pointer}] (${times}) ${curl.slice(0, 300)}`,
  );
  return {
    verdict,
    errors: count('error'),
    warnings: count('warning'),
    checks: [...new Set(findings.map(({ check }) => check))],
    findings: reason === undefined ? lines : [...lines, `no verdict: ${reason}`],
    requests,
  };
}

function failed(verdict: 'crash' | 'hang', detail: string, requests: number): Summary {
  return { verdict, errors: 0, warnings: 0, checks: [], findings: [detail], requests };
}

function bound(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, BOUND * 1000, undefined);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
