import { expect, test } from '@jest/globals';
import { RUNS, requestBytes, say, startMock } from './running.ts';

async function headersFor(origin: string, cors: readonly string[] = [], target = RUNS): Promise<Headers> {
  const { get } = await startMock({ cors });
  return (await get(target, { headers: { origin } })).headers;
}

test.each([
  'http://localhost:3000',
  'https://localhost',
  'http://127.0.0.1:5173',
  'http://127.8.9.1',
  'http://[::1]:8080',
  'null',
])('a page of %s may read the answers', async (origin) => {
  const headers = await headersFor(origin);
  expect(headers.get('access-control-allow-origin')).toBe(origin);
  expect(headers.get('access-control-expose-headers')).toBe('Preference-Applied, Allow, x-jobs-kit');
  expect(headers.get('vary')).toContain('Origin');
});

test.each([
  'https://ui.example.com',
  'http://localhost.example.com',
  'http://localhost@example.com',
  'http://127.0.0.1.example.com',
  'http://example.com:127.0.0.1',
])('a page of %s may not, and is answered without the headers', async (origin) => {
  const headers = await headersFor(origin);
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('content-type')).toBe('application/vnd.gravitino.v1+json');
});

test('an origin that is listed may read, and no other', async () => {
  const listed = ['https://ui.example.com'];
  expect((await headersFor('https://ui.example.com', listed)).get('access-control-allow-origin')).toBe(
    'https://ui.example.com',
  );
  expect((await headersFor('https://example.com', listed)).get('access-control-allow-origin')).toBeNull();
});

test('the star lets every page read', async () => {
  const headers = await headersFor('https://ui.example.com', ['*']);
  expect(headers.get('access-control-allow-origin')).toBe('https://ui.example.com');
});

test('a page may read errors too', async () => {
  const headers = await headersFor('http://localhost:3000', [], '/nothing');
  expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
});

test('a preflight is granted whatever it asks for', async () => {
  const { mock } = await startMock();
  const said = await say(
    mock,
    requestBytes('OPTIONS /anything', [
      'Origin: http://localhost:3000',
      'Access-Control-Request-Method: DELETE',
      'Access-Control-Request-Headers: authorization, prefer',
      'Access-Control-Request-Private-Network: true',
    ]),
  );
  const [statusLine, ...headers] = said.trimEnd().split('\r\n');
  expect(statusLine).toBe('HTTP/1.1 204 No Content');
  expect(headers.filter((line) => line.startsWith('Access-Control-')).sort()).toEqual([
    'Access-Control-Allow-Credentials: true',
    'Access-Control-Allow-Headers: authorization, prefer',
    'Access-Control-Allow-Methods: DELETE',
    'Access-Control-Allow-Origin: http://localhost:3000',
    'Access-Control-Allow-Private-Network: true',
    'Access-Control-Expose-Headers: Preference-Applied, Allow, x-jobs-kit',
    'Access-Control-Max-Age: 600',
  ]);
  expect(headers).toContain(
    'Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network',
  );
});

test('a preflight of a page that may not read grants nothing', async () => {
  const { mock } = await startMock();
  const headers = ['Origin: https://example.com', 'Access-Control-Request-Method: GET'];
  const said = await say(mock, requestBytes(`OPTIONS ${RUNS}`, headers));
  expect(said).not.toContain('Access-Control-Allow');
});
