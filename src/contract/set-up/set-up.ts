import { randomBytes } from 'node:crypto';
import type { Description } from '../../description/model.ts';
import { callOf } from '../call.ts';
import { Contents, SHELF } from '../content.ts';
import { findApi } from '../find-api.ts';
import type { Probe } from '../plan/probe.ts';
import { probeOf } from '../plan/probe.ts';
import type { Fixed } from '../plan/targets.ts';
import { createRouter } from '../routes.ts';
import type { RunEnd } from '../run-end.ts';
import type { Sender } from '../send.ts';
import { clear } from './clear.ts';
import type { Story } from './deed.ts';
import { type Kind, kindsOf } from './kinds.ts';
import { Ledger } from './ledger.ts';
import { openSession, type SessionOptions } from './session.ts';
import { play, type Stage } from './stage.ts';
import { SessionOver, Telling } from './telling.ts';

export interface SetUpOptions {
  readonly description: Description;
  /** Where the API may be on the server; several are tried in this order. */
  readonly basePaths: readonly string[];
  readonly fixed: Fixed;
  readonly waitSeconds: number;
  /** How long things are watched until they end. */
  readonly patienceSeconds: number;
  /** How long the server has for an answer. */
  readonly timeoutSeconds: number;
  /** Sends what makes things. */
  readonly sender: Sender;
  /** Makes a sender for removing them, which does not end with the run. */
  readonly newSender: () => Sender;
  readonly end: RunEnd;
}

/** Things of its own that a run has made on a server. */
export interface SetUp {
  readonly base: string;
  readonly story: Story;
  readonly stage: Stage;
  /** Remarks for the report. */
  readonly notes: readonly string[];
  /** Removes them, within some seconds, whatever has happened; gives a sentence that says so, or one for each that may be left. */
  readonly remove: () => Promise<readonly string[]>;
  /** How many requests that took. */
  readonly sent: () => number;
}

/** Makes things on a server, and tries what can be done with them. Never rejects for what the server does. */
export async function setUp(options: SetUpOptions): Promise<SetUp> {
  const { description, fixed, sender, newSender, end } = options;
  const kinds = kindsOf(description);
  const base = await baseOf(options, kinds);
  const prefix = `jobskit_${randomBytes(5).toString('hex')}`;
  const made = `Things called ${prefix}… were made for this run.`;
  const ledger = new Ledger();
  const sessionOf = (own: Sender, signal: AbortSignal) =>
    openSession({ description, sender: own, base, fixed, signal } satisfies SessionOptions);
  const telling = new Telling(sessionOf(sender, end.signal), ledger, options.patienceSeconds);
  let removing: Sender | undefined;
  const remove = async () => {
    removing ??= newSender();
    try {
      const left = await clear(
        ledger,
        sessionOf(removing, new AbortController().signal),
        options.timeoutSeconds,
      );
      return left.length > 0 || ledger.entries().length === 0 ? left : [`${made} They were removed.`];
    } finally {
      removing.close();
    }
  };
  const facts = { base, remove, sent: () => removing?.sent() ?? 0 };
  try {
    const stage = await play({ telling, kinds, prefix });
    return { ...facts, story: telling.story(), stage, notes: noteOn(kinds) };
  } catch (error) {
    if (error instanceof SessionOver) {
      const note = `The run's own things were not all made: ${error.message}.`;
      return {
        ...facts,
        story: telling.story(),
        stage: { names: new Map(), keys: new Map() },
        notes: [note],
      };
    }
    await remove();
    throw error;
  }
}

function noteOn(kinds: readonly Kind[]): readonly string[] {
  return kinds.length === 0
    ? ['Nothing was made: the description does not say how to make and remove things.']
    : [];
}

/** The base path below which the first list of things is answered best. */
async function baseOf(
  { description, basePaths, waitSeconds, sender, end }: SetUpOptions,
  kinds: readonly Kind[],
): Promise<string> {
  const first = kinds.find(({ within, lists, reads }) => within.length === 0 && (lists ?? reads));
  const doing = first?.lists ?? first?.reads;
  const [only = ''] = basePaths;
  if (!doing) {
    return only;
  }
  const contents = new Contents(SHELF);
  const { operation } = doing;
  const values = new Map(operation.parameters.map(({ name }) => [name, 'jobskit_nobody']));
  const planFor = function* (base: string) {
    yield { probes: [probeOf({ operation, base, values, thing: 'where the API is' }, '')], atOnce: false };
  };
  const { base } = await findApi({
    basePaths,
    planFor,
    ask: (probe: Probe) => sender.send(probe),
    read: (exchange, _, at) => {
      const route = createRouter(description, [at])(exchange.request.method, exchange.request.target);
      return callOf(exchange, route ?? { operation, path: new Map(), query: [] }, 0, contents);
    },
    waitSeconds,
    isOver: () => end.reason() !== undefined,
  });
  return base;
}
