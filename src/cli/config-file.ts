import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Command, Option } from 'commander';
import type { SourceDocument } from '../documents/document.ts';
import { appendToken } from '../documents/pointer.ts';
import { KitError, type Problem } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { isFixturePath } from '../world/scenarios.ts';
import { RepeatableOption, type Setting, type SettingValue } from './options.ts';

/** Read from the working directory where no other is named. */
const DEFAULT_FILE = 'jobs-kit.config.yaml';

/** The option that names a config file cannot stand in it. */
const OUTSIDE = 'config';

/** A mapping of the names of options to their values, and the commands that it is for. */
interface Scope {
  readonly pointer: string;
  readonly members: JsonObject;
  readonly commands: readonly Command[];
  /** The names that mean something in it. */
  readonly known: readonly string[];
}

/** A config file, and the folder that the paths in it start from. */
interface ConfigFile {
  readonly document: SourceDocument;
  readonly folder: string;
}

/**
 * The options of a command that a config file gives: those at its top, then those below the name of the command, which
 * are stronger.
 * @throws KitError DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX; USAGE with every unknown name, and for values of another form
 */
export async function settingsInFile(command: Command): Promise<readonly Setting[]> {
  const named: string | undefined = command.getOptionValue(OUTSIDE);
  const path = named ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined);
  if (path === undefined) {
    return [];
  }
  const { readDocument } = await import('../documents/read.ts');
  const file = { document: await readDocument(path), folder: dirname(path) };
  const scopes = scopesIn(file, command.parent?.commands ?? [command]);
  refuseUnknown(scopes, file);
  return scopes
    .filter(({ commands }) => commands.includes(command))
    .flatMap((scope) => settingsIn(scope, command, file));
}

function scopesIn(file: ConfigFile, commands: readonly Command[]): readonly Scope[] {
  const whole = mappingAt('', file.document.value, file);
  const names = commands.map((command) => command.name());
  const top = Object.entries(whole).filter(([name]) => !names.includes(name));
  return [
    {
      pointer: '',
      members: Object.fromEntries(top),
      commands,
      known: [...names, ...commands.flatMap(optionNames)],
    },
    ...commands.map((command) => {
      const pointer = appendToken('', command.name());
      const members = mappingAt(pointer, whole[command.name()] ?? null, file);
      return { pointer, members, commands: [command], known: optionNames(command) };
    }),
  ];
}

/** What is left empty has no members. */
function mappingAt(pointer: string, value: Json, file: ConfigFile): JsonObject {
  if (value !== null && !isObject(value)) {
    throw mistake(pointer, 'is no mapping', 'Write "option: value" lines there.', file);
  }
  return value ?? {};
}

function optionNames({ options }: Command): readonly string[] {
  return options.map((option) => option.name()).filter((name) => name !== OUTSIDE);
}

function refuseUnknown(scopes: readonly Scope[], file: ConfigFile): void {
  const problems = scopes.flatMap(({ pointer, members, known }) =>
    Object.keys(members)
      .filter((name) => !known.includes(name))
      .map((name) => problem(appendToken(pointer, name), 'is no option', didYouMean(name, known), file)),
  );
  if (problems.length > 0) {
    throw new KitError(problems);
  }
}

function settingsIn({ pointer, members }: Scope, command: Command, file: ConfigFile): readonly Setting[] {
  return command.options.flatMap((option) => {
    const value = members[option.name()];
    return value === undefined
      ? []
      : [{ option, values: valuesOf(option, value, appendToken(pointer, option.name()), file) }];
  });
}

/** A repeatable option may have a list; one whose values are pairs, a mapping as well. */
function valuesOf(option: Option, value: Json, pointer: string, file: ConfigFile): readonly SettingValue[] {
  if (!(option instanceof RepeatableOption)) {
    return [valueAt(option, value, pointer, file)];
  }
  const { joint } = option;
  if (isObject(value) && joint !== undefined) {
    return Object.entries(value).map(([name, each]) => {
      const { text, ...rest } = valueAt(option, each, appendToken(pointer, name), file);
      return { ...rest, text: `${name}${joint}${text}` };
    });
  }
  return isArray(value)
    ? value.map((each, index) => valueAt(option, each, appendToken(pointer, index), file))
    : [valueAt(option, value, pointer, file)];
}

function valueAt(option: Option, value: Json, pointer: string, file: ConfigFile): SettingValue {
  if (value === null || typeof value === 'object') {
    const what = value === null ? 'has no value' : 'is no single value';
    throw mistake(pointer, what, 'docs/configuration.md shows how options are written.', file);
  }
  const text = placed(option, String(value), file);
  return { text, name: pointer, where: file.document.locate(pointer) };
}

/** A path starts from the folder of the config file. What may be something else than a path says so by its form. */
function placed({ flags }: Option, text: string, { folder }: ConfigFile): string {
  const isPath =
    flags.endsWith('<file>') ||
    (flags.endsWith('<file|url>') && !/^\w+:\/\//.test(text)) ||
    (flags.endsWith('<name|file>') && isFixturePath(text));
  return isPath && !isAbsolute(text) ? join(folder, text) : text;
}

function mistake(pointer: string, what: string, advice: string, file: ConfigFile): KitError {
  return new KitError([problem(pointer, what, advice, file)]);
}

function problem(pointer: string, what: string, advice: string, { document }: ConfigFile): Problem {
  const facts = { reason: `${pointer || 'the file'} ${what}`, advice };
  return { code: 'USAGE', facts, where: document.locate(pointer) };
}
