import { createServer } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { chooseDialect } from '../../src/cli/dialect.ts';
import { exchangeOf } from '../contract/exchanges.ts';

const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
  }
});

/** A server that says a version at one path, and nothing elsewhere. */
async function serverOf(version: string, path: string): Promise<string> {
  const server = createServer((request, response) => {
    const isThere = request.url === path && request.headers['x-key'] === 'k';
    response.writeHead(isThere ? 200 : 404);
    response.end(isThere ? JSON.stringify({ code: 0, version: { version } }) : '<html>');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const question = {
  exchanges: [],
  basePaths: ['/api', ''],
  headers: [['X-Key', 'k']] as const,
  waitSeconds: 0,
  signal: new AbortController().signal,
};

test.each([['/api/version'], ['/version']])('auto asks for the version at %s', async (path) => {
  const url = await serverOf('1.1.0', path);
  expect(await chooseDialect('auto', { ...question, url })).toEqual({ dialect: 'gravitino-1.1' });
});

test('a URL with a path is taken as it is', async () => {
  const url = await serverOf('1.0.0', '/gravitino/api/version');
  expect(await chooseDialect('auto', { ...question, url: `${url}/gravitino/api` })).toEqual({
    dialect: 'gravitino-1.0.0',
  });
});

test('a name is taken as it is, without a question', async () => {
  expect(await chooseDialect('gravitino-1.2', { ...question, url: undefined })).toEqual({
    dialect: 'gravitino-1.2',
  });
});

test('recorded traffic says the version where somebody asked for it', async () => {
  const body = { code: 0, version: { version: '1.2.1' } };
  const exchanges = [exchangeOf(), exchangeOf({ target: '/api/version', body })];
  expect(await chooseDialect('auto', { ...question, url: undefined, exchanges })).toEqual({
    dialect: 'gravitino-1.2',
  });
});

test('a server that says no version is refused, and so is recorded traffic', async () => {
  const url = await serverOf('1.1.0', '/elsewhere');
  await expect(chooseDialect('auto', { ...question, url })).rejects.toThrow(
    `--dialect auto: ${url} does not say the server's version at /api/version or /version. Name the dialect`,
  );
  await expect(chooseDialect('auto', { ...question, url: undefined })).rejects.toThrow(
    "the recorded traffic does not say the server's version at /version",
  );
});

test('a server that gives no answer has none, once it was waited for', async () => {
  const url = await serverOf('1.1.0', '/api/version');
  for (const server of servers.splice(0)) {
    await new Promise((resolve) => server.close(resolve));
  }
  const start = performance.now();
  expect(await chooseDialect('auto', { ...question, url, waitSeconds: 0.6 })).toBeUndefined();
  expect(performance.now() - start).toBeGreaterThan(600);
});

test('a server that is not ready yet is asked again', async () => {
  const url = await serverOf('1.1.0', '/api/version');
  const [server] = servers;
  const { port } = new URL(url);
  await new Promise((resolve) => server?.close(resolve));
  setTimeout(() => server?.listen(Number(port), '127.0.0.1'), 400);
  expect(await chooseDialect('auto', { ...question, url, waitSeconds: 5 })).toEqual({
    dialect: 'gravitino-1.1',
  });
});
