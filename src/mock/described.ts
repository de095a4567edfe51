import { findResponse } from '../description/lookup.ts';
import type { Operation } from '../description/model.ts';
import { isJsonType } from '../http/media-type.ts';
import type { SchemaViolation } from '../schema/schema.ts';
import { type Reply, replyOf } from './reply.ts';
import type { MakeTransportReply } from './transport-answers.ts';

/** A content that is to answer an operation. */
export interface Described {
  readonly operation: Operation;
  readonly status: number;
  /** Undefined for a response without content. */
  readonly content: unknown;
  /** The first that is documented for this status where it is not given. */
  readonly mediaType?: string | undefined;
  readonly why: string;
}

/**
 * Makes replies that keep the description: each content is checked by the schema of its response and written as JSON.
 * One that breaks it becomes the transport answer that says so. A large content costs that once, whatever the URLs are
 * that ask for it; what nobody holds any more is forgotten.
 */
export class DescribedReplies {
  readonly #transport: MakeTransportReply;
  readonly #violations = new WeakMap<object, readonly SchemaViolation[]>();
  readonly #bodies = new WeakMap<object, Buffer>();

  constructor(transport: MakeTransportReply) {
    this.#transport = transport;
  }

  make(described: Described): Reply {
    const { operation, status, content, why } = described;
    const response = findResponse(operation, status);
    if (!response) {
      return this.#transport('broken-answer', { reason: `${operation.id} documents no ${status}` });
    }
    const [violation] = this.check(described);
    if (violation) {
      const { pointer, actual, expected } = violation;
      return this.#transport('broken-answer', {
        reason: `${pointer || 'the body'} is ${actual}, not ${expected}`,
      });
    }
    const type = mediaTypeOf(described)?.type;
    const body = type === undefined ? undefined : this.#encode(content, type);
    return replyOf({ status, body, type, why });
  }

  /** In what the content breaks the schema of its response. */
  check(described: Described): readonly SchemaViolation[] {
    const { content } = described;
    return remember(this.#violations, content, () => mediaTypeOf(described)?.schema?.check(content) ?? []);
  }

  #encode(content: unknown, type: string): Buffer {
    return typeof content === 'string' && !isJsonType(type)
      ? Buffer.from(content)
      : remember(this.#bodies, content, () => Buffer.from(JSON.stringify(content)));
  }
}

function mediaTypeOf({ operation, status, mediaType }: Described) {
  const offered = findResponse(operation, status)?.mediaTypes ?? [];
  return offered.find(({ type }) => type === mediaType) ?? offered[0];
}

/** What `make` gives, made once for each object; scalars are not remembered. */
function remember<T>(memory: WeakMap<object, T>, key: unknown, make: () => T): T {
  if (typeof key !== 'object' || key === null) {
    return make();
  }
  const known = memory.get(key) ?? make();
  memory.set(key, known);
  return known;
}
