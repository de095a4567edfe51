import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { closedPort, serve } from '../servers/listen.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/example.js', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
  }
});

test('serves the page, and its parts with their types', async () => {
  const { url } = await start(await closedPort());
  const page = await get(`${url}/?metalake=demo`);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(await text(page)).toContain('<title>Jobs</title>');
  expect((await get(`${url}/jobs.css`)).headers['content-type']).toBe('text/css; charset=utf-8');
  expect((await get(`${url}/jobs.js`)).headers['content-type']).toBe('text/javascript; charset=utf-8');
});

test.each([
  '/../scripts/example.js',
  '/%2e%2e/scripts/example.js',
  '/..%2fscripts%2fexample.js',
  '//jobs.html',
  '/nope.html',
  '/%zz.js',
])('serves nothing for %s', async (path) => {
  const { url } = await start(await closedPort());
  expect((await get(url, { path })).statusCode).toBe(404);
});

test('forwards a request as it came, but for what concerns the connection alone', async () => {
  const seen: { method?: string; url?: string; headers?: IncomingMessage['headersDistinct']; body?: string } =
    {};
  const target = await serve(async (incoming, outgoing) => {
    const { method = '', url = '', headersDistinct: headers } = incoming;
    Object.assign(seen, { method, url, headers, body: await text(incoming) });
    outgoing.writeHead(201, 'Made', { 'X-Answer': ['one', 'two'], 'Keep-Alive': 'timeout=99' }).end('done');
  });
  const { url } = await start(target);
  const answer = await get(url, {
    method: 'DELETE',
    path: '/api/metalakes/a%2Fb%C3%BC/jobs/runs?x=%zz&y=a+b',
    headers: {
      Accept: 'application/vnd.gravitino.v1+json',
      Connection: 'close, X-Hop',
      'X-Hop': 'dropped',
      TE: 'trailers',
      'Transfer-Encoding': 'chunked',
    },
    body: 'some text',
  });
  expect(seen.method).toBe('DELETE');
  expect(seen.url).toBe('/api/metalakes/a%2Fb%C3%BC/jobs/runs?x=%zz&y=a+b');
  expect(seen.headers).toEqual({
    accept: ['application/vnd.gravitino.v1+json'],
    connection: ['keep-alive'],
    host: [new URL(target).host],
    'transfer-encoding': ['chunked'],
  });
  expect(seen.body).toBe('some text');
  expect([answer.statusCode, answer.statusMessage]).toEqual([201, 'Made']);
  expect(answer.headersDistinct['x-answer']).toEqual(['one', 'two']);
  expect(answer.headers['keep-alive']).not.toBe('timeout=99');
  expect(await text(answer)).toBe('done');
});

test('passes an answer on while it still comes', async () => {
  let finish = () => {};
  const target = await serve((_, outgoing) => {
    outgoing.write('first');
    finish = () => outgoing.end('last');
  });
  const { url } = await start(target);
  const answer = await get(`${url}/api/version`);
  const [first] = await once(answer, 'data');
  expect(String(first)).toBe('first');
  finish();
  expect(await text(answer)).toBe('last');
});

test.each(['', '/', '/api', '/api/'])('asks the same of a target whose path is "%s"', async (path) => {
  const target = await serve((incoming, outgoing) => outgoing.end(incoming.url));
  const { url } = await start(target + path);
  expect(await text(await get(`${url}/api/version`))).toBe('/api/version');
});

test('keeps the path below which a target has its API', async () => {
  const target = await serve((incoming, outgoing) => outgoing.end(incoming.url));
  const { url } = await start(`${target}/gravitino/`);
  expect(await text(await get(`${url}/api/version`))).toBe('/gravitino/api/version');
});

test('answers 502 and says what to do where nothing listens', async () => {
  const target = await closedPort();
  const { url } = await start(target);
  const answer = await get(`${url}/api/version`);
  expect(answer.statusCode).toBe(502);
  expect(await json(answer)).toEqual({
    code: 1007,
    type: 'TargetUnreachable',
    message: `No answer from ${target}/ (ECONNREFUSED). Start a server there, or give another --target.`,
  });
});

test('cuts the answer off where the target does', async () => {
  const target = await serve((incoming, outgoing) => {
    outgoing.writeHead(200, { 'Content-Length': '100' }).write('part');
    setTimeout(() => incoming.socket.destroy(), 50);
  });
  const { url } = await start(target);
  await expect(get(`${url}/api/version`).then(text)).rejects.toThrow('aborted');
  expect((await get(url)).statusCode).toBe(200);
});

test.each([
  [[], "required option '--target <url>' not specified"],
  [['--target', 'localhost:8090'], 'Give a URL such as http://localhost:8090.'],
  [['--target', 'http://localhost', '--port', '65536'], 'Give a whole number from 0 to 65535.'],
  [['--target', 'http://localhost', '--prt', '1'], "unknown option '--prt' (Did you mean --port?)"],
])('refuses the arguments %j with one sentence and exit code 2', async (args, sentence) => {
  const { code, err } = await ended(run(args));
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});

test('says that the port is in use', async () => {
  const { port } = new URL(await serve(() => {}));
  const { code, err } = await ended(run(['--target', 'http://localhost:8090', '--port', port]));
  expect(err).toBe(
    `cannot listen on 127.0.0.1:${port}: something listens there; choose another with --port (0 takes any free one).\n`,
  );
  expect(code).toBe(2);
});

test('ends on Ctrl-C though a request runs', async () => {
  const { url, child } = await start(await serve(() => {}));
  get(`${url}/api/version`).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const end = once(child, 'exit');
  child.kill('SIGINT');
  expect(await end).toEqual([0, null]);
});

function run(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function start(target: string): Promise<{ url: string; child: ChildProcess }> {
  const child = run(['--target', target, '--port', '0']);
  const [line] = child.stdout ? await once(child.stdout, 'data') : [''];
  return { url: /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0] ?? 'none', child };
}

async function ended(child: ChildProcess): Promise<{ code: number | null; err: string }> {
  const err = child.stderr ? text(child.stderr) : '';
  const [code] = await once(child, 'exit');
  return { code, err: await err };
}

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

function get(url: string, { body, ...options }: Ask = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false, ...options }, resolve)
      .on('error', reject)
      .end(body);
  });
}
