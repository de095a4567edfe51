import { expect, test } from '@jest/globals';
import { bodyOf, companions, DOCUMENTED, RUNS, requestBytes, say, startMock } from './running.ts';

async function contentType(accept: string | undefined, target = RUNS): Promise<string | undefined> {
  const { mock } = await startMock();
  const said = await say(
    mock,
    requestBytes(`GET ${target}`, accept === undefined ? [] : [`Accept: ${accept}`]),
  );
  return /^HTTP\/1\.1 (\d+) .*?\r\nContent-Type: (.*?)\r\n/s.exec(said)?.slice(1).join(' ');
}

test.each([
  undefined,
  '',
  '*/*',
  'application/*',
  DOCUMENTED,
  'APPLICATION/VND.GRAVITINO.V1+JSON',
  'application/json, application/vnd.gravitino.v1+json;q=0.1',
  'text/html, application/xhtml+xml, */*;q=0.8',
  'garbage',
  ';;;,/',
  'application/json;q=2',
])('Accept: %s gets the documented media type', async (accept) => {
  expect(await contentType(accept)).toBe(`200 ${DOCUMENTED}`);
});

test.each(['application/json', 'text/html, application/json;q=0.1', 'Application/JSON; charset=utf-8'])(
  'Accept: %s gets plain JSON',
  async (accept) => {
    expect(await contentType(accept)).toBe('200 application/json');
  },
);

test('an error is called by the same rules', async () => {
  expect(await contentType('application/json', '/api/metalakes/test/jobs/runs')).toBe('404 application/json');
  expect(await contentType('application/json', '/nothing')).toBe('404 application/json');
});

test.each(['text/html', 'application/vnd.gravitino.v2+json', '*/*;q=0', 'application/xml, text/*'])(
  'Accept: %s gets 406 in the documented media type',
  async (accept) => {
    expect(await contentType(accept)).toBe(`406 ${DOCUMENTED}`);
  },
);

test('a 406 says what there is', async () => {
  const { mock } = await startMock();
  const said = await say(mock, requestBytes(`GET ${RUNS}`, ['Accept: text/html']));
  expect(bodyOf(said)).toEqual({
    code: 1001,
    type: 'IllegalArgumentException',
    message: `Accept admits none of ${DOCUMENTED}`,
  });
});

test.each([
  [DOCUMENTED, 200],
  ['text/html, application/problem+json;q=0.1', 200],
  ['application/problem+json;q=0', 406],
  ['text/html', 406],
])('what is documented as plain JSON, asked for by %s, gets %d', async (accept, status) => {
  const { get } = await startMock({ description: companions });
  expect((await get('/configs', { headers: { accept } })).status).toBe(status);
});

test('another mistake is told before the Accept is judged', async () => {
  expect(await contentType('text/html', '/nothing')).toBe(`404 ${DOCUMENTED}`);
});

test('several Accept lines are one list', async () => {
  const { mock } = await startMock();
  const said = await say(mock, requestBytes(`GET ${RUNS}`, ['Accept: text/html', `Accept: ${DOCUMENTED}`]));
  expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('Vary names the request headers on which an answer depends', async () => {
  const { get } = await startMock();
  expect((await get(RUNS)).headers.get('vary')).toBe('Accept, Prefer, Origin');
});
