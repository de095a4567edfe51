import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Location } from '../errors.ts';
import { packageFile } from '../package-files.ts';
import { isDateTime } from '../schema/date-time.ts';

/** Parsers of option values for commander, which names the option and the value in front of what they throw. */

/** A whole number of at least `least` and at most `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`Give a whole number ${range}.`);
    }
    return value;
  };
}

/** Seconds: a number of at least `least`, fractions allowed, at most a day. */
export function seconds(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= 86_400)) {
      throw new InvalidArgumentError(`Give a number of seconds from ${least} to 86400.`);
    }
    return value;
  };
}

/** A factor above 0, at most a million. */
export function factor(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value <= 1_000_000)) {
    throw new InvalidArgumentError('Give a number above 0, at most 1000000.');
  }
  return value;
}

/** A point in time, as RFC 3339 writes it. */
export function instant(text: string): Date {
  if (!isDateTime(text)) {
    throw new InvalidArgumentError('Give a time such as 2026-01-31T12:00:00Z.');
  }
  return new Date(text);
}

/** An absolute http or https URL. */
export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new InvalidArgumentError('Give a URL such as http://localhost:8090.');
  }
  return text;
}

/** An origin as browsers send it (RFC 6454): scheme, host and port alone, or `*`. */
export function origin(text: string): string {
  if (text === '*' || text === 'null' || (URL.canParse(text) && new URL(text).origin === text)) {
    return text;
  }
  throw new InvalidArgumentError('Give an origin such as http://app.example:3000, without a path, or *.');
}

/** A header line `Name: value` (RFC 9110 5). */
export function headerLine(text: string): readonly [name: string, value: string] {
  const match = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/.exec(text);
  if (!match) {
    throw new InvalidArgumentError("Give it as 'Name: value'.");
  }
  return [match[1] ?? '', match[2] ?? ''];
}

/** `name=value`. */
export function assignment(text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Give it as name=value.');
  }
  return [name, value];
}

/** What a rule may be taken as. */
export type RuleSeverity = 'error' | 'warning' | 'off';

/** `id=error`, `id=warning` or `id=off`; whether the rule exists is for the judge to say. */
export function ruleSeverity(text: string): readonly [rule: string, severity: RuleSeverity] {
  const [, rule, severity] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (rule === undefined || (severity !== 'error' && severity !== 'warning' && severity !== 'off')) {
    throw new InvalidArgumentError('Give it as id=error, id=warning or id=off.');
  }
  return [rule, severity];
}

/** An option that may be given several times; each value is parsed on its own. */
export class RepeatableOption<Value> extends Option {
  /** What stands between name and value where a value is a pair of them; undefined where it is none. */
  readonly joint: string | undefined;

  constructor(flags: string, words: string, parse: (text: string) => Value, joint?: string) {
    super(flags, `${words} (repeatable)`);
    this.joint = joint;
    this.argParser((text, before: readonly Value[] = []) => [...before, parse(text)]);
  }
}

/** What the environment or a config file says of one option. */
export interface Setting {
  readonly option: Option;
  /** One for each time that the command line would give the option. */
  readonly values: readonly SettingValue[];
}

export interface SettingValue {
  /** As on the command line. Messages do not show it: it may be a secret. */
  readonly text: string;
  /** What messages call it. */
  readonly name: string;
  /** Undefined in the environment. */
  readonly where: Location | undefined;
}

/** The options that say which description a command goes by. */
export interface DescriptionArguments {
  readonly description: string;
  readonly overlay?: readonly string[];
}

export function overlayOption(): Option {
  return new RepeatableOption('--overlay <file|url>', 'an OpenAPI overlay on it, in order', String);
}

/** Adds `--description` and `--overlay` to a command. */
export function addDescriptionOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--description <file|url>', 'the OpenAPI description').default(
        packageFile('spec/openapi.yaml'),
        'the shipped one',
      ),
    )
    .addOption(overlayOption());
}
