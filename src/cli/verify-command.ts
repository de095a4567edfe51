import type { Command } from 'commander';
import type { Recording } from '../contract/recorded/recording.ts';
import type { Report } from '../contract/verdict.ts';
import type { Description } from '../description/model.ts';
import { KitError } from '../errors.ts';
import { EXIT, type Surroundings } from './io.ts';
import { httpUrl } from './options.ts';
import { createProgressLine } from './progress.ts';
import { writeReports } from './report-options.ts';
import { addVerifyOptions, type VerifyArguments } from './verify-options.ts';

const EXAMPLES = `
Examples:
  jobs-kit verify http://localhost:8090                    a server without data, or the mock
  jobs-kit verify http://localhost:8090 --metalake sales   a server whose metalake "sales" exists
  jobs-kit verify --har recorded.har                       traffic that a browser or proxy saved; sends nothing
  jobs-kit verify URL --header 'Authorization: Basic …' --json report.json --junit report.xml

Exit codes:
  0    conforms; what could not be tested is listed
  1    breaks its description (with --strict, a warning counts too)
  2    wrong arguments, description or file
  3    no verdict: nothing listens, no data, or no access
  130  interrupted; what was known by then is reported
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
    .addHelpText('after', EXAMPLES)
    .action(async (url: string | undefined, options: VerifyArguments) => {
      refuseContradictions(url, options);
      finish(await judge(url, options, surroundings));
    });
  addVerifyOptions(command);
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
  surroundings: Surroundings,
): Promise<number> {
  const { out, colour, annotate, stop } = surroundings;
  const { exitCode } = await import('../contract/run.ts');
  const { formatReport } = await import('../report/console.ts');
  const { effectiveDescription } = await import('./effective-description.ts');
  const recording = await readTraffic(options);
  const subject = { url, exchanges: recording.exchanges, signal: stop };
  const { description, remarks } = await effectiveDescription(subject, options);
  const { applyWaivers, readWaivers } = await import('../contract/waivers.ts');
  const waivers = options.waivers === undefined ? [] : await readWaivers(options.waivers, description);
  const judged =
    url === undefined
      ? await judgeTraffic(recording, options, description)
      : await judgeServer(url, options, description, surroundings);
  const report = applyWaivers({ ...judged, notes: [...judged.notes, ...remarks] }, waivers, new Date());
  out(formatReport(report, { colour, strict: options.strict ?? false }));
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
  surroundings: Surroundings,
): Promise<Report> {
  const { verify } = await import('../contract/run.ts');
  const { parseAddress } = await import('../contract/target.ts');
  const { redactReport } = await import('../report/redact.ts');
  const { readCertificates } = await import('./certificates.ts');
  const { metalake: names = [], header: headers = [] } = options;
  const ca = options.ca === undefined ? undefined : await readCertificates(options.ca);
  const progress = createProgressLine(surroundings);
  progress.show({ requests: 0, purpose: 'waiting for the first answer' });
  const running = verify({
    description,
    url,
    names,
    headers,
    waitSeconds: options.wait,
    timeoutSeconds: options.timeout,
    budgetSeconds: options.budget,
    params: Object.fromEntries(options.param ?? []),
    severities: Object.fromEntries(options.rule ?? []),
    smoke: options.smoke ?? false,
    unsafeMethods: options.unsafeMethods ?? false,
    setUp: options.setUp ?? false,
    insecure: options.insecure ?? false,
    signal: surroundings.stop,
    onProgress: progress.show,
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.base !== undefined && { base: options.base }),
    ...(ca !== undefined && { ca }),
  });
  const report = await running.finally(progress.erase);
  return redactReport(report, [...headers, ...parseAddress(url).headers]);
}

/** The recorded traffic that is to be judged; none where it is a server. */
async function readTraffic({ har, exchanges }: VerifyArguments): Promise<Recording> {
  const { readHar } = await import('../contract/recorded/har.ts');
  const { readExchanges } = await import('../contract/recorded/json-lines.ts');
  if (har !== undefined) {
    return await readHar(har);
  }
  return exchanges === undefined
    ? { source: '', exchanges: [], passedOver: [] }
    : await readExchanges(exchanges);
}

async function judgeTraffic(
  recording: Recording,
  { metalake: names = [], rule = [], base }: VerifyArguments,
  description: Description,
): Promise<Report> {
  const { judgeRecorded } = await import('../contract/run.ts');
  const { credentialsAmong, redactReport } = await import('../report/redact.ts');
  const severities = Object.fromEntries(rule);
  const report = judgeRecorded({
    description,
    recording,
    names,
    severities,
    ...(base !== undefined && { base }),
  });
  const secrets = recording.exchanges.flatMap(({ request }) => credentialsAmong(request.headers));
  return redactReport(report, secrets);
}
