import type { World } from '../model.ts';
import { cancelJob, getJob, listJobs, runJob } from './job-operations.ts';
import { alterMetalake, createMetalake, dropMetalake, getMetalake, setInUse } from './metalake-operations.ts';
import type {
  Call,
  JobRecord,
  MetalakeRecord,
  MetalakeRequest,
  MetalakeUpdate,
  Outcome,
  RunRequest,
  State,
  TemplateRecord,
  TemplateRequest,
  TemplateUpdate,
} from './model.ts';
import { Saver } from './saver.ts';
import { StateFile } from './state-file.ts';
import { type StateOptions, Store } from './store.ts';
import {
  alterTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  registerTemplate,
} from './template-operations.ts';

/** Starts from a world. What changes is kept in memory. */
export function createState(world: World, options: StateOptions): State {
  return new LiveState(world, options);
}

/**
 * Starts from a world and the changes that a file holds, and writes new ones there; the file is made where there is
 * none. A clock that is behind the file's time is moved to it.
 * @throws KitError STATE_INVALID where the file holds something else, which is left as it is; DOCUMENT_UNREADABLE,
 * FILE_UNWRITABLE
 */
export async function openState(
  world: World,
  { file: path, ...options }: StateOptions & { readonly file: string },
): Promise<State> {
  const file = await StateFile.open(path);
  const behind = (file.saved?.now ?? 0) - options.clock.now();
  if (behind > 0) {
    options.clock.advance(behind / 1000);
  }
  const state = new LiveState(world, options, file);
  await state.saved();
  return state;
}

class LiveState implements State {
  readonly #options: StateOptions;
  readonly #saver: Saver | undefined;
  #store: Store;

  constructor(world: World, options: StateOptions, file?: StateFile) {
    this.#options = options;
    this.#store = new Store(world, options, file?.saved);
    this.#saver = file && new Saver(file, () => this.#store);
  }

  listMetalakes(): readonly MetalakeRecord[] {
    return this.#store.metalakes.records();
  }

  createMetalake(asked: MetalakeRequest, call: Call): Outcome<MetalakeRecord> {
    return createMetalake(this.#now(), asked, call);
  }

  getMetalake(metalake: string): Outcome<MetalakeRecord> {
    return getMetalake(this.#now(), metalake);
  }

  alterMetalake(metalake: string, updates: readonly MetalakeUpdate[], call: Call): Outcome<MetalakeRecord> {
    return alterMetalake(this.#now(), metalake, updates, call);
  }

  setInUse(metalake: string, inUse: boolean, call: Call): Outcome<MetalakeRecord> {
    return setInUse(this.#now(), metalake, inUse, call);
  }

  dropMetalake(metalake: string, force: boolean, call: Call): Outcome<boolean> {
    return dropMetalake(this.#now(), metalake, force, call);
  }

  listTemplates(metalake: string, call: Call): Outcome<readonly TemplateRecord[]> {
    return listTemplates(this.#now(), metalake, call);
  }

  registerTemplate(metalake: string, asked: TemplateRequest, call: Call): Outcome<TemplateRecord> {
    return registerTemplate(this.#now(), metalake, asked, call);
  }

  getTemplate(metalake: string, template: string, call: Call): Outcome<TemplateRecord> {
    return getTemplate(this.#now(), metalake, template, call);
  }

  alterTemplate(
    metalake: string,
    template: string,
    updates: readonly TemplateUpdate[],
    call: Call,
  ): Outcome<TemplateRecord> {
    return alterTemplate(this.#now(), metalake, template, updates, call);
  }

  deleteTemplate(metalake: string, template: string, call: Call): Outcome<boolean> {
    return deleteTemplate(this.#now(), metalake, template, call);
  }

  listJobs(metalake: string, template: string | undefined, call: Call): Outcome<readonly JobRecord[]> {
    return listJobs(this.#now(), metalake, template, call);
  }

  runJob(metalake: string, asked: RunRequest, call: Call): Outcome<JobRecord> {
    return runJob(this.#now(), metalake, asked, call);
  }

  getJob(metalake: string, job: string, call: Call): Outcome<JobRecord> {
    return getJob(this.#now(), metalake, job, call);
  }

  cancelJob(metalake: string, job: string, call: Call): Outcome<JobRecord> {
    return cancelJob(this.#now(), metalake, job, call);
  }

  revision(): string {
    return this.#now().revision();
  }

  async saved(): Promise<void> {
    await this.#saver?.reach(this.#store.changes);
  }

  reset(world: World = this.#store.world): void {
    const { changes } = this.#store;
    this.#store = new Store(world, this.#options);
    this.#store.changes = changes + 1;
  }

  /** What the state holds, as it is now. */
  #now(): Store {
    this.#store.tick();
    return this.#store;
  }
}
