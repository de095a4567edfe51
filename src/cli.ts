import { Command, CommanderError } from 'commander';
import { addAuditCommand } from './cli/audit-command.ts';
import { EXIT, type Surroundings } from './cli/io.ts';
import { addMockCommand } from './cli/mock-command.ts';
import { addSettings } from './cli/settings.ts';
import { addVerifyCommand } from './cli/verify-command.ts';
import { describeProblem, KitError } from './errors.ts';
import { packageVersion } from './package-files.ts';

/**
 * Runs one command.
 * @param argv the arguments after the program's name
 * @returns the exit code
 */
export async function runCommand(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT.conforms;
  const program = makeProgram(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, surroundings);
  }
}

/** Taken for the width of a terminal that does not tell it. */
const USUAL_COLUMNS = 80;

/** Runs the command that the process was started with, and ends it with the exit code. */
export async function runAsProcess(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort());
  }
  // A reader that went away (`| head`) is no fault of ours.
  process.stdout.on('error', () => process.exit(EXIT.conforms));
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    errColumns: process.stderr.isTTY === true ? process.stderr.columns || USUAL_COLUMNS : undefined,
    annotate: process.env['GITHUB_ACTIONS'] === 'true',
    env: process.env,
    stop: stop.signal,
  });
}

function makeProgram(surroundings: Surroundings, finish: (exitCode: number) => void): Command {
  const program = new Command('jobs-kit')
    .description(
      "A mock of Apache Gravitino's jobs API and a contract test for real servers, from one description.",
    )
    .version(packageVersion())
    .exitOverride()
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureOutput({
      writeOut: surroundings.out,
      writeErr: surroundings.err,
      // The value of a header may be a secret, even where it was given wrongly.
      outputError: (text, write) => write(text.replace(/(?<='--header <line>' argument) '.*'(?= is)/s, '')),
    });
  addMockCommand(program, surroundings);
  addVerifyCommand(program, surroundings, finish);
  addAuditCommand(program, surroundings, finish);
  for (const command of program.commands) {
    addSettings(command, surroundings);
  }
  return program;
}

function report(error: unknown, { err }: Surroundings): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.conforms : EXIT.usage;
  }
  if (error instanceof KitError) {
    err(error.problems.map((problem) => `jobs-kit: ${describeProblem(problem)}\n`).join(''));
    return EXIT.usage;
  }
  const reason = error instanceof Error ? error.message : String(error);
  err(
    `jobs-kit: this is a mistake of jobs-kit itself: ${reason}. Please report it with the command that you ran.\n`,
  );
  return EXIT.usage;
}
