import { expect, test } from '@jest/globals';
import type { Exchange, HeaderLine } from '../../src/contract/exchange.ts';
import { sendPatiently } from '../../src/contract/patience.ts';
import { exchangeOf } from './exchanges.ts';

/** Sends a request that is answered 429 some times; gives the last exchange and how long all of them took. */
async function send(times: number, headers: readonly HeaderLine[]) {
  let sent = 0;
  const start = performance.now();
  const { response } = await sendPatiently(() => {
    sent += 1;
    const exchange = exchangeOf({ status: sent <= times ? 429 : 200 });
    const answer: Exchange = {
      ...exchange,
      response: exchange.response && { ...exchange.response, headers },
    };
    return Promise.resolve(answer);
  });
  return { status: response?.status, sent, seconds: Math.round((performance.now() - start) / 1000) };
}

test('a request that came too soon is sent again after the time that the server gives', async () => {
  expect(await send(1, [['Retry-After', '1']])).toEqual({ status: 200, sent: 2, seconds: 1 });
});

test('a time in the past means at once', async () => {
  expect(await send(1, [['Retry-After', 'Fri, 31 Dec 1999 23:59:59 GMT']])).toMatchObject({
    sent: 2,
    seconds: 0,
  });
});

test('without a time it is one second', async () => {
  expect(await send(1, [])).toMatchObject({ sent: 2, seconds: 1 });
});

test('patience ends after two more tries', async () => {
  expect(await send(9, [['Retry-After', '0']])).toMatchObject({ status: 429, sent: 3 });
});

test('other answers count at once', async () => {
  expect(await send(0, [['Retry-After', '9']])).toMatchObject({ status: 200, sent: 1 });
});
