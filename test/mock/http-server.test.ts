import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { HttpServer, type ServerEvents } from '../../src/mock/http-server.ts';
import { LIMITS } from '../../src/mock/limits.ts';
import { type ReadError, transportNameOf } from '../../src/mock/unreadable.ts';
import { RUNS, say, startMock } from './running.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: mock\r\n\r\n';
const LARGE = Buffer.alloc(30_000_000);

const IGNORED: ServerEvents = {
  request: () => {},
  unreadable: () => {},
  tunnel: () => {},
  failed: () => {},
  isAwaited: () => false,
  connected: () => {},
  hesitant: () => {},
};

function talk(port: number, bytes: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
  socket.on('error', () => {});
  return socket;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

test('closing lets a running answer be finished', async () => {
  const { mock, get } = await startMock();
  const waiting = get(RUNS, { headers: { prefer: 'wait=1' } });
  await pause(100);
  const start = performance.now();
  await mock.close();
  expect(performance.now() - start).toBeGreaterThan(700);
  expect((await waiting).status).toBe(200);
  await expect(fetch(mock.url)).rejects.toThrow('fetch failed');
});

test('closing lets a large answer be sent to its end', async () => {
  const server = new HttpServer({ ...IGNORED, request: (_request, response) => response.end(LARGE) });
  const socket = talk(await server.listen(0, '127.0.0.1'), REQUEST);
  let received = 0;
  socket.on('data', (chunk) => {
    if (received === 0) {
      void server.close();
    }
    received += chunk.length;
  });
  await new Promise((resolve) => socket.on('close', resolve));
  expect(received).toBeGreaterThan(LARGE.length);
});

test('closing does not wait for connections on which nothing happens', async () => {
  const { mock } = await startMock();
  const silent = talk(mock.port, '');
  const begun = talk(mock.port, 'GET /');
  const idle = say(mock, `GET ${RUNS} HTTP/1.1\r\nHost: mock\r\n\r\n`);
  await pause(100);
  const start = performance.now();
  await mock.close();
  expect(performance.now() - start).toBeLessThan(1000);
  expect(await idle).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  silent.destroy();
  begun.destroy();
});

test('closing does not wait for ever for a client that does not read', async () => {
  const request: ServerEvents['request'] = (_request, response) => response.end(LARGE);
  const server = new HttpServer({ ...IGNORED, request }, { ...LIMITS, closingMs: 300 });
  const socket = talk(await server.listen(0, '127.0.0.1'), REQUEST).pause();
  await pause(100);
  const start = performance.now();
  await server.close();
  expect(performance.now() - start).toBeGreaterThan(250);
  expect(performance.now() - start).toBeLessThan(2000);
  socket.destroy();
});

test.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: mock\r\nX: ', { headersMs: 100 }],
  [
    'a body',
    'POST / HTTP/1.1\r\nHost: mock\r\nContent-Length: 5\r\n\r\nab',
    { headersMs: 100, requestMs: 200 },
  ],
  ['a first word', '', { headersMs: 100 }],
])('%s that does not come in time is not waited for', async (_what, bytes, short) => {
  const limits = { ...LIMITS, ...short, checkMs: 50 };
  const late = await new Promise<ReadError>((resolve) => {
    const unreadable: ServerEvents['unreadable'] = (error, socket) => {
      socket.destroy();
      void server.close().then(() => resolve(error));
    };
    const server = new HttpServer({ ...IGNORED, unreadable }, limits);
    void server.listen(0, '127.0.0.1').then((port) => talk(port, bytes));
  });
  expect(transportNameOf(late)).toBe('request-timeout');
});

test('a connection on which nothing moves is ended', async () => {
  const server = new HttpServer(IGNORED, { ...LIMITS, silenceMs: 100 });
  const socket = talk(await server.listen(0, '127.0.0.1'), REQUEST);
  await new Promise((resolve) => socket.on('close', resolve));
  await server.close();
});
