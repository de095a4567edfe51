import { valueAt } from '../../documents/pointer.ts';
import type { Json } from '../../json.ts';
import { type Call, isSuccess } from '../call.ts';
import { around, keyIn, outcomeOf, refusalFor } from './answers.ts';
import { bodyFor, type Keys } from './body.ts';
import type { Claim, Deed, Expectation, Story } from './deed.ts';
import type { Doing, Kind } from './kinds.ts';
import type { Ledger } from './ledger.ts';
import type { Asking, KeysByKind, Session } from './session.ts';

/** A thing that was made. */
export interface Made {
  readonly kind: Kind;
  readonly key: string;
  /** Its own key and those of the things that it stands in. */
  readonly keys: KeysByKind;
  /** What the request gave it. */
  readonly like: Json;
}

/** How a thing is to be made. */
export interface Plan {
  readonly kind: Kind;
  /** The things that it is to stand in. */
  readonly within: KeysByKind;
  /** Its name, where its maker chooses that. */
  readonly name: string;
  /** The things that it is made with. */
  readonly uses: KeysByKind;
}

/** Why nothing more can be done. */
export class SessionOver extends Error {}

/** Sends the requests of set-up and writes down what they must get. */
export class Telling {
  /** How long things are watched until they end. */
  readonly patienceSeconds: number;
  readonly #session: Session;
  readonly #ledger: Ledger;
  readonly #deeds: Deed[] = [];
  readonly #untried = new Map<string, Story['untried'][number]>();

  constructor(session: Session, ledger: Ledger, patienceSeconds: number) {
    this.patienceSeconds = patienceSeconds;
    this.#session = session;
    this.#ledger = ledger;
  }

  story(): Story {
    return { calls: this.#session.calls, deeds: this.#deeds, untried: [...this.#untried.values()] };
  }

  /** Says that a claim was not tried, once for each reason. */
  leaveOut(claim: Claim | 'lifecycle', reason: string): void {
    this.#untried.set(`${claim} ${reason}`, { claim, reason });
  }

  /** @throws SessionOver where nothing more can be sent, or nothing comes back */
  async ask(asking: Asking): Promise<Call> {
    const call = await this.#session.ask(asking);
    if (!call || call.status === undefined) {
      throw new SessionOver(call ? outcomeOf(call) : 'the run is over');
    }
    return call;
  }

  async expect(claim: Claim, asking: Asking, expected: Expectation): Promise<Call> {
    const call = await this.ask(asking);
    this.hold(claim, call, expected, asking.words);
    return call;
  }

  hold(claim: Claim, call: Call, expected: Expectation, words: string): void {
    this.#deeds.push({ claim, call, expected, words });
  }

  /** Asks for what must be refused; not where the description does not say how. */
  async expectRefusal(claim: Claim, asking: Asking, reason: string): Promise<Call | undefined> {
    const refusal = refusalFor(asking.operation, reason);
    return refusal && (await this.expect(claim, asking, { kind: 'refused', ...refusal }));
  }

  /** The request that makes a thing; undefined where the description does not show its body. */
  async making({ kind, within, name, uses }: Plan): Promise<Asking | undefined> {
    const { operation, act } = kind.creates;
    const keys: Keys = [
      ...(act.request === undefined ? [] : [[act.request, name] as const]),
      ...Object.entries(act.uses).map(([used, pointer]) => [pointer, uses.get(used) ?? ''] as const),
    ];
    const body = await bodyFor(operation, keys);
    return body === undefined ? undefined : { operation, words: `makes a ${kind.name}`, keys: within, body };
  }

  /** Makes a thing and looks whether it is there; undefined where it cannot be made. */
  async make(plan: Plan): Promise<Made | undefined> {
    const { kind, within, name } = plan;
    const { operation, act } = kind.creates;
    const asking = await this.making(plan);
    if (!asking) {
      this.leaveOut(
        'created',
        `no ${kind.name} was made: the description of ${operation.id} shows no fitting body`,
      );
      return undefined;
    }
    const value = asking.body?.value ?? {};
    const like = (act.request === undefined ? value : valueAt(value, around(act.request))) ?? {};
    if (act.request !== undefined) {
      this.#ledger.add({ kind, key: name, keys: new Map([...within, [kind.name, name]]) });
    }
    const given = act.request === undefined ? undefined : name;
    const call = await this.expect('created', asking, expectedOf(act.response, given, like));
    const key = given ?? keyIn(call, act);
    if (!isSuccess(call) || key === undefined) {
      this.leaveOut('created', `no ${kind.name} could be made: ${outcomeOf(call)}`);
      return undefined;
    }
    const made = { kind, key, keys: new Map([...within, [kind.name, key]]), like };
    await this.look(made);
    return made;
  }

  /** Reads a thing that was made, and the lists that must have it. */
  async look(
    { kind, key, keys, like }: Made,
    claims: readonly [Claim, Claim] = ['created-read', 'created-listed'],
  ) {
    const [read, listed] = claims;
    if (kind.reads) {
      const { operation, act } = kind.reads;
      const asking = { operation, words: `reads the ${kind.name} that was made`, keys };
      await this.expect(read, asking, expectedOf(act.response, key, like));
    }
    await this.lookInLists(listed, { kind, key, keys, like }, 1);
  }

  async lookInLists(claim: Claim, { kind, key, keys, like }: Made, times: 0 | 1): Promise<void> {
    for (const asking of kind.lists ? listings(kind.lists, kind, keys) : []) {
      const pointers = kind.lists?.act.response ?? [];
      await this.expect(claim, asking, { kind: 'lists', pointers, key, times, like });
    }
  }

  /** Strikes out a thing that is known to be gone. */
  forget({ kind, key }: Pick<Made, 'kind' | 'key'>): void {
    this.#ledger.forget(kind, key);
  }

  /** Writes down a thing that may have come to be in another way. */
  note(kind: Kind, key: string, within: KeysByKind): void {
    this.#ledger.add({ kind, key, keys: new Map([...within, [kind.name, key]]) });
  }
}

/** A success, which shows the thing where its description says so. */
export function expectedOf(pointers: readonly string[], key: string | undefined, like: Json): Expectation {
  return pointers.length === 0 ? { kind: 'success' } : { kind: 'shows', pointers, key, like };
}

/** The list in each of its forms: as it is, and with each switch that it has. */
function listings({ operation }: Doing, kind: Kind, keys: KeysByKind): readonly Asking[] {
  const words = `lists each ${kind.name}`;
  const switches = operation.parameters.filter(
    ({ in: place, required, schema }) =>
      place === 'query' && !required && schema?.standard['type'] === 'boolean',
  );
  return [
    { operation, words, keys },
    ...switches.map(({ name }) => ({ operation, words, keys, query: { [name]: 'true' } })),
  ];
}
