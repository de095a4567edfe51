import type { Audit, JobTemplate, ShellTemplate, SparkTemplate, World } from '../model.ts';

/**
 * A world that can be changed: metalakes, job templates and jobs that live on a clock. It knows nothing of HTTP.
 *
 * Every operation is done at once and either gives a value or refuses; it never throws for what a request asks.
 * Records and lists are never changed once they were given: a change makes new ones. A list of jobs is the same object
 * as long as no job of the metalake has changed.
 */
export interface State {
  /**
   * The metalakes that have a name of their own: those that the world lists and those that were made or changed here,
   * in that order. The names that only an open world lets exist are not among them.
   */
  listMetalakes(): readonly MetalakeRecord[];
  /** In an open world a name that was never written to is free: the new metalake takes its place, empty. */
  createMetalake(asked: MetalakeRequest, call: Call): Outcome<MetalakeRecord>;
  getMetalake(metalake: string, call: Call): Outcome<MetalakeRecord>;
  /** The updates are made in order, all or none; without any, the time of modification changes all the same. */
  alterMetalake(metalake: string, updates: readonly MetalakeUpdate[], call: Call): Outcome<MetalakeRecord>;
  setInUse(metalake: string, inUse: boolean, call: Call): Outcome<MetalakeRecord>;
  /** The value is false where there was nothing to drop, and no refusal forbids that. */
  dropMetalake(metalake: string, force: boolean, call: Call): Outcome<boolean>;

  /** The templates of a metalake, sorted by name. */
  listTemplates(metalake: string, call: Call): Outcome<readonly TemplateRecord[]>;
  registerTemplate(metalake: string, asked: TemplateRequest, call: Call): Outcome<TemplateRecord>;
  getTemplate(metalake: string, template: string, call: Call): Outcome<TemplateRecord>;
  /** The updates are made in order, all or none. A new name is the new name of the template's jobs, too. */
  alterTemplate(
    metalake: string,
    template: string,
    updates: readonly TemplateUpdate[],
    call: Call,
  ): Outcome<TemplateRecord>;
  /**
   * Takes the template and its jobs off the lists; `getJob` still gives those jobs. The value is false where there was
   * nothing to delete, and no refusal forbids that.
   */
  deleteTemplate(metalake: string, template: string, call: Call): Outcome<boolean>;

  /** All jobs, or those of one template: the fixture's in its order, then those that were run here, the oldest first. */
  listJobs(metalake: string, template: string | undefined, call: Call): Outcome<readonly JobRecord[]>;
  runJob(metalake: string, asked: RunRequest, call: Call): Outcome<JobRecord>;
  getJob(metalake: string, job: string, call: Call): Outcome<JobRecord>;
  /** A job that has ended or is being cancelled stays as it is. */
  cancelJob(metalake: string, job: string, call: Call): Outcome<JobRecord>;

  /** As long as this is the same text, every read answers the same. It takes the time that has passed into account. */
  revision(): string;

  /**
   * Resolves when every change so far would survive a crash; at once where the state has no file. To be awaited before
   * anything that a change has made visible is answered.
   * @throws KitError FILE_UNWRITABLE, STATE_INVALID where another program has changed the file; the change is
   * there, but only in memory.
   */
  saved(): Promise<void>;

  /** Forgets every change, also in the file. From now on it is the given world's state, or again that of its own. */
  reset(world?: World): void;
}

/** Who calls, and what the operation may refuse. */
export interface Call {
  /**
   * The names of the refusals that the operation knows; those that do not concern the state are passed over. A refusal
   * that is not listed does not happen, unless nothing could be done instead (`Inevitable`). They are checked in the
   * server's order: the metalake, whether it is in use, the template or job, what is asked of it.
   */
  readonly refuses: readonly string[];
  /** Who creates or modifies; `anonymous` where absent. */
  readonly by?: string;
}

/** A value, or a refusal. `outcome.refusal === undefined` tells them apart. */
export type Outcome<Value> = Done<Value> | Refusal;

export interface Done<Value> {
  readonly refusal?: undefined;
  readonly value: Value;
}

/** Why an operation was not done, and what its words need. */
export interface Refusal {
  readonly refusal: RefusalName;
  /**
   * `metalake`, `template` and `job` as the caller gave them, as far as the operation has them; `name` is the
   * name that is taken, `type` the kind of template that was expected, `file` the file that is missing.
   */
  readonly facts: Readonly<Record<string, string>>;
}

/** Refusals that happen even if the caller does not list them: nothing could be done instead. */
export type Inevitable =
  /** A change or a look at a metalake that does not exist; not for dropping it. */
  | 'absent-metalake'
  /** The same with a template; not for deleting it. `runJob` needs one, too. */
  | 'absent-template'
  | 'absent-job'
  | 'metalake-exists'
  | 'template-exists'
  /** An update for shell templates on a Spark template, or the other way round. */
  | 'wrong-template-type';

/** Every refusal of the state. */
export type RefusalName =
  | Inevitable
  /** Anything within a metalake that is disabled, and altering it. */
  | 'disabled-metalake'
  /** Dropping, without force, a metalake that is in use. */
  | 'metalake-in-use'
  /** Deleting a template of which a job is queued, started or cancelling. */
  | 'template-in-use'
  /** Listing the jobs of the template `''`. Without this refusal that lists all jobs. */
  | 'empty-filter'
  /** Listing the jobs of a template that does not exist. Without this refusal there are none. */
  | 'unknown-filter'
  /** Running an executable that a rule of the fixture calls missing. Without this refusal the job fails. */
  | 'missing-file'
  /** The same for an executable with a URL (http, https, ftp), and for files that no server can fetch. */
  | 'unreachable-file'
  /** Running a template one of whose scripts has the file name of its executable. */
  | 'clashing-files';

export interface MetalakeRequest {
  readonly name: string;
  readonly comment?: string | null;
  readonly properties?: Readonly<Record<string, string>> | null;
}

export interface MetalakeRecord {
  readonly name: string;
  readonly comment?: string;
  /** Absent where it was created without any and never altered. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly inUse: boolean;
  readonly audit: Audit;
}

/** As the body of the request writes it. */
export type MetalakeUpdate =
  | { readonly '@type': 'rename'; readonly newName: string }
  | { readonly '@type': 'updateComment'; readonly newComment?: string | null }
  | { readonly '@type': 'setProperty'; readonly property: string; readonly value: string }
  | { readonly '@type': 'removeProperty'; readonly property: string };

/** A template as a request or a fixture writes it: what is absent or null becomes empty. */
export type TemplateRequest = JobTemplate;

/** A template with all its properties, in the order in which the server writes them. */
export type TemplateRecord = ShellRecord | SparkRecord;

interface TemplateCommon {
  readonly name: string;
  readonly comment?: string;
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly environments: Readonly<Record<string, string>>;
  readonly customFields: Readonly<Record<string, string>>;
  readonly audit: Audit;
}

export interface ShellRecord extends TemplateCommon {
  readonly jobType: ShellTemplate['jobType'];
  readonly scripts: readonly string[];
}

export interface SparkRecord extends TemplateCommon {
  readonly jobType: SparkTemplate['jobType'];
  readonly className?: string;
  readonly jars: readonly string[];
  readonly files: readonly string[];
  readonly archives: readonly string[];
  readonly configs: Readonly<Record<string, string>>;
}

/** As the body of the request writes it. */
export type TemplateUpdate =
  | { readonly '@type': 'rename'; readonly newName: string }
  | { readonly '@type': 'updateComment'; readonly newComment?: string | null }
  | { readonly '@type': 'updateTemplate'; readonly newTemplate: TemplateContent };

/** New values of a template's properties. What is absent or null stays. */
export type TemplateContent = ShellContent | SparkContent;

interface ContentCommon {
  readonly newExecutable?: string | null;
  readonly newArguments?: readonly string[] | null;
  readonly newEnvironments?: Readonly<Record<string, string>> | null;
  readonly newCustomFields?: Readonly<Record<string, string>> | null;
}

export interface ShellContent extends ContentCommon {
  readonly '@type': 'shell';
  readonly newScripts?: readonly string[] | null;
}

export interface SparkContent extends ContentCommon {
  readonly '@type': 'spark';
  readonly newClassName?: string | null;
  readonly newJars?: readonly string[] | null;
  readonly newFiles?: readonly string[] | null;
  readonly newArchives?: readonly string[] | null;
  readonly newConfigs?: Readonly<Record<string, string>> | null;
}

export interface RunRequest {
  readonly jobTemplateName: string;
  readonly jobConf?: Readonly<Record<string, string>> | null;
}

export interface JobRecord {
  readonly jobId: string;
  readonly jobTemplateName: string;
  /**
   * queued, started, succeeded, failed, cancelling or cancelled. Only the last one is spelt in two ways outside: what a
   * fixture calls canceled is cancelled here. Other statuses of a fixture stay as they are.
   */
  readonly status: string;
  readonly audit: Audit;
  /** When the server saw that the job runs; absent before, and for a job that ended unseen. Three fraction digits. */
  readonly startedAt?: string;
  /** When the server saw that the job has ended. Three fraction digits. */
  readonly finishedAt?: string;
}
