import { setTimeout as delay } from 'node:timers/promises';
import { type Call, isSuccess } from '../call.ts';
import { curlOf } from '../curl.ts';
import { outcomeOf, refusalFor } from './answers.ts';
import type { Entry, Ledger } from './ledger.ts';
import type { Session } from './session.ts';

/** How long is tried to remove everything, in milliseconds, and how long is waited before it is tried again. */
const PATIENCE = 10_000;
/** With a short time for an answer it is so many times that. */
const ANSWERS = 5;
const PAUSE = 500;

/** Removes all that a run may have left, as far as that goes within some seconds; gives what may still be there, a sentence each. */
export async function clear(
  ledger: Ledger,
  session: Session,
  timeoutSeconds: number,
): Promise<readonly string[]> {
  const end = performance.now() + Math.min(PATIENCE, ANSWERS * timeoutSeconds * 1000);
  let left = ledger.entries().filter(({ kind }) => kind.within.length === 0);
  let calls = new Map<Entry, Call | undefined>();
  for (;;) {
    calls = new Map();
    for (const entry of left) {
      calls.set(entry, await removed(entry, ledger, session, end));
    }
    left = left.filter((entry) => !isGone(entry, calls.get(entry)));
    if (left.length === 0 || performance.now() + PAUSE > end) {
      return left.map((entry) => remainder(entry, calls.get(entry)));
    }
    await delay(PAUSE);
  }
}

/** Removes a thing; where it cannot be removed with all that it holds, that goes first. */
async function removed(
  entry: Entry,
  ledger: Ledger,
  session: Session,
  end: number,
): Promise<Call | undefined> {
  const call = await remove(entry, session, end);
  if (call === undefined || isGone(entry, call) || call.status === undefined) {
    return call;
  }
  for (const inner of ledger.entries()) {
    if (inner.kind.within.length > 0 && inner.keys.get(entry.kind.name) === entry.key) {
      await remove(inner, session, end);
    }
  }
  return await remove(entry, session, end);
}

async function remove({ kind, keys }: Entry, session: Session, end: number): Promise<Call | undefined> {
  const { removes } = kind;
  if (!removes || performance.now() > end) {
    return undefined;
  }
  const { operation, act } = removes;
  return await session.ask({
    operation,
    words: `removes the ${kind.name} that was made`,
    keys,
    query: act.query,
  });
}

/** Whether a thing is not there any more: it was removed, or nothing of that name was found. */
function isGone({ kind }: Entry, call: Call | undefined): boolean {
  if (!call || !kind.removes) {
    return false;
  }
  const absent = refusalFor(kind.removes.operation, `absent-${kind.name}`)?.status ?? 404;
  return isSuccess(call) || call.status === absent;
}

function remainder({ kind, key }: Entry, call: Call | undefined): string {
  const reason = call ? outcomeOf(call) : 'there was no time';
  const how = call ? ` Remove it: ${curlOf(call.exchange.request, call.exchange.request.common ?? [])}` : '';
  return `The ${kind.name} "${key}" of this run may still be there, since it could not be removed: ${reason}.${how}`;
}
