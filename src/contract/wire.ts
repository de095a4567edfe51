import type { Socket } from 'node:net';
import type { Wire } from './exchange.ts';
import { KEPT, SURPLUS_KEPT } from './limits.ts';
import { type RawResponse, ResponseReader } from './raw-response.ts';

/** What goes over one connection, beside what an HTTP library makes of it. */
export interface Tap {
  /** A request with this method is about to be sent: what comes from now on answers it. */
  watch(method: string): Watch;
  /** How the connection stands. */
  state(): 'connecting' | 'open' | 'closed' | 'reset';
}

/** What goes over a connection for one request. */
export interface Watch {
  readonly reader: ResponseReader;
  readonly tap: Tap;
  /** Called after each piece that came. */
  onRead: (() => void) | undefined;
  /** Ends the watch: what comes later was left over. */
  finish(): Watched;
}

/** What was seen. */
export interface Watched {
  readonly raw: RawResponse;
  readonly wire: Wire;
}

const taps = new WeakMap<Socket, Tap>();

/** The tap of a connection. */
export function tapOf(socket: Socket): Tap {
  const tap = taps.get(socket) ?? openTap(socket);
  taps.set(socket, tap);
  return tap;
}

function openTap(socket: Socket): Tap {
  let state: ReturnType<Tap['state']> = socket.connecting ? 'connecting' : 'open';
  let current: Recorder | undefined;
  let leftover: Buffer = Buffer.alloc(0);

  socket.once('connect', () => {
    state = 'open';
  });
  socket.once('end', () => {
    state = 'closed';
    current?.reader.end();
  });
  socket.once('error', () => {
    state = state === 'connecting' ? 'connecting' : 'reset';
  });
  socket.on('data', (bytes: Buffer) => {
    if (current) {
      current.received(bytes);
    } else {
      leftover = Buffer.concat([leftover, bytes]).subarray(0, SURPLUS_KEPT);
    }
  });
  teeWrites(socket, (bytes) => current?.sent(bytes));

  const tap: Tap = {
    watch(method) {
      const recorder = createRecorder(method, leftover);
      current = recorder;
      leftover = Buffer.alloc(0);
      const watch: Watch = {
        reader: recorder.reader,
        tap,
        onRead: undefined,
        finish() {
          current = current === recorder ? undefined : current;
          return recorder.result(state === 'connecting' ? 'open' : state);
        },
      };
      recorder.onRead = () => watch.onRead?.();
      return watch;
    },
    state: () => state,
  };
  return tap;
}

interface Recorder {
  readonly reader: ResponseReader;
  onRead: () => void;
  sent(bytes: Buffer): void;
  received(bytes: Buffer): void;
  result(connection: Wire['connection']): Watched;
}

function createRecorder(method: string, leftover: Buffer): Recorder {
  const start = performance.now();
  const reader = new ResponseReader(method);
  let written: Buffer = Buffer.alloc(0);
  let first: number | undefined;
  let last: number | undefined;
  const recorder: Recorder = {
    reader,
    onRead: () => undefined,
    sent(bytes) {
      written = Buffer.concat([written, bytes]).subarray(0, KEPT);
    },
    received(bytes) {
      last = performance.now() - start;
      first ??= last;
      reader.read(bytes);
      recorder.onRead();
    },
    result(connection) {
      const raw = reader.result();
      const { interim, trailers, contentSize, faults, surplus, received, size } = raw;
      const seen = { interim, trailers, contentSize, faults, surplus, received, size };
      const statusLine = raw.head?.statusLine;
      const times = { firstByteMs: first, lastByteMs: last };
      return { raw, wire: { sent: written, statusLine, ...seen, leftover, connection, ...times } };
    },
  };
  return recorder;
}

/** Shows what is written to a socket, whoever writes it. */
function teeWrites(socket: Socket, show: (bytes: Buffer) => void): void {
  const write = new Proxy(socket.write, {
    apply(target, self, args: readonly unknown[]) {
      const [chunk, encoding] = args;
      if (Buffer.isBuffer(chunk)) {
        show(chunk);
      } else if (typeof chunk === 'string') {
        show(Buffer.from(chunk, encoding === 'latin1' || encoding === 'binary' ? 'latin1' : 'utf8'));
      }
      return Reflect.apply(target, self, args);
    },
  });
  Object.assign(socket, { write });
}
