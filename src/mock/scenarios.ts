import type { World } from '../world/model.ts';
import { scenarioNames } from '../world/scenarios.ts';
import { watchFixture } from '../world/watch.ts';
import { Answers } from './answers.ts';
import { type RunningFaults, startFaults } from './faults.ts';
import type { Log } from './log.ts';

/** A world that answers, its faults, and the answers that were made while it was the current one. */
export interface RunningScenario {
  readonly world: World;
  readonly faults: RunningFaults;
  readonly answers: Answers;
}

interface ScenariosOptions {
  /** Loads and checks the world of a scenario. */
  readonly load: (scenario: string) => Promise<World>;
  readonly watch: boolean;
  readonly log: Log;
}

/** The world that answers now, and those that requests have asked for by name. */
export class Scenarios {
  readonly #options: ScenariosOptions;
  readonly #shipped = scenarioNames();
  readonly #named = new Map<string, Promise<RunningScenario>>();
  #scenario: string;
  #current: RunningScenario;
  #watcher: { close(): void } | undefined;
  #isClosed = false;
  /** Counts the worlds that were asked for, so that a slow one does not take the place of a later one. */
  #turn = 0;

  /** `world` is that of `scenario`. */
  constructor(scenario: string, world: World, options: ScenariosOptions) {
    this.#options = options;
    this.#scenario = scenario;
    this.#current = start(world);
    this.#follow();
  }

  get current(): RunningScenario {
    return this.#current;
  }

  /** What a request may ask for: never a path. */
  get names(): readonly string[] {
    const { name } = this.#current.world;
    return this.#shipped.includes(name) ? this.#shipped : [...this.#shipped, name];
  }

  /** A scenario of `names`, loaded once and kept; the current one where none is asked for. */
  named(name: string | undefined): Promise<RunningScenario> | RunningScenario {
    if (name === undefined || name === this.#current.world.name) {
      return this.#current;
    }
    const loading = this.#named.get(name) ?? this.#options.load(name).then(start);
    this.#named.set(name, loading);
    loading.catch(() => this.#named.delete(name));
    return loading;
  }

  /**
   * Answers from another scenario from now on.
   * @throws KitError as `loadWorld` does; then the world stays.
   */
  async use(scenario: string): Promise<void> {
    await this.#take(scenario);
    this.#follow();
  }

  close(): void {
    this.#isClosed = true;
    this.#watcher?.close();
  }

  async #take(scenario: string): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const world = await this.#options.load(scenario);
    if (turn === this.#turn) {
      this.#scenario = scenario;
      this.#current = start(world);
    }
  }

  /** Watches the fixture of the current world, and no other. */
  #follow(): void {
    this.#watcher?.close();
    const { source } = this.#current.world;
    if (this.#options.watch && !this.#isClosed) {
      this.#watcher = watchFixture(source, () => void this.#reload(source));
    }
  }

  async #reload(source: string): Promise<void> {
    const tell = (level: 'info' | 'error', message: string) =>
      this.#options.log({ kind: 'notice', level, message });
    try {
      await this.#take(this.#scenario);
      tell('info', `${source} was saved: its world answers from now on`);
    } catch (error) {
      tell('error', `${source} was saved, but the old world stays`);
      for (const line of error instanceof Error ? error.message.split('\n') : []) {
        tell('error', line);
      }
    }
  }
}

function start(world: World): RunningScenario {
  return { world, faults: startFaults(world.faults), answers: new Answers() };
}
