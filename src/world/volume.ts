import { samples } from '../generation/samples.ts';
import type { Json } from '../json.ts';
import type { Audit, Job } from './model.ts';
import { type Random, seededRandom } from './random.ts';

/** Milliseconds: made jobs were created between 30 days and one second before `now`. */
const OLDEST = 30 * 24 * 60 * 60 * 1000;
const YOUNGEST = 1000;
/** Milliseconds from a job's creation to its last change, at most. */
const LONGEST_RUN = 3 * 60 * 60 * 1000;

/** The newest part of the list, about the last seven hours: only its jobs may still wait or run. */
const RECENT = 0.1;
/** How many of a hundred jobs have a status. */
const RECENT_SHARES = { queued: 30, started: 35, cancelling: 10, succeeded: 17, failed: 6, canceled: 2 };
const OLDER_SHARES = { succeeded: 80, failed: 14, canceled: 6 };

/** Made ids have 16 digits. The step shares no divisor with the number of ids, so that none comes twice. */
const FIRST_ID = 1_000_000_000_000_000;
const ID_COUNT = 4_000_000_000_000_000;
const ID_STEP = 2_472_135_954_999_579;

const TEMPLATE_NAMES =
  '^(load|sync|compact|train|score|export|purge|check)_(orders|users|events|prices|stock|invoices)(_daily|_hourly|_v[2-9])?$';
const CREATORS = '^(ada|grace|alan|edsger|barbara|donald|frances|niklaus)(-etl|-ml|-ops)?$';

/** What jobs to make. */
export interface JobOrder {
  readonly count: number;
  /** The same seed and the same `now` make the same jobs. */
  readonly seed: string;
  readonly now: Date;
  /** Template names, the most used one first; made up where absent. */
  readonly templates: readonly string[] | undefined;
  /** The statuses that the description allows; undefined where it allows any. */
  readonly statuses: readonly Json[] | undefined;
  /** Ids that other jobs of the list have. */
  readonly taken: ReadonlySet<string>;
}

/** What the jobs of one order are drawn from. */
interface Pool {
  readonly random: Random;
  readonly nextId: () => string;
  readonly templates: readonly string[];
  readonly creators: readonly string[];
  readonly recent: readonly string[];
  readonly older: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes jobs, the newest first, whose values fit together: unique ids, unfinished jobs only among the recent ones,
 * templates with a long tail, and no time before the job's creation or after `now`.
 */
export async function makeJobs(order: JobOrder): Promise<readonly Job[]> {
  const pool = await poolOf(order);
  return Array.from({ length: order.count }, (_, index) =>
    makeJob(pool, (index + pool.random()) / order.count),
  );
}

async function poolOf({ seed, now, templates, statuses, taken }: JobOrder): Promise<Pool> {
  const random = seededRandom(seed);
  return {
    random,
    nextId: ids(random, taken),
    templates: templates ?? (await words(TEMPLATE_NAMES, 40, random)),
    creators: await words(CREATORS, 12, random),
    recent: deckOf(RECENT_SHARES, statuses),
    older: deckOf(OLDER_SHARES, statuses),
    now: now.getTime(),
  };
}

/** `position` in the list goes from 0, the newest, to 1; its square lets the jobs of a day become more from day to day. */
function makeJob(pool: Pool, position: number): Job {
  const { random, nextId, templates, creators } = pool;
  const age = YOUNGEST + (OLDEST - YOUNGEST) * position ** 2;
  const status = pick(position < RECENT ? pool.recent : pool.older, random);
  return {
    jobId: nextId(),
    jobTemplateName: pickLongTailed(templates, random),
    status,
    audit: auditOf(status, pick(creators, random), Math.floor(pool.now - age), pool),
  };
}

/** A job that still waits has not been modified. Cancelling is its creator's doing, any other change the server's own. */
function auditOf(status: string, creator: string, created: number, { now, random }: Pool): Audit {
  const createTime = timeOf(created, random);
  if (status === 'queued') {
    return { creator, createTime };
  }
  const room = Math.min(LONGEST_RUN, now - created - 2);
  const modified = created + 1 + Math.floor(room * random() ** 3);
  return {
    creator,
    createTime,
    lastModifier: status.startsWith('cancel') ? creator : 'anonymous',
    lastModifiedTime: timeOf(modified, random),
  };
}

/** A time with nine digits of a second, as the real server writes it. */
function timeOf(milliseconds: number, random: Random): string {
  const nanoseconds = String(Math.floor(random() * 1e6)).padStart(6, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${nanoseconds}Z`;
}

function ids(random: Random, taken: ReadonlySet<string>): () => string {
  let place = Math.floor(random() * ID_COUNT);
  return function next(): string {
    place = (place + ID_STEP) % ID_COUNT;
    const id = `job-${FIRST_ID + place}`;
    return taken.has(id) ? next() : id;
  };
}

async function words(pattern: string, count: number, random: Random): Promise<readonly string[]> {
  const made = await samples({ type: 'string', pattern }, { count, seed: Math.floor(random() * 2 ** 32) });
  return [...new Set(made.map(String))];
}

/** Each status as often as its share says. */
function deckOf(
  shares: Readonly<Record<string, number>>,
  allowed: readonly Json[] | undefined,
): readonly string[] {
  return Object.entries(shares)
    .filter(([status]) => allowed === undefined || allowed.includes(status))
    .flatMap(([status, share]) => Array<string>(share).fill(status));
}

function pick(values: readonly string[], random: Random): string {
  return values[Math.floor(random() * values.length)] ?? '';
}

/** The n-th value comes about 1/n as often as the first one (Zipf's law). */
function pickLongTailed(values: readonly string[], random: Random): string {
  return values[Math.floor((values.length + 1) ** random()) - 1] ?? '';
}
