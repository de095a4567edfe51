import type { Command, Option } from 'commander';
import { KitError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Surroundings } from './io.ts';
import { RepeatableOption, type Setting } from './options.ts';

const PREFIX = 'JOBS_KIT_';

/**
 * The options of a command that environment variables give: `JOBS_KIT_WRITE_WAIVERS` for `--write-waivers`, with a line
 * for each value of a repeatable one. A variable without a value counts for nothing: CI systems make such.
 * @throws KitError USAGE for variables with the prefix that are no option of any command
 */
export function settingsInEnvironment(command: Command, env: Surroundings['env']): readonly Setting[] {
  const commands = command.parent?.commands ?? [command];
  refuseUnknown(
    env,
    commands.flatMap(({ options }) => options.map(variableOf)),
  );
  return command.options.flatMap((option) => {
    const name = variableOf(option);
    const text = env[name] ?? '';
    const lines = option instanceof RepeatableOption ? text.split(/\r?\n/) : [text];
    const values = lines
      .filter((line) => line !== '')
      .map((line) => ({ text: line, name, where: undefined }));
    return values.length > 0 ? [{ option, values }] : [];
  });
}

function variableOf(option: Option): string {
  return `${PREFIX}${option.name().replaceAll('-', '_').toUpperCase()}`;
}

function refuseUnknown(env: Surroundings['env'], known: readonly string[]): void {
  const unknown = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.includes(name));
  if (unknown.length > 0) {
    throw new KitError(
      unknown.map((name) => {
        const reason = `the environment variable ${name} is no option of any command`;
        return { code: 'USAGE', facts: { reason, advice: didYouMean(name, known) } };
      }),
    );
  }
}
