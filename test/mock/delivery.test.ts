import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { RUNS, requestBytes, say, startMock, startServer } from './running.ts';

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

const RUN = '{"jobTemplateName":"test_run_get"}';

/** The bytes of a request that runs a job; its body follows. */
const runHead = (...headers: readonly string[]) =>
  ['POST /api/metalakes/demo/jobs/runs HTTP/1.1', 'Host: mock', 'Content-Type: application/json', ...headers]
    .concat('', '')
    .join('\r\n');

test('a body comes in chunks, byte by byte, or after 100 Continue', async () => {
  const { mock } = await startServer();
  const chunked = `${runHead('Transfer-Encoding: chunked', 'Connection: close')}${RUN.length.toString(16)}\r\n${RUN}\r\n0\r\n\r\n`;
  expect(await say(mock, chunked)).toMatch(/^HTTP\/1\.1 200 /);
  const socket = connect(mock.port, mock.host);
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk;
  });
  socket.write(runHead(`Content-Length: ${RUN.length}`, 'Expect: 100-continue', 'Connection: close'));
  await once(socket, 'data');
  expect(said).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  for (const byte of RUN) {
    socket.write(byte);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await once(socket, 'close');
  expect(said).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 [\s\S]*"status":"queued"/);
});

test('a body in chunks that turns out too large gets 413, and changes nothing', async () => {
  const { mock, call } = await startServer();
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
  const head = runHead('Transfer-Encoding: chunked', 'Connection: close');
  expect(await say(mock, `${head}${chunk.repeat(17)}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
  expect((await call('GET', '/metalakes/demo/jobs/runs')).content.jobs).toHaveLength(2);
});

test('a body that does not come whole does nothing', async () => {
  const { mock, call } = await startServer();
  const socket = connect(mock.port, mock.host);
  socket.write(`${runHead(`Content-Length: ${RUN.length + 1}`)}${RUN}`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await call('GET', '/metalakes/demo/jobs/runs')).content.jobs).toHaveLength(2);
});

test('requests that come at once on a connection are done one after the other where they change something', async () => {
  const { mock } = await startServer();
  const request = `${runHead(`Content-Length: ${RUN.length}`)}${RUN}`;
  const last = requestBytes('GET /api/metalakes/demo/jobs/runs');
  const said = await say(mock, request + request + last);
  expect(said.match(/HTTP\/1\.1 200 /g)).toHaveLength(3);
  // Each run, and both of them in the list.
  expect(said.match(/"status":"queued"/g)).toHaveLength(4);
});
