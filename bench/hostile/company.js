import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LIST } from '../cases.js';

/** Who talks to the mock while it is under attack. */

/** The milliseconds that the mock gives a client for the head of a request, and some to notice that they are over. */
const PATIENCE = 17_000;

/** The documented example, as bytes. */
export async function askForExample(url) {
  const response = await fetch(url + LIST);
  assert.equal(response.status, 200);
  return response.text();
}

/** Asks for what takes long when it is asked for the first time: Prism, json-schema-faker, the other scenarios. */
export async function warmUp(url) {
  const scenarios = ['closed', 'empty', 'one', 'busy', 'outage', 'flaky'].map((name) => `scenario=${name}`);
  for (const preference of ['code=404', 'dynamic=true', ...scenarios]) {
    await fetch(url + LIST, { headers: { Prefer: preference } }).then((response) => response.text());
  }
}

/** An ordinary client. The function that it gives ends it, and throws if it ever got anything else, or got it late. */
export function startCustomer(url, documented, limit) {
  const stop = new AbortController();
  const run = async () => {
    let count = 0;
    for (; !stop.signal.aborted; count += 1) {
      const begin = performance.now();
      assert.equal(await askForExample(url), documented);
      const ms = performance.now() - begin;
      assert.ok(ms < limit, `An answer took ${Math.round(ms)} ms.`);
      await delay(100);
    }
    return count;
  };
  const done = run();
  done.catch(() => {});
  return async () => {
    stop.abort();
    assert.ok((await done) > 0);
  };
}

/** Clients that begin a request and say no more. The function that it gives waits until each was told so. */
export function startSlowClients(port) {
  const beginnings = ['G', `GET ${LIST} HTTP/1.1\r\n`, `GET ${LIST} HTTP/1.1\r\nHost: localhost\r\nX-Slow: `];
  const ends = beginnings.map((beginning) => endOf(beginning, port));
  return async () => {
    for (const { text, ms } of await Promise.all(ends)) {
      assert.match(text, /^HTTP\/1\.1 408 /);
      assert.ok(ms < PATIENCE, `It took ${Math.round(ms)} ms.`);
    }
  };
}

function endOf(beginning, port) {
  const begin = performance.now();
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(beginning);
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve({ text, ms: performance.now() - begin }));
  });
}
