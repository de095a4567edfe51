import { createServer, type RequestListener, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { afterEach } from '@jest/globals';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Starts an HTTP server on a free port of the loopback; it ends with the test. Gives its URL. */
export function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  return listen(server, () => server.closeAllConnections());
}

/** Starts a server that writes bytes of its own making; `answer` is called for each request head. */
export function serveRaw(answer: (socket: Socket, head: string) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let pending = '';
    socket.on('data', (chunk) => {
      const heads = `${pending}${chunk.toString('latin1')}`.split('\r\n\r\n');
      pending = heads.pop() ?? '';
      for (const head of heads) {
        answer(socket, head);
      }
    });
  });
  return listen(server, () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  });
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = urlOf(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

async function listen(server: Server | TcpServer, dropConnections: () => void): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => {
    dropConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return urlOf(server);
}

function urlOf(server: Server | TcpServer): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
