import { parse, resolve } from 'node:path';
import type { JsonObject } from '../json.ts';
import { type Fixture, type FixtureContent, type FixtureJobs, readFixture } from './fixture.ts';
import { compileJobSchema } from './fixture-schema.ts';
import { jobListOf, type ListSource } from './job-list.ts';
import type { Faults, Metalake, MetalakeContent, World } from './model.ts';
import { fixtureFile } from './scenarios.ts';

export interface WorldOptions {
  /** What a job is, as the description says: `Schema.standard` of one item of the list. */
  readonly jobSchema: JsonObject;
  /**
   * The length of each list that has a `volume`; in a fixture without any, of the open metalakes' list or the first
   * metalake's. Written jobs come first, made ones fill up.
   */
  readonly jobs?: number;
  /** In place of the fixture's seed, for made jobs and failing answers. */
  readonly seed?: number;
  /** The end of the time in which made jobs were created; the present where absent. */
  readonly now?: Date;
}

/** The seed of a fixture that names none. */
const SEED = 1;
/** The status of failing answers where a fixture names none. */
const FAILURE = 500;

/**
 * Makes the world of a scenario: the name of a shipped fixture, or the path of a fixture file.
 * @throws KitError SCENARIO_UNKNOWN, DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX, FIXTURE_INVALID
 */
export async function loadWorld(scenario: string, options: WorldOptions): Promise<World> {
  const file = resolve(fixtureFile(scenario));
  const jobSchema = compileJobSchema(options.jobSchema);
  const { fixture, document } = await readFixture(file, jobSchema);
  const seed = options.seed ?? fixture.seed ?? SEED;
  const source: ListSource = { document, jobSchema, seed, now: options.now ?? new Date() };
  const { open, metalakes } = options.jobs === undefined ? fixture : resized(fixture, options.jobs);
  return {
    name: parse(file).name,
    summary: fixture.summary,
    source: file,
    metalakes: await metalakesOf(metalakes ?? [], source),
    open: open && { except: open.except ?? [], ...(await contentOf(open, '/open', source)) },
    faults: faultsOf(fixture, seed),
    ...(fixture.runs && { runs: fixture.runs }),
    seed,
  };
}

function resized(fixture: Fixture, jobs: number): Pick<Fixture, 'open' | 'metalakes'> {
  const { open, metalakes = [] } = fixture;
  const owners: readonly (FixtureJobs | undefined)[] = [open, ...metalakes];
  const sized = owners.filter((owner) => owner?.volume);
  const chosen = sized.length > 0 ? sized : [open ?? metalakes[0]];
  const resize = <Owner extends FixtureJobs>(owner: Owner): Owner =>
    chosen.includes(owner) ? { ...owner, volume: { ...owner.volume, jobs } } : owner;
  return { ...(open && { open: resize(open) }), metalakes: metalakes.map(resize) };
}

async function metalakesOf(
  listed: NonNullable<Fixture['metalakes']>,
  source: ListSource,
): Promise<ReadonlyMap<string, Metalake>> {
  const metalakes = new Map<string, Metalake>();
  for (const [index, metalake] of listed.entries()) {
    const { name } = metalake;
    metalakes.set(name, { name, ...(await contentOf(metalake, `/metalakes/${index}`, source)) });
  }
  return metalakes;
}

async function contentOf(
  content: FixtureContent,
  pointer: string,
  source: ListSource,
): Promise<MetalakeContent> {
  const { comment, properties, inUse, audit, templates } = content;
  return {
    ...(comment !== undefined && { comment }),
    ...(properties && { properties }),
    ...(inUse !== undefined && { inUse }),
    ...(audit && { audit }),
    ...(templates && { templates }),
    jobs: await jobListOf(content, pointer, source),
  };
}

function faultsOf({ faults }: Fixture, seed: number): Faults {
  const { delaySeconds = 0, failure } = faults ?? {};
  return { delaySeconds, failure: failure && { status: FAILURE, ...failure, seed } };
}
