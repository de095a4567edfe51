import { expect, test } from '@jest/globals';
import type { Exchange, HeaderLine } from '../../src/contract/exchange.ts';
import { createAsker, sendPatiently } from '../../src/contract/patience.ts';
import type { Sender } from '../../src/contract/send.ts';
import { exchangeOf } from './exchanges.ts';

/** Sends a request that is answered 429 some times; gives the last exchange and how long all of them took. */
async function send(times: number, headers: readonly HeaderLine[], signal = new AbortController().signal) {
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
  }, signal);
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

test('who asks for more than 10 s is not asked again', async () => {
  expect(await send(1, [['Retry-After', '86400']])).toEqual({ status: 429, sent: 1, seconds: 0 });
});

test('waiting ends with the run', async () => {
  expect(await send(9, [['Retry-After', '9']], AbortSignal.timeout(50))).toEqual({
    status: 429,
    sent: 1,
    seconds: 0,
  });
});

/** Asks for things of which those whose target is in the pattern hang; gives how often each was tried. */
async function ask(hanging: RegExp, targets: readonly string[]) {
  const tries: string[] = [];
  const sender: Sender = {
    send: (draft, { tries: times, seconds } = { tries: 2 }) => {
      tries.push(`${draft.target} ${times}${seconds === undefined ? '' : ` for ${seconds} s`}`);
      const failure = { kind: 'timeout', detail: '' } as const;
      return Promise.resolve(exchangeOf(hanging.test(draft.target) ? { failure } : { durationMs: 5 }));
    },
    isAlone: ({ alone }) => alone === true,
    sent: () => 0,
    close: () => undefined,
  };
  const asker = createAsker(sender, new AbortController().signal);
  const asked = [];
  for (const target of targets) {
    const alone = target.startsWith('/alone');
    asked.push(await asker.ask({ id: '', method: 'GET', target, headers: [], alone }));
  }
  return { tries, leftOut: asker.leftOut(), vain: asked.map(({ isInVain }) => isInVain) };
}

test('requests that hang without an exception are not sent any more, others are', async () => {
  expect(await ask(/alone/, ['/a', '/alone', '/alone', '/alone', '/a', '/alone'])).toEqual({
    tries: ['/a 2', '/alone 2', '/alone 1', '/a 2'],
    leftOut: ['2 more GET requests of an unusual form were not sent, since the first ones hung'],
    vain: [false, false, false, false, false, false],
  });
});

test('requests that hang now and then are given up sooner', async () => {
  expect(await ask(/x/, ['/a', '/x', '/a', '/x', '/a', '/x', '/x'])).toEqual({
    tries: ['/a 2', '/x 2', '/a 1', '/x 1', '/a 1 for 0.5 s', '/x 1 for 0.5 s', '/x 1 for 0.5 s'],
    leftOut: ['2 requests were given up early, since others had hung'],
    vain: [false, true, false, true, false, true, true],
  });
});
