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
  /** What becomes of jobs that are run. */
  readonly runs?: Runs;
  /** Draws whatever is drawn for this world; 1 where absent. */
  readonly seed?: number;
}

/** Any metalake but `except` exists and is like this. */
export interface OpenMetalakes extends MetalakeContent {
  readonly except: readonly string[];
}

export interface Metalake extends MetalakeContent {
  readonly name: string;
}

/** A metalake, but for its name. */
export interface MetalakeContent extends MetalakeDetails {
  readonly jobs: JobList;
}

/** What a fixture may say of a metalake beside its jobs. */
export interface MetalakeDetails {
  readonly comment?: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** False for a disabled metalake; true where absent. */
  readonly inUse?: boolean;
  readonly audit?: Audit;
  /** A template that jobs have but that is not among these exists all the same. */
  readonly templates?: readonly JobTemplate[];
}

/** What a job is made from. What is absent or null is empty. */
export type JobTemplate = ShellTemplate | SparkTemplate;

interface TemplateCommon {
  readonly name: string;
  readonly comment?: string | null;
  /** The path or URL of the program. */
  readonly executable: string;
  readonly arguments?: readonly string[] | null;
  readonly environments?: Readonly<Record<string, string>> | null;
  readonly customFields?: Readonly<Record<string, string>> | null;
  readonly audit?: Audit | null;
}

export interface ShellTemplate extends TemplateCommon {
  readonly jobType: 'shell';
  readonly scripts?: readonly string[] | null;
}

export interface SparkTemplate extends TemplateCommon {
  readonly jobType: 'spark';
  readonly className?: string | null;
  readonly jars?: readonly string[] | null;
  readonly files?: readonly string[] | null;
  readonly archives?: readonly string[] | null;
  readonly configs?: Readonly<Record<string, string>> | null;
}

/** How jobs that are run fare. */
export interface Runs {
  /** Seconds between two looks at the running jobs: only then a status changes. */
  readonly pullSeconds?: number;
  /** How many jobs run at the same time; the others wait. Any number where absent. */
  readonly atOnce?: number;
  /** The first one that matches a run decides. */
  readonly rules?: readonly RunRule[];
}

/** What becomes of the runs that match. What is absent is as with a run that no rule matches. */
export interface RunRule {
  /** Everything named must match; texts may have `*` for any characters. Any run where absent. */
  readonly when?: {
    readonly template?: string;
    readonly jobType?: JobTemplate['jobType'];
    /** The file name of the executable; its whole path where the pattern has a `/`. */
    readonly executable?: string;
    /** Names and values, each of which an entry of the configuration must match. */
    readonly jobConf?: Readonly<Record<string, string>>;
  };
  /** The share of matching runs, 0 to 1, that the rule decides; they are drawn with the seed. All where absent. */
  readonly share?: number;
  readonly outcome?: 'succeeded' | 'failed';
  /** Seconds until the job starts, if it need not wait for others. */
  readonly queuedSeconds?: number;
  readonly runningSeconds?: number;
  /** The executable is not there. */
  readonly missing?: boolean;
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
  return { ...world.open, name };
}
