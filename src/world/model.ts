import type { Location } from '../errors.ts';

/** Metalakes and their jobs as one scenario has them, and how the scenario misbehaves. Immutable: a reload makes a new one. */
export interface World {
  /** The scenario's name: the fixture's file name without its ending. */
  readonly name: string;
  /** One sentence for people. */
  readonly summary: string;
  /** The absolute path of the fixture file. */
  readonly source: string;
  /** The metalakes that are listed by name. */
  readonly metalakes: ReadonlyMap<string, Metalake>;
  /** Answers for every name that is neither listed nor in `except`; undefined in a closed world. */
  readonly open: OpenMetalakes | undefined;
  readonly faults: Faults;
}

/** Any metalake but `except` exists and has these jobs. */
interface OpenMetalakes {
  readonly except: readonly string[];
  readonly jobs: JobList;
}

export interface Metalake {
  readonly name: string;
  readonly jobs: JobList;
}

/** Jobs with an index by template, so that a filter costs no scan. */
export interface JobList {
  readonly all: readonly Job[];
  /** The jobs of one template, in list order; empty where none matches exactly. */
  ofTemplate(name: string): readonly Job[];
  /**
   * Where in the fixture a value of a job stands: `index` counts in `all`, `pointer` is a JSON pointer within that job.
   * A job that `volume` made stands where `volume` does.
   */
  where(index: number, pointer: string): Location;
}

/** A job as the API shows it; keys are kept in the order that the fixture writes them. */
export interface Job {
  readonly jobId: string;
  readonly jobTemplateName: string;
  readonly status: string;
  readonly audit: Audit;
}

export interface Audit {
  readonly creator?: string;
  readonly createTime?: string;
  readonly lastModifier?: string;
  readonly lastModifiedTime?: string;
}

/** How a scenario misbehaves, for every operation of the description. */
export interface Faults {
  /** The seconds that each answer is held back. */
  readonly delaySeconds: number;
  /** The status of failing answers (500 to 599), and the share of requests, 0 to 1, that gets one, drawn with `seed`. */
  readonly failure: { readonly status: number; readonly share: number; readonly seed: number } | undefined;
}

/** The metalake that a name stands for in this world, or undefined where it stands for none. */
export function findMetalake(world: World, name: string): Metalake | undefined {
  const listed = world.metalakes.get(name);
  if (listed || !world.open || world.open.except.includes(name)) {
    return listed;
  }
  return { name, jobs: world.open.jobs };
}
