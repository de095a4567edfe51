import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { CONFORMING } from './conforming/index.ts';
import { FAULTY } from './faulty/index.ts';
import { isRight, runCase } from './run.ts';
import { type Running, startCase } from './server.ts';
import { rulesFor } from './told.ts';

const plain = { id: 'plain', change: [] };
const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(seed: string): Promise<Running> {
  const server = await startCase(plain, seed);
  running.push(server);
  return server;
}

/** Everything that comes back for these bytes until the server closes the connection. */
async function raw({ url }: Running, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(bytes);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'close');
  return text;
}

const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);

test('every case has an id of its own', () => {
  const ids = [...FAULTY, ...CONFORMING].map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('every family has faulty servers, and many conform', () => {
  const families = new Set(FAULTY.map(({ family }) => family));
  expect([...families].sort().join('')).toBe('BEFGHRST');
  expect(FAULTY.length).toBeGreaterThanOrEqual(200);
  expect(CONFORMING.length).toBeGreaterThanOrEqual(70);
});

test('the same seed serves the same data, another one other data', async () => {
  const [one, same, other] = [await start('1'), await start('1'), await start('2')];
  expect(same.names).toEqual(one.names);
  expect(other.names).not.toEqual(one.names);
});

test('the plain server keeps to HTTP where requests are odd', async () => {
  const server = await start('1');
  const get = (target: string, lines = '') =>
    raw(server, `GET ${target} HTTP/1.1\r\nHost: x\r\n${lines}Connection: close\r\n\r\n`);
  expect(statuses(await get('/%zz'))).toEqual(['404']);
  expect(statuses(await raw(server, 'GET / HTTP/1.1\r\n\r\n'))).toEqual(['400']);
  expect(statuses(await raw(server, 'hello\r\n\r\n'))).toEqual(['400']);
  expect(statuses(await raw(server, 'GET / HTTP/2.0\r\nHost: x\r\n\r\n'))).toEqual(['505']);
  expect(statuses(await get(`/${'x'.repeat(40_000)}`))).toEqual(['414']);
  expect(statuses(await get('/', `X-Long: ${'x'.repeat(40_000)}\r\n`))).toEqual(['431']);
});

test('the plain server answers pipelined requests in order', async () => {
  const server = await start('3');
  const { base, names } = server;
  const [first] = names;
  const line = (method: string, name = '') =>
    `${method} ${base}/metalakes/${name}/jobs/runs HTTP/1.1\r\nHost: x\r\n\r\n`;
  const text = await raw(server, `${line('HEAD', first)}${line('GET', 'nothing')}${line('DELETE', first)}`);
  expect(statuses(text)).toEqual(['200', '404', '405']);
  expect(text).not.toContain('"jobs":');
  expect(text).toContain('Allow: GET, HEAD, OPTIONS');
});

const firstOfEach = [...new Set(FAULTY.map(({ family }) => family))].flatMap((family) =>
  FAULTY.filter((each) => each.family === family && each.convicts !== 'suspicious').slice(0, 2),
);

test.each(firstOfEach)('the judge convicts a server that $sentence ($id), and of that', async (tested) => {
  const { verdict, checks } = await runCase(tested, 'quick');
  expect(verdict).toBe('violates');
  expect(rulesFor(tested.id)).toEqual(expect.arrayContaining([...checks]));
});

test.each(CONFORMING.filter((_, index) => index % 17 === 0))(
  'the judge acquits a server that $sentence ($id)',
  async (tested) => {
    const outcome = await runCase(tested, 'quick');
    expect(outcome.findings.filter((finding) => finding.startsWith('error'))).toEqual([]);
    expect(isRight(outcome)).toBe(true);
  },
);
