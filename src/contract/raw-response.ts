import type { HeaderLine } from './exchange.ts';
import { ChunkReader } from './raw-chunks.ts';
import { endOfHead, parseHead, type RawHead } from './raw-head.ts';
import { type BodyPlan, planBody } from './raw-length.ts';
import { shown, type WireFault } from './wire-fault.ts';

/** The most bytes of a head that are read: 1 MiB. */
export const HEAD_LIMIT = 1024 * 1024;

/** The most bytes of one body that are kept, before and after decoding: 32 MiB. */
export const BODY_LIMIT = 32 * 1024 * 1024;

/** The most bytes of one answer that are kept as they came: 64 KiB. */
export const KEPT = 64 * 1024;

/** The most bytes behind an answer that are kept. */
const SURPLUS_KEPT = 1024;

/** An answer as its bytes have it, whatever a client library makes of them. */
export interface RawResponse {
  /** Interim answers (RFC 9110 15.2), in order. */
  readonly interim: readonly RawHead[];
  /** Undefined where none came, or where no status can be told. */
  readonly head: RawHead | undefined;
  /** After transfer decoding by chunks, before any other decoding. Undefined beyond 32 MiB. */
  readonly content: Buffer | undefined;
  /** Bytes of the content so far, the dropped ones included. */
  readonly contentSize: number;
  /** Codings to undo, the last one first: those of Transfer-Encoding but chunked. */
  readonly transferCodings: readonly string[];
  readonly trailers: readonly HeaderLine[];
  /** Whether the answer came to its end. */
  readonly complete: boolean;
  /** What was missing when it did not, such as `4 of the 99 bytes of its body`. */
  readonly missing: string;
  /** What came behind its end, at most 1 KiB of it. */
  readonly surplus: Buffer;
  /** All that came, at most 64 KiB of it. */
  readonly received: Buffer;
  /** How many bytes came. */
  readonly size: number;
  readonly faults: readonly WireFault[];
}

/** Reads one answer piece by piece, strictly by RFC 9112, and goes on after a fault as long as that makes sense. */
export class ResponseReader {
  readonly #method: string;
  readonly #interim: RawHead[] = [];
  readonly #faults: WireFault[] = [];
  readonly #received = new Store(KEPT);
  readonly #surplus = new Store(SURPLUS_KEPT);
  readonly #content = new Store(BODY_LIMIT);
  readonly #chunks = new ChunkReader((data) => this.#content.add(data));
  #state: 'head' | 'body' | 'done' | 'broken' = 'head';
  #pending: Buffer = Buffer.alloc(0);
  #head: RawHead | undefined;
  #plan: BodyPlan | undefined;

  /** For the answer to a request with this method. */
  constructor(method: string) {
    this.#method = method;
  }

  read(bytes: Buffer): void {
    this.#received.add(bytes);
    this.#route(bytes);
  }

  /** The sender has closed the connection in good order. */
  end(): void {
    const isTheEnd = this.#state === 'body' && this.#plan?.delimitation.by === 'close';
    this.#state = isTheEnd ? 'done' : this.#state;
  }

  /** Whether the answer is complete, or cannot be read any further. */
  isOver(): boolean {
    return this.#state === 'done' || this.#state === 'broken';
  }

  /** The head of the final answer, once it came. */
  head(): RawHead | undefined {
    return this.#head;
  }

  /** Whether the content is known to grow beyond 32 MiB. */
  isTooLarge(): boolean {
    const delimitation = this.#plan?.delimitation;
    const length = delimitation?.by === 'length' ? delimitation.length : this.#content.size;
    return length > BODY_LIMIT;
  }

  /** Whether the answer says beforehand how long its content is. */
  isLengthGiven(): boolean {
    return this.#plan?.delimitation.by === 'length';
  }

  result(): RawResponse {
    return {
      interim: this.#interim,
      head: this.#head,
      content: this.#content.size > BODY_LIMIT ? undefined : this.#content.bytes(),
      contentSize: this.#content.size,
      transferCodings: this.#plan?.codings ?? [],
      trailers: this.#chunks.trailers,
      complete: this.#state === 'done',
      missing: this.#missing(),
      surplus: this.#surplus.bytes(),
      received: this.#received.bytes(),
      size: this.#received.size,
      faults: [...this.#faults, ...this.#chunks.faults],
    };
  }

  #route(bytes: Buffer): void {
    if (bytes.length === 0) {
      return;
    }
    if (this.#state === 'head') {
      this.#readHead(bytes);
    } else if (this.#state === 'body') {
      this.#readBody(bytes);
    } else if (this.#state === 'done' && this.#head?.status !== 101) {
      this.#surplus.add(bytes);
    }
  }

  #readHead(bytes: Buffer): void {
    const seen = Math.max(this.#pending.length - 3, 0);
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    if (!isLikeHttp(this.#pending)) {
      this.#fail(`no status line: the answer begins with ${shown(this.#pending)}`);
      return;
    }
    const end = endOfHead(this.#pending, seen);
    if (end !== undefined) {
      this.#takeHead(this.#pending.subarray(0, end), this.#pending.subarray(end));
    } else if (this.#pending.length > HEAD_LIMIT) {
      this.#state = 'broken';
    }
  }

  #takeHead(bytes: Buffer, rest: Buffer): void {
    const head = parseHead(bytes);
    this.#pending = Buffer.alloc(0);
    if (!head) {
      const line = bytes.subarray(0, bytes.indexOf(10)).toString('latin1').replace(/\r$/, '');
      this.#fail(`the malformed status line ${shown(line)}`);
      return;
    }
    const plan = planBody(head, this.#method);
    this.#faults.push(...head.faults, ...plan.faults);
    if (head.status < 200 && head.status !== 101) {
      this.#interim.push(head);
    } else {
      this.#head = head;
      this.#plan = plan;
      this.#state = isEmpty(plan) ? 'done' : 'body';
    }
    this.#route(rest);
  }

  #readBody(bytes: Buffer): void {
    const delimitation = this.#plan?.delimitation;
    if (delimitation?.by === 'chunks') {
      this.#readChunks(bytes);
    } else if (delimitation?.by === 'length') {
      const left = delimitation.length - this.#content.size;
      this.#content.add(bytes.subarray(0, left));
      this.#state = bytes.length >= left ? 'done' : 'body';
      this.#route(bytes.length > left ? bytes.subarray(left) : Buffer.alloc(0));
    } else {
      this.#content.add(bytes);
    }
  }

  #readChunks(bytes: Buffer): void {
    const rest = this.#chunks.read(bytes);
    if (rest) {
      this.#state = 'done';
      this.#route(rest);
    } else if (!this.#chunks.isReadable()) {
      this.#state = 'broken';
    }
  }

  #fail(detail: string): void {
    this.#faults.push({ kind: 'syntax', detail });
    this.#state = 'broken';
  }

  #missing(): string {
    const delimitation = this.#plan?.delimitation;
    switch (delimitation?.by) {
      case 'length':
        return `${delimitation.length - this.#content.size} of the ${delimitation.length} bytes of its body`;
      case 'chunks':
        return this.#chunks.missing();
      case 'close':
        return 'the end of its body';
      default:
        return 'the end of its header lines';
    }
  }
}

/** Bytes are kept up to a limit and counted beyond it. */
class Store {
  readonly #limit: number;
  readonly #parts: Buffer[] = [];
  /** How many came, the dropped ones included. */
  size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(bytes: Buffer): void {
    if (this.size < this.#limit) {
      this.#parts.push(bytes.subarray(0, this.#limit - this.size));
    }
    this.size += bytes.length;
  }

  /** A copy, so that the larger buffers which sockets read into can be let go. */
  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** As far as it can be told: a head begins with `HTTP/`, in whatever letters. */
function isLikeHttp(bytes: Buffer): boolean {
  return 'HTTP/'.startsWith(bytes.subarray(0, 5).toString('latin1').toUpperCase());
}

function isEmpty({ delimitation }: BodyPlan): boolean {
  return delimitation.by === 'head' || (delimitation.by === 'length' && delimitation.length === 0);
}
