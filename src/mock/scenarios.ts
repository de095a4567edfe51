import type { World } from '../world/model.ts';
import { scenarioNames } from '../world/scenarios.ts';
import type { Clock } from '../world/state/clock.ts';
import type { State } from '../world/state/model.ts';
import { createState } from '../world/state/state.ts';
import { watchFixture } from '../world/watch.ts';
import { Answers } from './answers.ts';
import { type RunningFaults, startFaults } from './faults.ts';
import type { Log } from './log.ts';

/** A world that answers, what has become of it, and its faults. */
export interface RunningScenario {
  readonly world: World;
  readonly state: State;
  readonly faults: RunningFaults;
}

interface ScenariosOptions {
  /** Loads and checks the world of a scenario. */
  readonly load: (scenario: string) => Promise<World>;
  readonly clock: Clock;
  /** As a state takes it. */
  readonly digits?: 6 | 9;
  readonly watch: boolean;
  readonly log: Log;
}

/** The world that answers now, and those that requests have asked for by name. Each has a state of its own. */
export class Scenarios {
  readonly #options: ScenariosOptions;
  readonly #shipped = scenarioNames();
  readonly #named = new Map<string, Promise<RunningScenario>>();
  /** The states behind `#named`. */
  #states: readonly State[] = [];
  #scenario: string;
  #current: RunningScenario;
  #answers = new Answers();
  /** What `#answers` belongs to. */
  #revision = '';
  #watcher: { close(): void } | undefined;
  #isClosed = false;
  /** Counts the worlds that were asked for, so that a slow one does not take the place of a later one. */
  #turn = 0;

  /** `world` is that of `scenario`, `state` what has become of it; it goes on with each world that answers. */
  constructor(scenario: string, world: World, state: State, options: ScenariosOptions) {
    this.#options = options;
    this.#scenario = scenario;
    this.#current = start(world, state);
    this.#follow();
  }

  get current(): RunningScenario {
    return this.#current;
  }

  /** The answers that were made since something last changed, be it by a request or with time. */
  get answers(): Answers {
    let revision = this.#current.state.revision();
    for (const state of this.#states) {
      revision += `, ${state.revision()}`;
    }
    if (revision !== this.#revision) {
      this.#revision = revision;
      this.#answers = new Answers();
    }
    return this.#answers;
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
    const loading = this.#named.get(name) ?? this.#start(name);
    this.#named.set(name, loading);
    loading.catch(() => this.#named.delete(name));
    return loading;
  }

  /**
   * Answers from another scenario from now on, as if it had just begun.
   * @throws KitError as `loadWorld` does; then the world stays. FILE_UNWRITABLE, STATE_INVALID of the state's file
   */
  async use(scenario: string): Promise<void> {
    await this.#take(scenario);
    this.#follow();
    await this.#current.state.saved();
  }

  /**
   * Forgets what has changed, in every scenario.
   * @throws KitError FILE_UNWRITABLE, STATE_INVALID of the state's file
   */
  async reset(): Promise<void> {
    this.#named.clear();
    this.#states = [];
    this.#begin(this.#current.world);
    await this.#current.state.saved();
  }

  close(): void {
    this.#isClosed = true;
    this.#watcher?.close();
  }

  async #start(name: string): Promise<RunningScenario> {
    const world = await this.#options.load(name);
    const running = start(world, createState(world, this.#options));
    this.#states = [...this.#states, running.state];
    return running;
  }

  async #take(scenario: string): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const world = await this.#options.load(scenario);
    if (turn === this.#turn) {
      this.#scenario = scenario;
      this.#begin(world);
    }
  }

  #begin(world: World): void {
    const { state } = this.#current;
    state.reset(world);
    this.#current = start(world, state);
    this.#answers = new Answers();
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
      await this.#current.state.saved();
      tell('info', `${source} was saved: its world answers from now on`);
    } catch (error) {
      tell('error', `${source} was saved, but the old world stays`);
      for (const line of error instanceof Error ? error.message.split('\n') : []) {
        tell('error', line);
      }
    }
  }
}

function start(world: World, state: State): RunningScenario {
  return { world, state, faults: startFaults(world.faults) };
}
