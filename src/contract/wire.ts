import type { Socket } from 'node:net';

/** The most bytes of one answer that are kept as they came: 1 MiB. */
const RAW_LIMIT = 1024 * 1024;

/** What came over one connection since it was last `restart`ed. */
export interface Tap {
  /** Forgets what came before: the next answer begins. */
  restart(): void;
  /** At most 1 MiB. */
  bytes(): Buffer;
  /** How the connection stands. */
  state(): 'connecting' | 'open' | 'closed' | 'reset';
}

const taps = new WeakMap<Socket, Tap>();

/** The tap of a connection: the bytes that it delivers are kept beside what the HTTP parser makes of them. */
export function tapOf(socket: Socket): Tap {
  const tap = taps.get(socket) ?? openTap(socket);
  taps.set(socket, tap);
  return tap;
}

function openTap(socket: Socket): Tap {
  let chunks: Buffer[] = [];
  let size = 0;
  let state: ReturnType<Tap['state']> = socket.connecting ? 'connecting' : 'open';

  socket.once('connect', () => {
    state = 'open';
  });
  socket.once('end', () => {
    state = 'closed';
  });
  socket.once('error', () => {
    state = state === 'connecting' ? 'connecting' : 'reset';
  });
  socket.on('data', (chunk: Buffer) => {
    if (size < RAW_LIMIT) {
      const kept = chunk.subarray(0, RAW_LIMIT - size);
      size += kept.length;
      chunks.push(kept);
    }
  });

  return {
    restart: () => {
      chunks = [];
      size = 0;
    },
    bytes: () => Buffer.concat(chunks),
    state: () => state,
  };
}
