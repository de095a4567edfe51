import type { HeaderLine } from './exchange.ts';
import { CHUNK_LINE_LIMIT, FAULTS_TOLD } from './limits.ts';
import { endOfHead, parseTrailers } from './raw-head.ts';
import { shown, type WireFault } from './wire-fault.ts';

/** `chunk-size [ chunk-ext ]`; blanks behind the size are a habit of old servers that does no harm. */
const CHUNK_LINE = /^([0-9A-Fa-f]{1,13})[ \t]*(;.*)?$/s;

/** Reads a chunked body (RFC 9112 7.1) piece by piece. */
export class ChunkReader {
  readonly faults: WireFault[] = [];
  readonly trailers: HeaderLine[] = [];
  readonly #keep: (data: Buffer) => void;
  #state: 'size' | 'data' | 'data-end' | 'trailers' | 'done' | 'broken' = 'size';
  #pending: Buffer = Buffer.alloc(0);
  /** Bytes of the chunk that are still to come. */
  #left = 0;

  constructor(keep: (data: Buffer) => void) {
    this.#keep = keep;
  }

  /** Gives what is behind the body once it is complete; undefined while it is not. */
  read(bytes: Buffer): Buffer | undefined {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    let goesOn = true;
    while (goesOn) {
      goesOn = this.#step();
    }
    return this.#state === 'done' ? this.#pending : undefined;
  }

  /** False after a fault that leaves no telling what is next. */
  isReadable(): boolean {
    return this.#state !== 'broken';
  }

  /** What has not come yet, for people. */
  missing(): string {
    return this.#state === 'data' ? `the last ${this.#left} bytes of a chunk` : 'its last chunk';
  }

  /** Gives whether there may be more to do with what is pending. */
  #step(): boolean {
    switch (this.#state) {
      case 'size':
        return this.#readSize();
      case 'data':
        return this.#readData();
      case 'data-end':
        return this.#readDataEnd();
      case 'trailers':
        return this.#readTrailers();
      default:
        return false;
    }
  }

  #readSize(): boolean {
    const end = this.#pending.indexOf(10);
    if (end < 0) {
      return this.#pending.length > CHUNK_LINE_LIMIT && this.#fail(`the chunk size ${shown(this.#pending)}`);
    }
    const line = this.#pending.subarray(0, end).toString('latin1');
    const text = line.replace(/\r$/, '');
    const [, size] = CHUNK_LINE.exec(text) ?? [];
    if (size === undefined) {
      return this.#fail(`the chunk size ${shown(text)}`);
    }
    if (!line.endsWith('\r') && this.faults.length < FAULTS_TOLD) {
      this.faults.push({ kind: 'length', detail: `a chunk line that ends in LF alone: ${shown(line)}` });
    }
    this.#pending = this.#pending.subarray(end + 1);
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'data';
    return true;
  }

  #readData(): boolean {
    const data = this.#pending.subarray(0, this.#left);
    this.#keep(data);
    this.#left -= data.length;
    this.#pending = this.#pending.subarray(data.length);
    this.#state = this.#left === 0 ? 'data-end' : 'data';
    return this.#left === 0;
  }

  #readDataEnd(): boolean {
    const ends = this.#pending.subarray(0, 2).toString('latin1');
    if (ends.length < 2 && '\r\n'.startsWith(ends)) {
      return false;
    }
    if (ends !== '\r\n') {
      return this.#fail(`a chunk that is followed by ${shown(ends)} instead of CRLF`);
    }
    this.#pending = this.#pending.subarray(2);
    this.#state = 'size';
    return true;
  }

  #readTrailers(): boolean {
    const end = endOfTrailers(this.#pending);
    if (end === undefined) {
      const isTooLong = this.#pending.length > CHUNK_LINE_LIMIT;
      return isTooLong && this.#fail(`trailers of more than ${CHUNK_LINE_LIMIT} bytes`);
    }
    const { headers, faults } = parseTrailers(this.#pending.subarray(0, end));
    this.trailers.push(...headers);
    this.faults.push(...faults);
    this.#pending = this.#pending.subarray(end);
    this.#state = 'done';
    return false;
  }

  #fail(detail: string): false {
    this.faults.push({ kind: 'length', detail });
    this.#state = 'broken';
    return false;
  }
}

/** The trailer section ends with an empty line, which may be all of it. */
function endOfTrailers(bytes: Buffer): number | undefined {
  if (bytes[0] === 10) {
    return 1;
  }
  return bytes[0] === 13 && bytes[1] === 10 ? 2 : endOfHead(bytes);
}
