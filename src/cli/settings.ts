import { type Command, InvalidArgumentError, type Option } from 'commander';
import { KitError } from '../errors.ts';
import { settingsInFile } from './config-file.ts';
import { settingsInEnvironment } from './environment.ts';
import type { Surroundings } from './io.ts';
import type { Setting, SettingValue } from './options.ts';

const HELP =
  'Options may also stand in a config file, or in the environment as JOBS_KIT_NAME: see docs/configuration.md.';

/** Lets a command take its options from a config file and the environment, too. */
export function addSettings(command: Command, surroundings: Surroundings): void {
  command
    .optionsGroup('Options:')
    .option('--config <file>', 'read options from this file (default: jobs-kit.config.yaml, if there is one)')
    .addHelpText('after', HELP)
    .hook('preAction', () => applySettings(command, surroundings));
}

/**
 * Gives the options of a command that its command line leaves out the values of the environment, or else those of the
 * config file. `docs/configuration.md` tells users about it.
 * @throws KitError USAGE for an unknown name and for a value that the option does not take; DOCUMENT_UNREADABLE,
 * DOCUMENT_SYNTAX of the config file
 */
async function applySettings(command: Command, { env }: Surroundings): Promise<void> {
  apply(command, settingsInEnvironment(command, env), 'env');
  apply(command, await settingsInFile(command), 'config');
}

/** A list in place of a list of a weaker source, not behind it. */
function apply(command: Command, settings: readonly Setting[], source: 'env' | 'config'): void {
  for (const { option, values } of settings) {
    const key = option.attributeName();
    const stronger = command.getOptionValueSource(key);
    if (stronger === undefined || stronger === 'default' || stronger === source) {
      const value = values.reduce((before: unknown, each) => parse(option, each, before), undefined);
      command.setOptionValueWithSource(key, value, source);
    }
  }
}

function parse(option: Option, { text, name, where }: SettingValue, before: unknown): unknown {
  try {
    if (option.isBoolean() || option.negate) {
      return truth(text) !== option.negate;
    }
    return option.parseArg?.(text, before) ?? text;
  } catch (error) {
    if (error instanceof InvalidArgumentError) {
      throw KitError.of('USAGE', { reason: `${name} cannot be used`, advice: error.message }, where);
    }
    throw error;
  }
}

function truth(text: string): boolean {
  if (text !== 'true' && text !== 'false') {
    throw new InvalidArgumentError('Give true or false.');
  }
  return text === 'true';
}
