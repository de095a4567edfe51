import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { seededRandom } from '../../src/world/random.ts';
import { RUNS, startMock } from './running.ts';

const random = seededRandom('hostile requests');
const pick = <T>(...values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const octets = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 256));

function hostileRequest(): Buffer {
  const method = pick('GET', 'HEAD', 'POST', 'OPTIONS', 'TRACE', 'get', 'PRI', 'CONNECT', '', 'G\0T');
  const path = pick(
    RUNS,
    '/',
    '*',
    '/%zz',
    `${RUNS}?${'x'.repeat(pick(1, 9000, 20_000))}`,
    '/\xff',
    '//',
    'http://[',
  );
  const header = pick(
    `Accept: ${pick(';', '*', 'a/b;q=9', 'text/html', ','.repeat(999))}`,
    `Prefer: ${pick('code=abc', 'code=503', 'wait=-1', 'dynamic=maybe', 'scenario=\xff', ';=,', 'example=""')}`,
    `Origin: ${pick('null', '\xff\xfe', 'http://localhost:99999999')}`,
    `Content-Length: ${pick('3', '-1', 'x', '99999999999999999999')}`,
    `Transfer-Encoding: ${pick('chunked', 'gzip, chunked', 'x')}`,
    `Expect: ${pick('100-continue', 'x')}`,
    `X: ${'x'.repeat(pick(1, 20_000))}`,
    'Connection: Upgrade\r\nUpgrade: websocket',
    pick(': x', ' x', 'x', '\0: x'),
  );
  const version = pick('HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', '');
  const head = `${method} ${path} ${version}\r\n${pick('Host: mock\r\n', '')}${header}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(octets(pick(0, 0, 3, 100)))]);
}

function attack(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      const bytes = hostileRequest();
      socket.write(bytes.subarray(0, pick(bytes.length, bytes.length, 10)));
      setTimeout(
        () =>
          pick(
            () => socket.end(),
            () => socket.destroy(),
            () => socket.resetAndDestroy(),
          )(),
        pick(1, 20),
      );
    });
    socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.setTimeout(2000, () => socket.destroy());
  });
}

test('three thousand hostile requests change nothing', async () => {
  const { mock, get, lines } = await startMock();
  const expected = await (await get(RUNS)).text();
  for (let round = 0; round < 60; round += 1) {
    await Promise.all(Array.from({ length: 50 }, () => attack(mock.port)));
  }
  expect(await (await get(RUNS)).text()).toBe(expected);
  expect(lines.filter((line) => line.startsWith('ERROR'))).toEqual([]);
  expect(lines.filter((line) => / 5\d\d .*transport/.test(line))).toEqual([]);
}, 60_000);

test('one client does not wait for another', async () => {
  const { get } = await startMock();
  const slow = get(RUNS, { headers: { prefer: 'wait=2' } });
  const start = performance.now();
  await get(RUNS);
  expect(performance.now() - start).toBeLessThan(1000);
  expect((await slow).status).toBe(200);
});

test('parallel requests get their own answers', async () => {
  const { get } = await startMock({ scenario: 'closed' });
  const names = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? `absent${index}` : 'demo'));
  const bodies = await Promise.all(
    names.map(async (name) => (await get(`/metalakes/${name}/jobs/runs`)).text()),
  );
  for (const [index, name] of names.entries()) {
    expect(bodies[index]).toContain(name === 'demo' ? '"code":0' : `Metalake ${name} does not exist`);
  }
});
