import type { Audit, MetalakeContent, World } from '../model.ts';
import type { StoredMetalake } from './metalake.ts';
import type { MetalakeRecord } from './model.ts';
import { originalMetalake } from './original.ts';

/** The metalakes of a state by name: those of the world, which stay as they are, and copies that were made to change. */
export class Metalakes {
  readonly #world: World;
  /** For what the world does not say. */
  readonly #audit: Audit;
  readonly #originals = new Map<MetalakeContent, StoredMetalake>();
  readonly #own = new Map<string, StoredMetalake>();
  /** Names of the world that were dropped or renamed. */
  readonly #gone = new Set<string>();

  constructor(world: World, audit: Audit) {
    this.#world = world;
    this.#audit = audit;
  }

  /** What a name stands for. It is not to be changed, and its record need not have that name: see `toChange`. */
  find(name: string): StoredMetalake | undefined {
    const { metalakes, open } = this.#world;
    const own = this.#own.get(name);
    if (own || this.#gone.has(name)) {
      return own;
    }
    const content = metalakes.get(name) ?? (open?.except.includes(name) ? undefined : open);
    return content && this.#original(name, content);
  }

  /** Whether the name is taken. That an open world lets it exist takes no name that nobody has written to. */
  has(name: string): boolean {
    return this.#own.has(name) || (this.#world.metalakes.has(name) && !this.#gone.has(name));
  }

  /** The metalake that `find` has found under this name, or a copy of it, to be changed. */
  toChange(name: string, found: StoredMetalake): StoredMetalake {
    const own = this.#own.get(name) ?? found.copy({ ...found.record, name });
    this.#own.set(name, own);
    return own;
  }

  /** Puts a metalake under the name of its record. */
  put(metalake: StoredMetalake): void {
    this.#own.set(metalake.record.name, metalake);
  }

  /** From now on nothing has this name. */
  remove(name: string): void {
    this.#own.delete(name);
    this.#gone.add(name);
  }

  /** The world's metalakes in its order, then the others in the order in which they came. */
  records(): readonly MetalakeRecord[] {
    const names = new Set([...this.#world.metalakes.keys(), ...this.#own.keys()]);
    return [...names].flatMap((name) => this.find(name)?.record ?? []);
  }

  /** The changed ones. */
  own(): Iterable<StoredMetalake> {
    return this.#own.values();
  }

  gone(): Iterable<string> {
    return this.#gone;
  }

  /** One for all the names of an open world, so that reading costs nothing. */
  #original(name: string, content: MetalakeContent): StoredMetalake {
    const original = this.#originals.get(content) ?? originalMetalake(name, content, this.#audit);
    this.#originals.set(content, original);
    return original;
  }
}
