import type { Command } from 'commander';
import type { Report } from '../contract/verdict.ts';
import type { Description } from '../description/model.ts';
import { KitError } from '../errors.ts';
import { EXIT, type Surroundings } from './io.ts';
import {
  addDescriptionOptions,
  assignment,
  type DescriptionArguments,
  headerLine,
  httpUrl,
  type RuleSeverity,
  repeatable,
  ruleSeverity,
  seconds,
} from './options.ts';
import { addReportOptions, type ReportArguments, writeReports } from './report-options.ts';

interface VerifyArguments extends DescriptionArguments, ReportArguments {
  readonly metalake?: readonly string[];
  readonly header?: readonly (readonly [name: string, value: string])[];
  readonly wait: number;
  readonly timeout: number;
  readonly base?: string;
  readonly har?: string;
  readonly exchanges?: string;
  readonly waivers?: string;
  readonly param?: readonly (readonly [name: string, value: string])[];
  readonly rule?: readonly (readonly [rule: string, severity: RuleSeverity])[];
  readonly budget: number;
  readonly seed?: string;
  readonly smoke: boolean;
  readonly unsafeMethods: boolean;
}

const EXAMPLES = `
Examples:
  jobs-kit verify http://localhost:8090                    a server without data, or the mock
  jobs-kit verify http://localhost:8090 --metalake sales   a server whose metalake "sales" exists
  jobs-kit verify --har recorded.har                       traffic that a browser or proxy saved; sends nothing
  jobs-kit verify URL --header 'Authorization: Basic …' --json report.json --junit report.xml

Exit codes:
  0  conforms; what could not be tested is listed
  1  breaks its description (with --strict, a warning counts too)
  2  wrong arguments, description or file
  3  no verdict: nothing listens, no data, or no access
`;

/** Adds `jobs-kit verify` to the program; `finish` gets the exit code of the verdict. */
export function addVerifyCommand(
  program: Command,
  surroundings: Surroundings,
  finish: (exitCode: number) => void,
): void {
  const command = program
    .command('verify')
    .description('judge a server, or recorded traffic, by the description')
    .argument('[url]', 'base URL of the server; with a path it is taken as it is', httpUrl)
    .addOption(repeatable('--metalake <name>', 'a metalake that exists there', String))
    .addOption(repeatable('--header <line>', "send this header, as 'Name: value'", headerLine))
    .option('--base <path>', 'the path of the API on the server, such as /api')
    .option('--wait <seconds>', 'how long the server may take to start', seconds(0), 0)
    .option('--timeout <seconds>', 'how long an answer may take', seconds(0.1), 10)
    .option('--har <file>', 'judge the traffic in a HAR file instead of a server')
    .option('--exchanges <file>', 'judge the traffic in a file of JSON lines instead of a server')
    .option('--waivers <file>', 'known findings that do not fail the run')
    .addOption(repeatable('--param <name=value>', 'send this value for a parameter', assignment))
    .addOption(repeatable('--rule <id=severity>', 'take a rule as error, warning or off', ruleSeverity))
    .option('--budget <seconds>', 'how long the run may take', seconds(1), 60)
    .option('--seed <text>', 'what made-up names are made of; the same seed makes the same')
    .option('--smoke', 'send only the most telling requests', false)
    .option('--unsafe-methods', 'also try methods that change things, on a name that is absent', false)
    .addHelpText('after', EXAMPLES)
    .action(async (url: string | undefined, options: VerifyArguments) => {
      refuseContradictions(url, options);
      finish(await judge(url, options, surroundings));
    });
  addReportOptions(command);
  addDescriptionOptions(command);
}

/** A run judges one thing: a server, or one file of recorded traffic. */
function refuseContradictions(url: string | undefined, { har, exchanges }: VerifyArguments): void {
  const given = [url, har && '--har', exchanges && '--exchanges'].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw KitError.of('USAGE', {
      reason: given.length === 0 ? 'there is nothing to judge' : `${given.join(' and ')} exclude each other`,
      advice: 'Give either the URL of a server, or --har FILE, or --exchanges FILE.',
    });
  }
}

async function judge(
  url: string | undefined,
  options: VerifyArguments,
  { out, colour, annotate, stop }: Surroundings,
): Promise<number> {
  const { loadDescription } = await import('../description/load.ts');
  const { exitCode } = await import('../contract/run.ts');
  const { formatReport } = await import('../report/console.ts');
  const description = await loadDescription(options.description, { overlays: options.overlay ?? [] });
  const { applyWaivers, readWaivers } = await import('../contract/waivers.ts');
  const waivers = options.waivers === undefined ? [] : await readWaivers(options.waivers, description);
  const judged =
    url === undefined
      ? await judgeTraffic(options, description)
      : await judgeServer(url, options, description, stop);
  const report = applyWaivers(judged, waivers, new Date());
  out(formatReport(report, { colour, strict: options.strict }));
  if (annotate) {
    const { reportToAnnotations } = await import('../report/annotations.ts');
    out(reportToAnnotations(report));
  }
  await writeReports(report, options);
  return stop.aborted ? EXIT.interrupted : exitCode(report, options);
}

async function judgeServer(
  url: string,
  options: VerifyArguments,
  description: Description,
  signal: AbortSignal,
): Promise<Report> {
  const { verify } = await import('../contract/run.ts');
  const { redactReport } = await import('../report/redact.ts');
  const { metalake: names = [], header: headers = [] } = options;
  const report = await verify({
    description,
    url,
    names,
    headers,
    waitSeconds: options.wait,
    timeoutSeconds: options.timeout,
    budgetSeconds: options.budget,
    params: Object.fromEntries(options.param ?? []),
    severities: Object.fromEntries(options.rule ?? []),
    smoke: options.smoke,
    unsafeMethods: options.unsafeMethods,
    signal,
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.base !== undefined && { base: options.base }),
  });
  return redactReport(report, headers);
}

async function judgeTraffic(options: VerifyArguments, description: Description): Promise<Report> {
  const { judgeRecorded } = await import('../contract/run.ts');
  const { readHar } = await import('../contract/recorded/har.ts');
  const { readExchanges } = await import('../contract/recorded/json-lines.ts');
  const { credentialsAmong, redactReport } = await import('../report/redact.ts');
  const { har, exchanges, metalake: names = [], base } = options;
  const recording = har === undefined ? await readExchanges(exchanges ?? '') : await readHar(har);
  const report = judgeRecorded({ description, recording, names, ...(base !== undefined && { base }) });
  const secrets = recording.exchanges.flatMap(({ request }) => credentialsAmong(request.headers));
  return redactReport(report, secrets);
}
