import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/package-files.ts';
import { DOCUMENTED, RUNS, startMock } from './running.ts';

test('the default world answers the documented list, in values and order of keys', async () => {
  const { get } = await startMock();
  const response = await get(RUNS);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(DOCUMENTED);
  expect(await response.text()).toBe(
    '{"code":0,"jobs":[' +
      '{"jobId":"job-12345","jobTemplateName":"test_run_get","status":"succeeded",' +
      '"audit":{"createTime":"2025-08-12T02:14:28.205023Z","creator":"anonymous"}},' +
      '{"jobId":"job-67890","jobTemplateName":"test_run_get_spark","status":"failed",' +
      '"audit":{"createTime":"2025-08-12T02:14:28.205023Z","creator":"anonymous"}}]}',
  );
});

test('the metalake "test" gets the documented 404 to the letter', async () => {
  const { get } = await startMock();
  const response = await get('/metalakes/test/jobs/runs');
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe(DOCUMENTED);
  expect(await response.text()).toBe(
    '{"code":1003,"type":"NoSuchMetalakeException",' +
      '"message":"Failed to operate metalake(s) [test] operation [LOAD], reason [NoSuchMetalakeException]",' +
      '"stack":["org.apache.gravitino.exceptions.NoSuchMetalakeException: Metalake test does not exist","..."]}',
  );
});

test('a port in use is one sentence with the next step', async () => {
  const { mock } = await startMock();
  await expect(startMock({ port: mock.port })).rejects.toThrow(
    `port ${mock.port} on 127.0.0.1 is in use. Stop what listens there, or choose another with --port (0 takes any free one).`,
  );
});

test('an address of another machine cannot be listened on', async () => {
  await expect(startMock({ host: '192.0.2.1' })).rejects.toThrow(
    /^cannot listen on 192\.0\.2\.1:0: .*EADDRNOTAVAIL/,
  );
});

test('the URL can be called, whatever address is listened on', async () => {
  const { mock } = await startMock({ host: '0.0.0.0' });
  expect(mock.url).toBe(`http://127.0.0.1:${mock.port}`);
  expect((await fetch(mock.url + RUNS)).status).toBe(200);
});

test('jobs makes a long list of the scenario that the mock starts with', async () => {
  const { mock, get } = await startMock({ jobs: 50 });
  const { jobs } = JSON.parse(await (await get(RUNS)).text());
  expect(jobs).toHaveLength(50);
  await mock.use('empty');
  expect(await (await get(RUNS)).text()).toBe('{"code":0,"jobs":[]}');
});

test('the same seed and time make the same jobs', async () => {
  const options = { jobs: 20, seed: 7, now: new Date('2026-01-31T12:00:00Z') };
  const [one, two] = await Promise.all([startMock(options), startMock(options)]);
  expect(await (await one.get(RUNS)).text()).toBe(await (await two.get(RUNS)).text());
});

test('closing twice is closing once, and frees the port', async () => {
  const { mock } = await startMock();
  await Promise.all([mock.close(), mock.close()]);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(mock.port, mock.host, resolve));
  await new Promise((resolve) => server.close(resolve));
});

/** Starts a mock, asks it once, and prints what was loaded as ES modules or by them. */
const LOADED = `
  import { register } from 'node:module';
  import { MessageChannel } from 'node:worker_threads';
  const hooks = \`
    let port;
    export function initialize(data) { port = data; }
    export function load(url, context, next) { port.postMessage(url); return next(url, context); }
  \`;
  const { port1, port2 } = new MessageChannel();
  const urls = [];
  port1.on('message', (url) => urls.push(url)).unref();
  register('data:text/javascript,' + encodeURIComponent(hooks), { data: port2, transferList: [port2] });
  const { createMock } = await import(process.argv[1]);
  const mock = await createMock();
  const { status } = await fetch(mock.url + '/api/metalakes/demo/jobs/runs');
  await mock.close();
  console.log(JSON.stringify({ status, urls }));
`;

test('the first answer needs neither Prism nor the generator nor the JSON log', () => {
  const entry = new URL(`file://${packageFile('dist/index.js')}`).href;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', LOADED, entry], {
    encoding: 'utf8',
  });
  const { status, urls }: { status: number; urls: string[] } = JSON.parse(stdout);
  expect(status).toBe(200);
  expect(urls.filter((url) => /\/(prism-http|json-schema-faker|pino)\//.test(url))).toEqual([]);
  expect(urls.filter((url) => /\/(express|openapi-backend)\//.test(url))).toHaveLength(2);
});
