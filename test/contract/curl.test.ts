import { expect, test } from '@jest/globals';
import { curlOf } from '../../src/contract/curl.ts';
import type { SentRequest } from '../../src/contract/exchange.ts';

const request: SentRequest = {
  method: 'GET',
  target: '/a?b=1',
  origin: 'http://localhost:1',
  headers: [['Accept', '*/*']],
  body: undefined,
};

test('a command line repeats the request', () => {
  expect(curlOf(request, [])).toBe(`curl -i -H 'Accept: */*' 'http://localhost:1/a?b=1'`);
});

test('an absent and an empty Accept are kept so', () => {
  expect(curlOf({ ...request, target: '/a', headers: [] }, [])).toBe(
    `curl -i -H 'Accept:' http://localhost:1/a`,
  );
  expect(curlOf({ ...request, target: '/a', headers: [['Accept', '']] }, [])).toBe(
    `curl -i -H 'Accept;' http://localhost:1/a`,
  );
});

test('quotes, brackets and dots reach the server as they are', () => {
  expect(curlOf({ ...request, headers: [], target: "/it's/../[x]" }, [])).toBe(
    `curl -i --path-as-is -H 'Accept:' --globoff 'http://localhost:1/it'\\''s/../[x]'`,
  );
});

test('other methods are named', () => {
  expect(curlOf({ ...request, target: '/', method: 'HEAD' }, [])).toBe(
    `curl -i --head -H 'Accept: */*' http://localhost:1/`,
  );
  expect(curlOf({ ...request, target: '/', method: 'PUT' }, [])).toBe(
    `curl -i -X PUT -H 'Accept: */*' http://localhost:1/`,
  );
});

test('the value of a given header is a variable, in any letter case of its name', () => {
  const headers = [
    ['x-key', 'k'],
    ['Accept', '*/*'],
    ['X-Trace', 't'],
  ] as const;
  const given = [
    ['X-Other', 'o'],
    ['X-Key', 'k'],
  ] as const;
  expect(curlOf({ ...request, target: '/', headers }, given)).toBe(
    `curl -i -H 'x-key: '"$HEADER_2" -H 'Accept: */*' http://localhost:1/`,
  );
});

test('an Accept of the run that replaced a given one is shown', () => {
  expect(curlOf({ ...request, target: '/' }, [['Accept', 'a/b']])).toBe(
    `curl -i -H 'Accept: */*' http://localhost:1/`,
  );
});

test('where no origin is recorded, the Host header tells it', () => {
  const { origin, ...recorded } = request;
  expect(curlOf({ ...recorded, target: '/', headers: [['Host', 'h:8']] }, [])).toBe(
    `curl -i -H 'Accept:' http://h:8/`,
  );
});
