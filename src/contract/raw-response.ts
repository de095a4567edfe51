import type { HeaderLine } from './exchange.ts';
import {
  FAULTS_TOLD,
  HEAD_LIMIT,
  INTERIM_LIMIT,
  KEPT,
  LINES_LIMIT,
  SURPLUS_KEPT,
  sizeText,
} from './limits.ts';
import { BodyReader } from './raw-body.ts';
import { endOfHead, hasTooManyLines, isLikeHttp, parseHead, type RawHead } from './raw-head.ts';
import { isEmpty, planBody } from './raw-length.ts';
import { Store } from './store.ts';
import { shown, type WireFault } from './wire-fault.ts';

const NOTHING = Buffer.alloc(0);

/** An answer as its bytes have it, whatever a client library makes of them. */
export interface RawResponse {
  /** Interim answers (RFC 9110 15.2), in order. */
  readonly interim: readonly RawHead[];
  /** Undefined where none came, or where no status can be told. */
  readonly head: RawHead | undefined;
  /** After transfer decoding by chunks, before any other decoding. Undefined where it is not kept. */
  readonly content: Buffer | undefined;
  /** Why the content is not kept; undefined where it is. */
  readonly excess: string | undefined;
  /** Bytes of the content so far, the dropped ones included. */
  readonly contentSize: number;
  /** Codings to undo, the last one first: those of Transfer-Encoding but chunked. */
  readonly transferCodings: readonly string[];
  readonly trailers: readonly HeaderLine[];
  /** Whether the answer came to its end. */
  readonly complete: boolean;
  /** What was missing when it did not, such as `4 of the 99 bytes of its body`. */
  readonly missing: string;
  /** Why it was not read any further though it goes on; undefined where it was. */
  readonly gaveUp: string | undefined;
  /** What came behind its end, at most 1 KiB of it. */
  readonly surplus: Buffer;
  /** All that came, at most 64 KiB of it. */
  readonly received: Buffer;
  /** How many bytes came. */
  readonly size: number;
  /** In order, at most 20 of them. */
  readonly faults: readonly WireFault[];
}

/** Reads one answer piece by piece, strictly by RFC 9112, and goes on after a fault as long as that makes sense. */
export class ResponseReader {
  readonly #method: string;
  readonly #interim: RawHead[] = [];
  readonly #faults: WireFault[] = [];
  readonly #received = new Store(KEPT);
  readonly #surplus = new Store(SURPLUS_KEPT);
  #state: 'head' | 'body' | 'done' | 'broken' = 'head';
  #pending: Buffer = NOTHING;
  /** Bytes of the heads that are over. */
  #headSize = 0;
  #gaveUp: string | undefined;
  #head: RawHead | undefined;
  #body: BodyReader | undefined;

  /** For the answer to a request with this method. */
  constructor(method: string) {
    this.#method = method;
  }

  read(bytes: Buffer): void {
    this.#received.add(bytes);
    let rest = bytes;
    while (rest.length > 0) {
      rest = this.#readOn(rest);
    }
  }

  /** The sender has closed the connection in good order. */
  end(): void {
    if (this.#state === 'body' && this.#body?.endsByClose()) {
      this.#state = 'done';
    }
  }

  /** Whether the answer is complete, or cannot be read any further. */
  isOver(): boolean {
    return this.#state === 'done' || this.#state === 'broken';
  }

  /** The head of the final answer, once it came. */
  head(): RawHead | undefined {
    return this.#head;
  }

  /** Its body, once its head came. */
  body(): BodyReader | undefined {
    return this.#body;
  }

  result(): RawResponse {
    const body = this.#body;
    return {
      interim: this.#interim,
      head: this.#head,
      content: body ? body.content() : NOTHING,
      excess: body?.excess(),
      contentSize: body?.size() ?? 0,
      transferCodings: body?.codings() ?? [],
      trailers: body?.trailers() ?? [],
      complete: this.#state === 'done',
      missing: body?.missing() ?? 'the end of its header lines',
      gaveUp: this.#gaveUp,
      surplus: this.#surplus.bytes(),
      received: this.#received.bytes(),
      size: this.#received.size,
      faults: [...this.#faults, ...(body?.faults() ?? [])].slice(0, FAULTS_TOLD),
    };
  }

  /** Reads what belongs to the part that is being read; gives what is behind it. */
  #readOn(bytes: Buffer): Buffer {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes);
      case 'body':
        return this.#readBody(bytes);
      case 'done':
        if (this.#head?.status !== 101) {
          this.#surplus.add(bytes);
        }
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  #readHead(bytes: Buffer): Buffer {
    const seen = Math.max(this.#pending.length - 3, 0);
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    if (!isLikeHttp(this.#pending)) {
      return this.#fail(`no status line: the answer begins with ${shown(this.#pending)}`);
    }
    const end = endOfHead(this.#pending, seen);
    if (this.#headSize + (end ?? this.#pending.length) > HEAD_LIMIT) {
      return this.#giveUp(`its header lines are more than the ${sizeText(HEAD_LIMIT)} that are read`);
    }
    return end === undefined ? NOTHING : this.#takeHead(end);
  }

  #takeHead(end: number): Buffer {
    const bytes = this.#pending.subarray(0, end);
    const rest = this.#pending.subarray(end);
    this.#pending = NOTHING;
    this.#headSize += end;
    if (hasTooManyLines(bytes)) {
      return this.#giveUp(`it has more than the ${LINES_LIMIT} header lines that are read`);
    }
    const head = parseHead(bytes);
    if (!head) {
      const line = bytes.subarray(0, bytes.indexOf(10)).toString('latin1').replace(/\r$/, '');
      return this.#fail(`the malformed status line ${shown(line)}`);
    }
    const plan = planBody(head, this.#method);
    this.#faults.push(...head.faults, ...plan.faults);
    if (head.status < 200 && head.status !== 101) {
      this.#interim.push(head);
    } else {
      this.#head = head;
      this.#body = new BodyReader(plan);
      this.#state = isEmpty(plan) ? 'done' : 'body';
    }
    return this.#interim.length > INTERIM_LIMIT
      ? this.#giveUp(`more than ${INTERIM_LIMIT} interim answers came in front of it`)
      : rest;
  }

  #readBody(bytes: Buffer): Buffer {
    const rest = this.#body?.read(bytes);
    if (rest) {
      this.#state = 'done';
    } else if (!this.#body?.isReadable()) {
      this.#state = 'broken';
    }
    return rest ?? NOTHING;
  }

  #giveUp(reason: string): Buffer {
    this.#gaveUp = reason;
    this.#state = 'broken';
    return NOTHING;
  }

  #fail(detail: string): Buffer {
    this.#faults.push({ kind: 'syntax', detail });
    this.#state = 'broken';
    return NOTHING;
  }
}
