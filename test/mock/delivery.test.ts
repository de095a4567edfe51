import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { RUNS, say, startMock } from './running.ts';

const post = (headers: string, body = '') =>
  `POST ${RUNS} HTTP/1.1\r\nHost: mock\r\n${headers}\r\n\r\n${body}`;

test('a body is skipped, and the connection goes on', async () => {
  const { mock } = await startMock();
  const next = `GET ${RUNS} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n`;
  const said = await say(mock, post('Content-Length: 5', 'hello') + next);
  expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 405', 'HTTP/1.1 200']);
});

test('the answer does not wait for a body that never comes', async () => {
  const { mock } = await startMock();
  expect(await say(mock, post('Content-Length: 5'), /}$/)).toMatch(/^HTTP\/1\.1 405 /);
});

test('100-continue is said before a body is skipped', async () => {
  const { mock } = await startMock();
  const said = await say(mock, post('Expect: 100-continue\r\nContent-Length: 5', 'hello'), /}$/);
  expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 405']);
});

test('a body that is announced as too large gets 413, which a client can read that sends all of it first', async () => {
  const { mock } = await startMock();
  const socket = (await opened(mock.port)).pause();
  await new Promise((resolve) =>
    socket.write(post('Content-Length: 20000000', 'x'.repeat(20_000_000)), resolve),
  );
  const said = await new Promise<string>((resolve) => {
    socket.once('data', (chunk) => resolve(String(chunk)));
    socket.once('error', (error) => resolve(error.message));
    socket.resume();
  });
  socket.destroy();
  expect(said).toMatch(/^HTTP\/1\.1 413 /);
  expect(said).toContain('The body is larger than 1048576 bytes');
});

test('a connection is cut whose body has no end', async () => {
  const { mock } = await startMock();
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  const socket = connect(mock.port, mock.host);
  const sent = await new Promise<number>((resolve) => {
    let chunks = 0;
    const pump = (error?: Error | null) => {
      if (!error) {
        chunks += 1;
        setImmediate(() => socket.write(chunk, pump));
      }
    };
    socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => resolve(chunks));
    socket.write(post('Transfer-Encoding: chunked'), pump);
  });
  expect(sent * 65_536).toBeLessThan(60_000_000);
});

test('wait holds the answer back, a kept one too', async () => {
  const { get } = await startMock();
  for (const _ of [1, 2]) {
    const start = performance.now();
    const response = await get(RUNS, { headers: { prefer: 'wait=1' } });
    expect(response.headers.get('preference-applied')).toBe('wait=1');
    expect(performance.now() - start).toBeGreaterThan(950);
  }
});

test('a client that leaves before its answer is noted, and nothing runs on', async () => {
  const { mock, lines } = await startMock();
  const socket = await opened(mock.port);
  socket.write(`GET ${RUNS} HTTP/1.1\r\nHost: mock\r\nPrefer: wait=1\r\n\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(lines).toEqual([expect.stringContaining('the client left before it')]);
});

function opened(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1', () => resolve(socket));
  });
}
