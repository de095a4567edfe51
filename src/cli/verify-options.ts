import { type Command, Option } from 'commander';
import {
  addDescriptionOptions,
  assignment,
  type DescriptionArguments,
  headerLine,
  RepeatableOption,
  type RuleSeverity,
  ruleSeverity,
  seconds,
} from './options.ts';
import { addReportOptions, type ReportArguments } from './report-options.ts';

type Pair = readonly [name: string, value: string];

/** The options of `jobs-kit verify`. Times are in seconds. */
export interface VerifyArguments extends DescriptionArguments, ReportArguments {
  readonly companions?: boolean;
  readonly dialect?: string;
  readonly metalake?: readonly string[];
  readonly base?: string;
  readonly har?: string;
  readonly exchanges?: string;
  readonly header?: readonly Pair[];
  readonly param?: readonly Pair[];
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly wait: number;
  readonly timeout: number;
  readonly budget: number;
  readonly seed?: string;
  readonly smoke?: boolean;
  readonly unsafeMethods?: boolean;
  readonly setUp?: boolean;
  readonly rule?: readonly (readonly [rule: string, severity: RuleSeverity])[];
  readonly waivers?: string;
}

/** Adds the options of `jobs-kit verify`, in groups. */
export function addVerifyOptions(command: Command): void {
  addSubjectOptions(command.optionsGroup('What is judged:'));
  addDescriptionOptions(command);
  addRequestOptions(command.optionsGroup('How a server is asked:'));
  addJudgingOptions(command.optionsGroup('How it is judged:'));
  addReportOptions(command.optionsGroup('Reports:'));
}

function addSubjectOptions(command: Command): void {
  command
    .addOption(new RepeatableOption('--metalake <name>', 'a metalake that exists there', String))
    .option('--companions', 'judge the operations around the endpoint, too')
    .option('--dialect <name>', 'judge by how the server of a release does it; auto asks for its version')
    .option('--base <path>', 'the path of the API on the server, such as /api')
    .option('--har <file>', 'judge the traffic in a HAR file instead of a server')
    .option('--exchanges <file>', 'judge the traffic in a file of JSON lines instead of a server');
}

/** On the command line they contradict recorded traffic; elsewhere they are meant for the runs that ask a server. */
function addRequestOptions(command: Command): void {
  const options = [
    new RepeatableOption('--header <line>', "send this header, as 'Name: value'", headerLine, ': '),
    new RepeatableOption('--param <name=value>', 'send this value for a parameter', assignment, '='),
    new Option('--ca <file>', 'trust the certificates in this PEM file alone'),
    new Option('--insecure', 'accept any certificate of the server'),
    new Option('--wait <seconds>', 'how long the server may take to start').argParser(seconds(0)).default(0),
    new Option('--timeout <seconds>', 'how long an answer may take').argParser(seconds(0.1)).default(10),
    new Option('--budget <seconds>', 'how long the run may take').argParser(seconds(1)).default(60),
    new Option('--seed <text>', 'what made-up names are made of; the same seed makes the same'),
    new Option('--smoke', 'send only the most telling requests'),
    new Option('--set-up', 'make things there, judge by them, too, and remove them; with --companions'),
    new Option('--unsafe-methods', 'also try methods that change things, on an absent name'),
  ];
  for (const option of options) {
    command.addOption(option.conflicts(['har', 'exchanges']));
  }
}

function addJudgingOptions(command: Command): void {
  command
    .addOption(
      new RepeatableOption('--rule <id=severity>', 'take a rule as error, warning or off', ruleSeverity, '='),
    )
    .option('--waivers <file>', 'known findings that do not fail the run')
    .option('--strict', 'let warnings fail the run');
}
