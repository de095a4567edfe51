/**
 * Every error that a user of the kit can meet: one code each, what is wrong, what to do about it.
 * `docs/errors.md` lists them; a test holds the two together.
 */
export const ERRORS = {
  DOCUMENT_UNREADABLE: {
    problem: 'cannot read {source}: {reason}',
    advice: 'Check the path or URL.',
  },
  DOCUMENT_SYNTAX: {
    problem: '{reason}',
    advice: 'Correct the YAML or JSON there.',
  },
  DESCRIPTION_INVALID: {
    problem: '{reason}',
    advice: '{advice}',
  },
  OVERLAY_INVALID: {
    problem: '{reason}',
    advice: '{advice}',
  },
  FIXTURE_INVALID: {
    problem: '{reason}',
    advice: '{advice}',
  },
  STATE_INVALID: {
    problem: '{reason}',
    advice: '{advice}',
  },
  SCENARIO_UNKNOWN: {
    problem: 'no scenario is named "{name}"',
    advice: 'Use one of {known}, or the path of a fixture file.',
  },
  PORT_IN_USE: {
    problem: 'port {port} on {host} is in use',
    advice: 'Stop what listens there, or choose another with --port (0 takes any free one).',
  },
  HOST_UNAVAILABLE: {
    problem: 'cannot listen on {host}:{port}: {reason}',
    advice: 'Give an address of this machine with --host and a free port with --port.',
  },
  USAGE: {
    problem: '{reason}',
    advice: '{advice}',
  },
  TRAFFIC_INVALID: {
    problem: '{reason}',
    advice: '{advice}',
  },
  WAIVERS_INVALID: {
    problem: '{reason}',
    advice: '{advice}',
  },
  FILE_UNWRITABLE: {
    problem: 'cannot write {file}: {reason}',
    advice: 'Check that the folder exists and may be written to.',
  },
} as const;

/** The code of an error: a key of the catalogue. */
export type ErrorCode = keyof typeof ERRORS;

/** Where something stands in a file or at a URL. `line` counts from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** One thing that is wrong: its code, the facts that its words are made of, and where it is. */
export interface Problem {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly where?: Location;
}

/** Thrown for mistakes of the user's input or surroundings; it may carry several at once. Never for faults of the kit. */
export class KitError extends Error {
  override readonly name = 'KitError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }

  /** Makes an error of one problem. */
  static of(code: ErrorCode, facts: Problem['facts'], where?: Location): KitError {
    return new KitError([where ? { code, facts, where } : { code, facts }]);
  }
}

/** One line: `file:line: what is wrong. What to do.` */
export function describeProblem(problem: Problem): string {
  const { problem: what, advice } = ERRORS[problem.code];
  const place = problem.where ? `${describeLocation(problem.where)}: ` : '';
  return `${place}${fill(what, problem.facts)}. ${fill(advice, problem.facts)}`;
}

/** `file:line` */
export function describeLocation({ file, line }: Location): string {
  return `${file}:${line}`;
}

function fill(text: string, facts: Problem['facts']): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? `{${name}}`));
}
