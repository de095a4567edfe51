import type { IncomingHttpHeaders } from 'node:http';
import { KitError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { isDateTime } from '../schema/date-time.ts';
import type { Clock } from '../world/state/clock.ts';
import type { Cors } from './cors.ts';
import type { BodyBytes } from './delivery.ts';
import type { Journal } from './journal.ts';
import { type Reply, replyOf } from './reply.ts';
import type { Scenarios } from './scenarios.ts';
import { splitTarget } from './target.ts';
import type { MakeTransportReply } from './transport-answers.ts';

/** Where the requests to the mock itself go; no description has such a path. */
const PREFIX = '/__jobs-kit/';

export interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: () => Promise<BodyBytes>;
}

interface ControlParts {
  readonly scenarios: Scenarios;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly cors: Cors;
  readonly transport: MakeTransportReply;
}

/** What can be asked of the mock itself, by the end of the path. */
interface Command {
  readonly method: 'GET' | 'POST';
  run(asked: JsonObject, parts: ControlParts): Promise<object> | object;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  reset: {
    method: 'POST',
    async run(_asked, parts) {
      await parts.scenarios.reset();
      return standing(parts);
    },
  },
  scenario: {
    method: 'POST',
    async run({ name }, parts) {
      const { names } = parts.scenarios;
      if (typeof name !== 'string' || !names.includes(name)) {
        throw mistake('no such scenario', `Give one as {"name": …}: ${names.join(', ')}.`);
      }
      await parts.scenarios.use(name);
      return standing(parts);
    },
  },
  clock: {
    method: 'POST',
    run({ advanceMs, now }, parts) {
      if (typeof advanceMs === 'number' && now === undefined) {
        parts.clock.advance(advanceMs);
      } else if (typeof now === 'string' && isDateTime(now) && advanceMs === undefined) {
        parts.clock.set(new Date(now));
      } else {
        throw mistake('the clock cannot be moved like this', CLOCK_ADVICE);
      }
      return standing(parts);
    },
  },
  journal: { method: 'GET', run: (_asked, { journal }) => ({ requests: journal.requests() }) },
};

const CLOCK_ADVICE = 'Give {"advanceMs": 60000} or {"now": "2026-01-31T12:00:00Z"}.';

/** Whether a request is one to the mock itself. */
export function isControl(target: string): boolean {
  return splitTarget(target).path.startsWith(PREFIX);
}

/** Answers the requests to the mock itself, which `docs/control.md` lists. */
export class Control {
  readonly #parts: ControlParts;

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  async answer({ method, path, headers, body }: ControlRequest): Promise<Reply> {
    const { transport, cors } = this.#parts;
    const name = path.slice(PREFIX.length);
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) {
      const known = Object.entries(COMMANDS).map(([each, { method: by }]) => `${by} ${PREFIX}${each}`);
      return transport('unknown-path', { path, operations: known.join(', ') });
    }
    if (method !== command.method) {
      const facts = { path, method, allow: command.method };
      return transport('method-not-allowed', facts, ['Allow', command.method]);
    }
    // Any page may send a simple request anywhere (https://fetch.spec.whatwg.org/#cors-safelisted-method).
    if (headers.origin !== undefined && cors.headersFor(headers.origin).length === 0) {
      return transport('foreign-origin', { origin: headers.origin });
    }
    return this.#run(name, command, await body());
  }

  async #run(name: string, command: Command, bytes: BodyBytes): Promise<Reply> {
    try {
      const content = JSON.stringify(await command.run(parse(bytes), this.#parts));
      return replyOf({
        status: 200,
        body: Buffer.from(content),
        type: 'application/json',
        why: `control: ${name}`,
        repeatable: false,
      });
    } catch (error) {
      if (error instanceof KitError) {
        return this.#parts.transport('control-refused', { reason: error.message });
      }
      throw error;
    }
  }
}

/** How the mock stands, after whatever was asked of it. */
function standing({ scenarios, clock }: ControlParts): object {
  return { scenario: scenarios.current.world.name, now: new Date(clock.now() / 1000).toISOString() };
}

function parse(bytes: BodyBytes): JsonObject {
  if (bytes.length === 0) {
    return {};
  }
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isObject(value) ? value : {};
  } catch {
    throw mistake('the body is no JSON', 'Send an object, or nothing.');
  }
}

function mistake(reason: string, advice: string): KitError {
  return KitError.of('USAGE', { reason, advice });
}
