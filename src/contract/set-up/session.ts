import type { Description, Operation } from '../../description/model.ts';
import { type Call, callOf } from '../call.ts';
import { Contents, SHELF } from '../content.ts';
import { sendPatiently } from '../patience.ts';
import { type Probe, pairOf, probeOf } from '../plan/probe.ts';
import type { Fixed } from '../plan/targets.ts';
import { basesOf, createRouter } from '../routes.ts';
import type { Sender } from '../send.ts';
import type { Body } from './body.ts';

/** Keys of things by the name of their kind. */
export type KeysByKind = ReadonlyMap<string, string>;

/** What a request of set-up is made of. */
export interface Asking {
  readonly operation: Operation;
  /** What it is for, for people. */
  readonly words: string;
  /** The things that its path names. */
  readonly keys: KeysByKind;
  readonly body?: Body | null;
  readonly query?: Readonly<Record<string, string>>;
}

/** Sends the requests of set-up to a server, one after another, and reads their answers. */
export interface Session {
  readonly base: string;
  /** Undefined where the session is over, or the request cannot be made. */
  ask(asking: Asking): Promise<Call | undefined>;
  /** Every call so far. */
  readonly calls: readonly Call[];
}

export interface SessionOptions {
  readonly description: Description;
  readonly sender: Sender;
  readonly base: string;
  readonly fixed: Fixed;
  /** Aborted where nothing more is to be sent. */
  readonly signal: AbortSignal;
}

export function openSession({ description, sender, base, fixed, signal }: SessionOptions): Session {
  const route = createRouter(description, [base]);
  const contents = new Contents(SHELF);
  const calls: Call[] = [];
  let epoch = 0;
  return {
    base,
    calls,
    async ask(asking) {
      const probe = probeFor(asking, description, base, fixed);
      const found = probe && route(probe.method, probe.target);
      if (signal.aborted || !probe || !found) {
        return undefined;
      }
      // Each change is known to have been sent once: a kept connection might make the client send it again.
      const exchange = await sendPatiently(() => sender.send(probe, { tries: 1 }), signal);
      epoch += 1;
      const call = callOf(exchange, found, epoch, contents);
      if (signal.aborted && exchange.failure) {
        return undefined;
      }
      calls.push(call);
      return call;
    },
  };
}

function probeFor(
  { operation, words, keys, body, query = {} }: Asking,
  description: Description,
  common: string,
  fixed: Fixed,
): Probe | undefined {
  const [base = common] = basesOf(operation, description, [common]);
  const required = operation.parameters.filter((each) => each.required);
  const values = new Map(
    required.flatMap(({ name, thing, examples }) => {
      const example = examples[0]?.value;
      const value =
        keys.get(thing ?? '') ?? fixed.get(name) ?? (example === undefined ? undefined : String(example));
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  if (values.size < required.length) {
    return undefined;
  }
  const text = body ? JSON.stringify(body.value) : undefined;
  const pairs = Object.entries(query).map(([name, value]) => pairOf(name, value));
  const probe = probeOf({ operation, base, values, thing: words }, '', {
    ...(pairs.length > 0 && { query: pairs.join('&') }),
    ...(text !== undefined && { body: text }),
    headers: operation.method === 'GET' ? [] : contentHeaders(body, text),
  });
  return operation.method === 'GET' ? probe : { ...probe, alone: true };
}

function contentHeaders(body: Body | null | undefined, text = '') {
  const type = body ? [['Content-Type', body.type] as const] : [];
  return [...type, ['Content-Length', String(Buffer.byteLength(text))] as const];
}
