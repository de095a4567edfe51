import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ask, HostileTarget, Piece } from './target.ts';

/** A hostile server that runs. */
export interface Running {
  readonly url: string;
  /** How many requests came. */
  requests(): number;
  close(): Promise<void>;
}

/** Starts a server on a free port of the loopback. */
export async function startTarget({ answer, greet }: HostileTarget): Promise<Running> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('end', () => socket.end());
    let turn = greet ? write(greet(), socket) : Promise.resolve();
    onHead(socket, (head) => {
      count += 1;
      const ask = askOf(head, count);
      turn = turn.then(() => write(answer(ask), socket));
    });
  });
  const url = await listen(server);
  return {
    url,
    requests: () => count,
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** Calls back for each request head; bodies are taken for the beginning of the next one. */
function onHead(socket: Socket, take: (head: string) => void): void {
  let pending = '';
  socket.on('data', (bytes) => {
    const heads = `${pending}${bytes.toString('latin1')}`.split('\r\n\r\n');
    pending = heads.pop() ?? '';
    heads.forEach(take);
  });
}

function askOf(head: string, count: number): Ask {
  const [method = '', target = ''] = head.split(/[ \r]/, 2);
  const [, name] = /\/metalakes\/([^/?]*)\/jobs\/runs(?:\?|$)/.exec(target) ?? [];
  return { method, target, name, count };
}

/** Writes pieces as fast as they are taken, for as long as somebody is there. */
async function write(pieces: Iterable<Piece>, socket: Socket): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) {
      return;
    }
    if (piece === 'CLOSE') {
      socket.end();
      return;
    }
    if (piece === 'RESET') {
      socket.resetAndDestroy();
      return;
    }
    if (typeof piece === 'object' && 'wait' in piece) {
      await delay(piece.wait);
    } else if (!socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)) {
      await drained(socket);
    }
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
