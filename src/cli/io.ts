/** The surroundings of a command, so that only `src/cli.ts` touches the console and the process. */
export interface Surroundings {
  /** Writes a text to standard output. */
  readonly out: (text: string) => void;
  /** Writes a text to standard error. */
  readonly err: (text: string) => void;
  /** Whether standard output is a terminal that shows colour. */
  readonly colour: boolean;
  /** How many columns the terminal has that standard error is; undefined where it is none. */
  readonly errColumns: number | undefined;
  /** Whether findings are also written as annotations of GitHub Actions. */
  readonly annotate: boolean;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly stop: AbortSignal;
}

/** The exit codes; the README lists them. */
export const EXIT = { conforms: 0, violates: 1, usage: 2, noVerdict: 3, interrupted: 130 } as const;
