import type { JsonObject } from '../../../src/json.ts';
import type { Draw } from './draw.ts';

/** A job as the described API shows it. */
export interface Job extends JsonObject {
  readonly jobId: string;
  readonly jobTemplateName: string;
  readonly status: string;
  readonly audit: JsonObject;
}

/** What a server serves. */
export interface World {
  /** In front of every path, without a trailing slash. */
  readonly base: string;
  /** By name: the first has many jobs, the second a few, the last none. */
  readonly metalakes: ReadonlyMap<string, readonly Job[]>;
}

export const STATUSES = ['queued', 'started', 'failed', 'succeeded', 'cancelling', 'canceled'] as const;

/** Another world for each seed: base path, names, sizes, templates, forms of ids and times. */
export function drawWorld(draw: Draw): World {
  const [first, second, third] = drawNames(draw);
  const templates = drawTemplates(draw);
  const jobId = drawIdForm(draw);
  const others = [draw.chance(0.5) ? (templates[0] ?? '') : draw.word(), draw.word()];
  return {
    base: draw.pick('', '/api', '/api', '/v1', '/gravitino/api', `/${draw.word()}/${draw.word()}`),
    metalakes: new Map([
      [first, drawJobs(draw, draw.int(9, 24), templates, jobId)],
      [second, drawJobs(draw, draw.int(2, 9), others, jobId)],
      [third, []],
    ]),
  };
}

/** The names of a world's metalakes. */
export function namesOf({ metalakes }: World): readonly string[] {
  return [...metalakes.keys()];
}

/** The same world with other jobs in its first metalake. */
export function withFirst(world: World, change: (jobs: readonly Job[]) => readonly Job[]): World {
  return withNth(world, 0, change);
}

/** The same world with other jobs in one of its metalakes. */
export function withNth(
  { base, metalakes }: World,
  index: number,
  change: (jobs: readonly Job[]) => readonly Job[],
): World {
  const entries = [...metalakes].map(
    ([name, jobs], at) => [name, at === index ? change(jobs) : jobs] as const,
  );
  return { base, metalakes: new Map(entries) };
}

/** The same world with some jobs more in its first metalake, one for each of these templates. */
export function withTemplates(...templates: readonly string[]): (world: World, draw: Draw) => World {
  return (world, draw) =>
    withFirst(world, (jobs) => [
      ...jobs,
      ...templates.map((template) => drawJob(draw, template, drawIdForm(draw))),
    ]);
}

/** The same world with so many jobs in its first metalake. */
export function withCount(count: number): (world: World, draw: Draw) => World {
  return (world, draw) => {
    const templates = [draw.word(), draw.word(), draw.word()];
    return withFirst(world, () => drawJobs(draw, count, templates, drawIdForm(draw)));
  };
}

/** The same world with other names of its metalakes. */
export function renamed(rename: (name: string, index: number) => string): (world: World) => World {
  return ({ base, metalakes }) => ({
    base,
    metalakes: new Map([...metalakes].map(([name, jobs], index) => [rename(name, index), jobs])),
  });
}

/** Some jobs whose templates take turns. */
export function drawJobs(
  draw: Draw,
  length: number,
  templates: readonly string[],
  jobId: () => string = drawIdForm(draw),
): readonly Job[] {
  return Array.from({ length }, (_, index) => {
    const template = templates[index % templates.length] ?? '';
    return { ...drawJob(draw, template, jobId), status: STATUSES[index % STATUSES.length] ?? 'queued' };
  });
}

/** One job with a fresh id. */
export function drawJob(draw: Draw, jobTemplateName: string, jobId: () => string): Job {
  const created = Date.UTC(2025, draw.int(0, 8), draw.int(1, 28), draw.int(0, 23), draw.int(0, 59));
  const isModified = draw.chance(0.6);
  return {
    jobId: jobId(),
    jobTemplateName,
    status: draw.pick(...STATUSES),
    audit: {
      creator: draw.pick('anonymous', draw.word()),
      createTime: time(draw, created),
      ...(isModified && {
        lastModifier: draw.word(),
        lastModifiedTime: time(draw, created + draw.int(1, 90_000) * 1000),
      }),
    },
  };
}

function time(draw: Draw, milliseconds: number): string {
  const seconds = new Date(milliseconds).toISOString().slice(0, 19);
  return `${seconds}${draw.pick('', `.${draw.int(100, 999)}`, `.${draw.int(100_000, 999_999)}`)}Z`;
}

function drawIdForm(draw: Draw): () => string {
  const hex = () => draw.int(0x10000000, 0xffffffff).toString(16);
  const long = () => `${draw.int(1e8, 9e8)}${draw.int(1e8, 9e8)}`;
  return draw.pick(
    () => `job-${long()}`,
    () => `job-${long()}`,
    () => `${hex()}-${hex().slice(4)}-4${hex().slice(5)}-a${hex().slice(5)}-${hex()}${hex().slice(4)}`,
    () => `${draw.word()}:${long()}`,
  );
}

/** Now and then one name begins with another: both exist. */
function drawNames(draw: Draw): readonly [string, string, string] {
  const first = draw.pick(draw.word(), `${draw.word()}_${draw.word()}`, `${draw.word()}-${draw.word()}`);
  const second = draw.chance(0.25) ? `${first}_${draw.word()}` : `b${draw.word()}`;
  return [first, second, `c${draw.word()}`];
}

/** Two to four, one of them with a blank and letters outside ASCII, now and then one that begins with another. */
function drawTemplates(draw: Draw): readonly string[] {
  const plain = `${draw.word()}_${draw.word()}`;
  const awkward = draw.pick(
    `${draw.word()} ${draw.word()}`,
    `${draw.word()}&${draw.word()}=ü/%`,
    `Größe ${draw.word()}`,
    `it's ${draw.word()}`,
  );
  const related = draw.chance(0.4) ? [`${plain}_spark`] : [];
  return [plain, awkward, ...related, ...(draw.chance(0.5) ? [`${draw.word()}-${draw.word()}`] : [])];
}
